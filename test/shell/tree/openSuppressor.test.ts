import assert from 'node:assert/strict';
import { OpenSuppressor } from '../../../src/shell/tree/rowClick';

describe('suppressor of row commands', () => {
  let arrive: () => void;
  const create = (): OpenSuppressor => new OpenSuppressor(() => new Promise((resolve) => (arrive = resolve)));

  it("suppresses a row's command that arrives before the key's command, once", () => {
    const suppressor = create();
    suppressor.arm();
    assert.equal(suppressor.consume(), true);
    assert.equal(suppressor.consume(), false);
  });

  it("suppresses a row's command that arrives shortly after the key's command", async () => {
    const suppressor = create();
    suppressor.arm();
    const disarmed = suppressor.disarm();
    assert.equal(suppressor.consume(), true);
    arrive();
    await disarmed;
  });

  it('ignores no click after a key whose row command never arrives', async () => {
    const suppressor = create();
    suppressor.arm();
    const disarmed = suppressor.disarm();
    arrive();
    await disarmed;
    assert.equal(suppressor.consume(), false);
  });

  it('stays armed if another key arms it while it is disarmed', async () => {
    const suppressor = create();
    suppressor.arm();
    const disarmed = suppressor.disarm();
    suppressor.arm();
    arrive();
    await disarmed;
    assert.equal(suppressor.consume(), true);
  });
});
