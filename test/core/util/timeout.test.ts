import assert from 'node:assert/strict';
import { TimeoutError, settleWithin, withTimeout } from '../../../src/core/util/timeout';
import { ManualClock } from './manualClock';

describe('A timeout', () => {
  it('returns the outcome of a promise that settles in time', async () => {
    const clock = new ManualClock();
    assert.equal(await withTimeout(Promise.resolve('done'), 100, { clock }), 'done');
    await assert.rejects(withTimeout(Promise.reject(new Error('refused')), 100, { clock }), /refused/);
  });

  it('rejects after its time and reports a later outcome', async () => {
    const clock = new ManualClock();
    const late: unknown[] = [];
    let resolve: (value: string) => void = () => undefined;
    const promise = new Promise<string>((resolved) => (resolve = resolved));
    const waiting = withTimeout(promise, 100, { clock, onLate: (outcome) => late.push(outcome) });
    const rejected = assert.rejects(waiting, TimeoutError);
    await clock.advance(100);
    await rejected;
    resolve('late');
    await promise;
    assert.deepEqual(late, [{ status: 'fulfilled', value: 'late' }]);
  });

  it('can be awaited without its outcome', async () => {
    const clock = new ManualClock();
    await settleWithin(100, Promise.reject(new Error('refused')), clock);
    const waiting = settleWithin(100, new Promise(() => undefined), clock);
    await clock.advance(100);
    await waiting;
  });
});
