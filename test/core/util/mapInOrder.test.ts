import assert from 'node:assert/strict';
import { mapInOrder } from '../../../src/core/util/mapInOrder';

describe('mapInOrder', () => {
  async function* numbers(count: number, ended: () => void = () => undefined): AsyncGenerator<number> {
    try {
      for (let number = 0; number < count; number += 1) yield number;
    } finally {
      ended();
    }
  }

  it('keeps the order, and no more at once than it may', async () => {
    let running = 0;
    let most = 0;
    const got: number[] = [];
    const map = async (number: number): Promise<number> => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < (number * 7) % 5; turn += 1) await new Promise(setImmediate);
      running -= 1;
      return number;
    };
    for await (const number of mapInOrder(numbers(50), 4, map)) got.push(number);
    assert.deepEqual(
      got,
      Array.from({ length: 50 }, (_, index) => index),
    );
    assert.equal(most, 4);
  });

  it('tells of a failure in its turn, and ends the source', async () => {
    let ended = false;
    const got: number[] = [];
    await assert.rejects(async () => {
      const mapped = mapInOrder(
        numbers(50, () => (ended = true)),
        4,
        (number) => (number === 3 ? Promise.reject(new Error('three')) : Promise.resolve(number)),
      );
      for await (const number of mapped) got.push(number);
    }, /three/);
    assert.deepEqual([got, ended], [[0, 1, 2], true]);
  });
});
