import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Pace } from '../../../src/shell/tree/treeRefresh';
import { ManualClock } from '../../core/util/manualClock';

describe('throttle of tree refreshes', () => {
  it('allows the first refresh, and notifies when the next is allowed', async () => {
    const clock = new ManualClock();
    let resumed = 0;
    const throttle = new Pace(clock, () => void (resumed += 1));
    assert.equal(throttle.allows(), true);
    throttle.told();
    await clock.advance(100);
    assert.deepEqual([throttle.allows(), throttle.allows()], [false, false]);
    await clock.advance(119);
    assert.equal(resumed, 0);
    await clock.advance(1);
    assert.deepEqual([resumed, throttle.allows()], [1, true]);
  });

  it('allows a refresh after the clock was set back', () => {
    const clock = new ManualClock();
    const throttle = new Pace(clock, () => undefined);
    throttle.told();
    clock.setBack(3_600_000);
    assert.equal(throttle.allows(), true);
  });

  it('notifies nothing after it is disposed', async () => {
    const clock = new ManualClock();
    const throttle = new Pace(clock, () => assert.fail('resumed'));
    throttle.told();
    assert.equal(throttle.allows(), false);
    throttle.dispose();
    await clock.advance(1000);
  });
});
