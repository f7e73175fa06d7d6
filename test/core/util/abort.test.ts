import assert from 'node:assert/strict';
import { onAbort } from '../../../src/core/util/abort';

describe('onAbort', () => {
  it('calls once when the signal is aborted, or at once where it is', () => {
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

  it('does not call once it is disposed', () => {
    const abort = new AbortController();
    onAbort(abort.signal, () => assert.fail('disposed')).dispose();
    abort.abort();
  });
});
