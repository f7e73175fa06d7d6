import assert from 'node:assert/strict';
import { memoizeAsync, memoizeWeak } from '../../../src/core/util/memoize';

describe('memoizeAsync', () => {
  it('runs once for all callers, even concurrent ones', async () => {
    let callCount = 0;
    const load = memoizeAsync(() => Promise.resolve(++callCount));
    assert.deepEqual(await Promise.all([load(), load()]), [1, 1]);
    assert.equal(await load(), 1);
  });

  it("doesn't run before the first call", () => {
    let callCount = 0;
    memoizeAsync(() => Promise.resolve(++callCount));
    assert.equal(callCount, 0);
  });

  it('rejects all waiting callers on failure and runs again for the next', async () => {
    let tries = 0;
    const load = memoizeAsync(() => (++tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve('there')));
    const both = await Promise.allSettled([load(), load()]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(await load(), 'there');
    assert.equal(tries, 2);
  });
});

describe('memoizeWeak', () => {
  it('runs once per object for any result', () => {
    const calls: object[] = [];
    const lengthOf = memoizeWeak((list: readonly number[]) => {
      calls.push(list);
      return list.length === 0 ? undefined : list.length;
    });
    const [empty, one, another] = [[], [7], [7]];
    assert.deepEqual([empty, one, another, empty, one].map(lengthOf), [undefined, 1, 1, undefined, 1]);
    assert.equal(calls.length, 3);
  });
});
