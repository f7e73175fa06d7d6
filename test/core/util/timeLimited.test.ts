import assert from 'node:assert/strict';
import { timeLimited, TimeoutError } from '../../../src/core/util/timeout';

describe('timeLimited', () => {
  it('returns the result', () => {
    assert.equal(
      timeLimited(1000, () => 'done'),
      'done',
    );
    assert.equal(
      timeLimited(1000, () => undefined),
      undefined,
    );
  });

  it('throws a TimeoutError if it takes too long', () => {
    const endless = /^(?:a+)+$/;
    assert.throws(() => timeLimited(20, () => endless.test(`${'a'.repeat(40)}b`)), TimeoutError);
    assert.equal(
      timeLimited(1000, () => 2),
      2,
    );
  });

  it("throws the function's errors unchanged", () => {
    const error = new RangeError('x');
    for (const thrown of [error, null, 'text']) {
      assert.throws(
        () =>
          timeLimited(1000, () => {
            throw thrown; // eslint-disable-line @typescript-eslint/only-throw-error
          }),
        (caught) => caught === thrown,
      );
    }
  });
});
