import assert from 'node:assert/strict';
import { Throttle } from '../../../src/core/util/throttle';
import { ManualClock } from './manualClock';

describe('Throttle', () => {
  it('runs immediately, and then at most once per interval', async () => {
    const clock = new ManualClock();
    let runs = 0;
    const throttle = new Throttle(clock, 500, () => (runs += 1));
    for (let count = 0; count < 10; count += 1) throttle.request();
    assert.equal(runs, 1);
    await clock.advance(499);
    assert.equal(runs, 1);
    await clock.advance(1);
    assert.equal(runs, 2);
    await clock.advance(500);
    assert.equal(runs, 2, 'nothing was requested in the meantime');
    throttle.request();
    assert.equal(runs, 3);
  });

  it('runs no more after it is disposed', async () => {
    const clock = new ManualClock();
    let runs = 0;
    const throttle = new Throttle(clock, 500, () => (runs += 1));
    throttle.request();
    throttle.request();
    throttle.dispose();
    await clock.advance(1000);
    assert.equal(runs, 1);
  });
});
