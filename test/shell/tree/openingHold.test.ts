import assert from 'node:assert/strict';
import { OpeningHold } from '../../../src/shell/tree/rowClick';

describe('OpeningHold', () => {
  let arrive: () => void;
  const create = (): OpeningHold => new OpeningHold(() => new Promise((resolve) => (arrive = resolve)));

  it("holds a row's command that arrives before the key's command, once", () => {
    const hold = create();
    hold.hold();
    assert.equal(hold.take(), true);
    assert.equal(hold.take(), false);
  });

  it("holds a row's command that arrives shortly after the key's command", async () => {
    const hold = create();
    hold.hold();
    const settled = hold.settle();
    assert.equal(hold.take(), true);
    arrive();
    await settled;
  });

  it('lets the next click through if the command of the selected row never arrives', async () => {
    const hold = create();
    hold.hold();
    const settled = hold.settle();
    arrive();
    await settled;
    assert.equal(hold.take(), false);
  });

  it('keeps a later hold when an earlier one settles', async () => {
    const hold = create();
    hold.hold();
    const settled = hold.settle();
    hold.hold();
    arrive();
    await settled;
    assert.equal(hold.take(), true);
  });
});
