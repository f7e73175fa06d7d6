import assert from 'node:assert/strict';
import { DisposableStore } from '../../../src/core/util/disposable';

describe('DisposableStore', () => {
  it('disposes last in, first out, and once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    for (const name of ['a', 'b']) store.add({ dispose: () => order.push(name) });
    store.dispose();
    store.dispose();
    assert.deepEqual(order, ['b', 'a']);
  });

  it('disposes at once what comes too late', () => {
    const store = new DisposableStore();
    store.dispose();
    let disposed = false;
    store.add({ dispose: () => void (disposed = true) });
    assert.ok(disposed);
  });
});
