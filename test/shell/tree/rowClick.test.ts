import assert from 'node:assert/strict';
import { StaleClickGuard } from '../../../src/shell/tree/rowClick';

describe('click on a row', () => {
  it("is current as long as the row's text is the same", () => {
    const turns = new StaleClickGuard();
    const slot = turns.indexFor('more', 'Load More (30 of 68)');
    assert.equal(turns.indexFor('more', 'Load More (30 of 68)'), slot);
    assert.equal(turns.isCurrent('more', 'Load More (30 of 68)', slot), true);
  });

  it("is stale once the row's text changes, even before VS Code has received the change", () => {
    const turns = new StaleClickGuard();
    const before = turns.indexFor('more', 'Load More (30 of 68)');
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', before), false, 'not sent yet');
    const after = turns.indexFor('more', 'Load More (60 of 68)');
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', before), false);
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', after), true);
    assert.equal(turns.isCurrent('another', 'Load More (60 of 68)', after), false);
  });
});
