import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Turns } from '../../../src/shell/tree/rowClick';

describe('a click on a row', () => {
  it('is for what the row says now as long as it says the same', () => {
    const turns = new Turns();
    const told = turns.tell('more', 'Load More (30 of 68)');
    assert.equal(turns.tell('more', 'Load More (30 of 68)'), told);
    assert.equal(turns.isCurrent('more', 'Load More (30 of 68)', told), true);
  });

  it('is late once the row says something else, told or not yet', () => {
    const turns = new Turns();
    const before = turns.tell('more', 'Load More (30 of 68)');
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', before), false, 'not told yet');
    const after = turns.tell('more', 'Load More (60 of 68)');
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', before), false);
    assert.equal(turns.isCurrent('more', 'Load More (60 of 68)', after), true);
    assert.equal(turns.isCurrent('another', 'Load More (60 of 68)', after), false);
  });
});
