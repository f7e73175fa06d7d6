import assert from 'node:assert/strict';
import { mapConcurrent } from '../../../src/core/util/mapConcurrent';

describe('mapConcurrent', () => {
  async function* numbers(count: number, onEnd: () => void = () => undefined): AsyncGenerator<number> {
    try {
      for (let number = 0; number < count; number += 1) yield number;
    } finally {
      onEnd();
    }
  }

  it('keeps the order and limits concurrency', async () => {
    let running = 0;
    let maxRunning = 0;
    const results: number[] = [];
    const map = async (number: number): Promise<number> => {
      running += 1;
      maxRunning = Math.max(maxRunning, running);
      for (let tick = 0; tick < (number * 7) % 5; tick += 1) await new Promise(setImmediate);
      running -= 1;
      return number;
    };
    for await (const number of mapConcurrent(numbers(50), 4, map)) results.push(number);
    assert.deepEqual(
      results,
      Array.from({ length: 50 }, (_, index) => index),
    );
    assert.equal(maxRunning, 4);
  });

  it('throws an error at its position and closes the source', async () => {
    let hasEnded = false;
    const results: number[] = [];
    await assert.rejects(async () => {
      const mapped = mapConcurrent(
        numbers(50, () => (hasEnded = true)),
        4,
        (number) => (number === 3 ? Promise.reject(new Error('three')) : Promise.resolve(number)),
      );
      for await (const number of mapped) results.push(number);
    }, /three/);
    assert.deepEqual([results, hasEnded], [[0, 1, 2], true]);
  });
});
