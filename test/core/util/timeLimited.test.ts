import assert from 'node:assert/strict';
import { timeLimited } from '../../../src/core/util/timeLimited';
import { TimeoutError } from '../../../src/core/util/timeout';

describe('work within a time limit', () => {
  it('gives what came of it', () => {
    assert.equal(
      timeLimited(1000, () => 'done'),
      'done',
    );
    assert.equal(
      timeLimited(1000, () => undefined),
      undefined,
    );
  });

  it('is ended where it takes longer', () => {
    const endless = /^(?:a+)+$/;
    assert.throws(() => timeLimited(20, () => endless.test(`${'a'.repeat(40)}b`)), TimeoutError);
    assert.equal(
      timeLimited(1000, () => 2),
      2,
    );
  });

  it('throws what it throws', () => {
    const defect = new RangeError('x');
    for (const thrown of [defect, null, 'text']) {
      assert.throws(
        () =>
          timeLimited(1000, () => {
            throw thrown; // eslint-disable-line @typescript-eslint/only-throw-error
          }),
        (error) => error === thrown,
      );
    }
  });
});
