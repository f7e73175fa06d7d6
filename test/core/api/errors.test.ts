import assert from 'node:assert/strict';
import { ApiError, toApiError } from '../../../src/core/api/errors';

describe('ApiError', () => {
  it('formats a log line from its fields', () => {
    const origin = 'https://host.test';
    assert.equal(
      String(new ApiError({ kind: 'rejected', origin, status: 422, detail: 'No such type.' })),
      'ApiError: rejected 422 No such type.',
    );
    assert.equal(String(new ApiError({ kind: 'network', origin, code: 'ECONNRESET' })), 'ApiError: network ECONNRESET');
    assert.equal(
      String(new ApiError({ kind: 'unexpected', origin, status: 200, unexpected: 'webPage' })),
      'ApiError: unexpected 200 webPage',
    );
  });

  it('returns an ApiError unchanged and wraps anything else', () => {
    const error = new ApiError({ kind: 'forbidden', origin: 'https://host.test' });
    assert.equal(toApiError(error), error);
    const defect = new TypeError('broken');
    const wrapped = toApiError(defect, 'https://host.test');
    assert.deepEqual(
      [wrapped.kind, wrapped.origin, wrapped.detail, wrapped.cause],
      ['unexpected', 'https://host.test', 'TypeError: broken', defect],
    );
    assert.equal(toApiError('odd').origin, '');
  });
});
