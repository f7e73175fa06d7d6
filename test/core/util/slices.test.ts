import assert from 'node:assert/strict';
import { inSlices } from '../../../src/core/util/slices';

/** Steps that take so many milliseconds each. */
function* steps(count: number, ms: number): Generator<undefined, number> {
  for (let step = 0; step < count; step += 1) {
    for (const end = performance.now() + ms; performance.now() < end;);
    yield;
  }
  return count;
}
const never = new AbortController().signal;

describe('work in slices', () => {
  it('is done at once where it takes no time', () => {
    assert.equal(inSlices(steps(5, 0), never), 5);
  });

  it('lets others have their turn where it takes long', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    const made = inSlices(steps(20, 4), never);
    assert.ok(made instanceof Promise);
    assert.equal(await made, 20);
    clearInterval(counting);
    assert.ok(turns >= 5, `${turns} turns`);
  });

  it('ends without a result where it is not wanted any more', async () => {
    const abort = new AbortController();
    let done = 0;
    function* counted(): Generator<undefined, string> {
      for (done = 0; done < 1000; done += 1) yield* steps(1, 2) as Generator<undefined, never>;
      return 'all';
    }
    const made = inSlices(counted(), abort.signal);
    abort.abort();
    assert.equal(await made, undefined);
    assert.ok(done < 100);
  });
});
