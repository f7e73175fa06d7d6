import assert from 'node:assert/strict';
import { RefreshThrottle } from '../../../src/shell/tree/treeRefresh';
import { ManualClock } from '../../core/util/manualClock';

describe('throttle of tree refreshes', () => {
  it('allows the first refresh, and notifies when the next is allowed', async () => {
    const clock = new ManualClock();
    let resumed = 0;
    const throttle = new RefreshThrottle(clock, () => void (resumed += 1));
    assert.equal(throttle.canFire(), true);
    throttle.recordFire();
    await clock.advance(100);
    assert.deepEqual([throttle.canFire(), throttle.canFire()], [false, false]);
    await clock.advance(119);
    assert.equal(resumed, 0);
    await clock.advance(1);
    assert.deepEqual([resumed, throttle.canFire()], [1, true]);
  });

  it('allows a refresh after the clock was set back', () => {
    const clock = new ManualClock();
    const throttle = new RefreshThrottle(clock, () => undefined);
    throttle.recordFire();
    clock.setBack(3_600_000);
    assert.equal(throttle.canFire(), true);
  });

  it('notifies nothing after it is disposed', async () => {
    const clock = new ManualClock();
    const throttle = new RefreshThrottle(clock, () => assert.fail('resumed'));
    throttle.recordFire();
    assert.equal(throttle.canFire(), false);
    throttle.dispose();
    await clock.advance(1000);
  });
});
