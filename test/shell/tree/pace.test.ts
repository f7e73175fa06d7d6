import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Pace } from '../../../src/shell/tree/treeRefresh';
import { ManualClock } from '../../core/util/manualClock';

describe('throttle of tree refreshes', () => {
  it('allows the first refresh, and notifies when the next is allowed', async () => {
    const clock = new ManualClock();
    let resumed = 0;
    const pace = new Pace(clock, () => void (resumed += 1));
    assert.equal(pace.allows(), true);
    pace.told();
    await clock.advance(100);
    assert.deepEqual([pace.allows(), pace.allows()], [false, false]);
    await clock.advance(119);
    assert.equal(resumed, 0);
    await clock.advance(1);
    assert.deepEqual([resumed, pace.allows()], [1, true]);
  });

  it('allows a refresh after the clock was set back', () => {
    const clock = new ManualClock();
    const pace = new Pace(clock, () => undefined);
    pace.told();
    clock.setBack(3_600_000);
    assert.equal(pace.allows(), true);
  });

  it('notifies nothing after it is disposed', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock, () => assert.fail('resumed'));
    pace.told();
    assert.equal(pace.allows(), false);
    pace.dispose();
    await clock.advance(1000);
  });
});
