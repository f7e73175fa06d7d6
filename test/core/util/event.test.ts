import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/util/event';

describe('Emitter', () => {
  it('notifies every listener in order until it is disposed', () => {
    const emitter = new Emitter<number>();
    const calls: string[] = [];
    const first = emitter.event((value) => calls.push(`a${value}`));
    emitter.event((value) => calls.push(`b${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(calls, ['a1', 'b1', 'b2']);
  });

  it('notifies a function as often as it is subscribed', () => {
    const emitter = new Emitter<void>();
    let calls = 0;
    const listener = (): void => void (calls += 1);
    emitter.event(listener);
    emitter.event(listener).dispose();
    emitter.fire();
    assert.equal(calls, 1);
  });

  it('notifies the other listeners if one throws, then throws', () => {
    const emitter = new Emitter<void>();
    let wasNotified = false;
    emitter.event(() => {
      throw new Error('broken');
    });
    emitter.event(() => void (wasNotified = true));
    assert.throws(() => emitter.fire(), AggregateError);
    assert.ok(wasNotified);
  });
});
