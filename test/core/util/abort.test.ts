import assert from 'node:assert/strict';
import { onAbort, raceWithAbort } from '../../../src/core/util/abort';

describe('onAbort', () => {
  it('calls once when the signal is aborted, or immediately if it already is', () => {
    let calls = 0;
    const abort = new AbortController();
    onAbort(abort.signal, () => (calls += 1));
    assert.equal(calls, 0);
    abort.abort();
    abort.abort();
    assert.equal(calls, 1);
    onAbort(abort.signal, () => (calls += 1)).dispose();
    assert.equal(calls, 2);
  });

  it("doesn't call after dispose", () => {
    const abort = new AbortController();
    onAbort(abort.signal, () => assert.fail('disposed')).dispose();
    abort.abort();
  });
});

describe('raceWithAbort', () => {
  it('waits for the promise until the signal is aborted', async () => {
    const abort = new AbortController();
    await raceWithAbort(Promise.resolve(), abort.signal);
    await raceWithAbort(Promise.resolve(), undefined);
    const waiting = raceWithAbort(new Promise(() => undefined), abort.signal);
    abort.abort();
    await waiting;
    await raceWithAbort(new Promise(() => undefined), abort.signal);
  });

  it("rejects with the promise's error", async () => {
    const failure = new Error('broken');
    await assert.rejects(raceWithAbort(Promise.reject(failure), new AbortController().signal), failure);
  });
});
