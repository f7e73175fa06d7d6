import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/core/util/event';

describe('DisposableStore', () => {
  it('disposes once, in reverse order', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    for (const name of ['a', 'b']) store.add({ dispose: () => order.push(name) });
    store.dispose();
    store.dispose();
    assert.deepEqual(order, ['b', 'a']);
  });

  it('disposes additions immediately after dispose', () => {
    const store = new DisposableStore();
    store.dispose();
    let isDisposed = false;
    store.add({ dispose: () => void (isDisposed = true) });
    assert.ok(isDisposed);
  });
});
