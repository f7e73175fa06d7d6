import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/util/event';

describe('Emitter', () => {
  it('tells every listener, in order, until it is disposed', () => {
    const emitter = new Emitter<number>();
    const told: string[] = [];
    const first = emitter.event((value) => told.push(`a${value}`));
    emitter.event((value) => told.push(`b${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(told, ['a1', 'b1', 'b2']);
  });

  it('tells one function as often as it subscribed', () => {
    const emitter = new Emitter<void>();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    emitter.event(listener);
    emitter.event(listener).dispose();
    emitter.fire();
    assert.equal(calls, 1);
  });

  it('tells the others where one throws, and then says so', () => {
    const emitter = new Emitter<void>();
    let told = false;
    emitter.event(() => {
      throw new Error('broken');
    });
    emitter.event(() => void (told = true));
    assert.throws(() => emitter.fire(), AggregateError);
    assert.ok(told);
  });
});
