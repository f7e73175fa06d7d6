import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Pace } from '../../../src/shell/tree/treeRefresh';
import { ManualClock } from '../../core/util/manualClock';

describe('the pace at which VS Code is told', () => {
  it('lets the first pass, and says when the next may', async () => {
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

  it('lets pass where the clock was set back', () => {
    const clock = new ManualClock();
    const pace = new Pace(clock, () => undefined);
    pace.told();
    clock.setBack(3_600_000);
    assert.equal(pace.allows(), true);
  });

  it('resumes nothing after its end', async () => {
    const clock = new ManualClock();
    const pace = new Pace(clock, () => assert.fail('resumed'));
    pace.told();
    assert.equal(pace.allows(), false);
    pace.dispose();
    await clock.advance(1000);
  });
});
