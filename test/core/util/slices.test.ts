import assert from 'node:assert/strict';
import { runTimeSliced } from '../../../src/core/util/slices';

/** Yields steps that take `ms` milliseconds each. */
function* steps(count: number, ms: number): Generator<undefined, number> {
  for (let step = 0; step < count; step += 1) {
    for (const end = performance.now() + ms; performance.now() < end;);
    yield;
  }
  return count;
}
const never = new AbortController().signal;

describe('runTimeSliced', () => {
  it('returns the result immediately if it is fast', () => {
    assert.equal(runTimeSliced(steps(5, 0), never), 5);
  });

  it('yields to other tasks if it is slow', async () => {
    let ticks = 0;
    const interval = setInterval(() => (ticks += 1), 1);
    const result = runTimeSliced(steps(20, 4), never);
    assert.ok(result instanceof Promise);
    assert.equal(await result, 20);
    clearInterval(interval);
    assert.ok(ticks >= 5, `${ticks} ticks`);
  });

  it('returns undefined when it is aborted', async () => {
    const abort = new AbortController();
    let stepCount = 0;
    function* countedSteps(): Generator<undefined, string> {
      for (stepCount = 0; stepCount < 1000; stepCount += 1) yield* steps(1, 2) as Generator<undefined, never>;
      return 'all';
    }
    const result = runTimeSliced(countedSteps(), abort.signal);
    abort.abort();
    assert.equal(await result, undefined);
    assert.ok(stepCount < 100);
  });
});
