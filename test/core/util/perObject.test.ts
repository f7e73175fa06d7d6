import assert from 'node:assert/strict';
import { perObject } from '../../../src/core/util/perObject';

describe('work done once for each object', () => {
  it('is not done again, whatever came of it, and is another for another object', () => {
    const done: object[] = [];
    const lengthOf = perObject((of: readonly number[]) => {
      done.push(of);
      return of.length === 0 ? undefined : of.length;
    });
    const [none, one, another] = [[], [7], [7]];
    assert.deepEqual([none, one, another, none, one].map(lengthOf), [undefined, 1, 1, undefined, 1]);
    assert.equal(done.length, 3);
  });
});
