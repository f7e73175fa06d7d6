import assert from 'node:assert/strict';
import { ApiError, asApiError } from '../../../src/core/api/errors';

describe('an error of the API', () => {
  it('has a line for the log with what is known of it, and no more', () => {
    const origin = 'https://host.test';
    assert.equal(
      String(new ApiError({ kind: 'rejected', origin, status: 422, detail: 'No such type.' })),
      'ApiError: rejected 422 No such type.',
    );
    assert.equal(String(new ApiError({ kind: 'network', origin, code: 'ECONNRESET' })), 'ApiError: network ECONNRESET');
    assert.equal(
      String(new ApiError({ kind: 'unexpected', origin, status: 200, answer: 'webPage' })),
      'ApiError: unexpected 200 webPage',
    );
  });

  it('is kept as it is, and made of whatever else was thrown, which is a defect', () => {
    const error = new ApiError({ kind: 'forbidden', origin: 'https://host.test' });
    assert.equal(asApiError(error), error);
    const defect = new TypeError('broken');
    const told = asApiError(defect, 'https://host.test');
    assert.deepEqual(
      [told.kind, told.origin, told.detail, told.cause],
      ['unexpected', 'https://host.test', 'TypeError: broken', defect],
    );
    assert.equal(asApiError('odd').origin, '');
  });
});
