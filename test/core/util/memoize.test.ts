import assert from 'node:assert/strict';
import { once, perObject } from '../../../src/core/util/memoize';

describe('once', () => {
  it('does the work once for all who ask, also while it is under way', async () => {
    let works = 0;
    const asked = once(() => Promise.resolve(++works));
    assert.deepEqual(await Promise.all([asked(), asked()]), [1, 1]);
    assert.equal(await asked(), 1);
  });

  it('does nothing before somebody asks', () => {
    let works = 0;
    once(() => Promise.resolve(++works));
    assert.equal(works, 0);
  });

  it('tells each of those who wait of a failure, and tries again for the next', async () => {
    let tries = 0;
    const asked = once(() => (++tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve('there')));
    const both = await Promise.allSettled([asked(), asked()]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(await asked(), 'there');
    assert.equal(tries, 2);
  });
});

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
