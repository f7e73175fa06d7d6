import assert from 'node:assert/strict';
import { costAmount, costDigits } from '../../../src/core/text/cost';

describe('a cost', () => {
  const costs: readonly [sent: number | string | undefined, digits: string | undefined, amount: number][] = [
    [0.0045, '0.0045', 0.0045],
    ['0.00450000', '0.00450000', 0.0045],
    ['1e-7', '1e-7', 1e-7],
    [0, '0', 0],
    [-1.5, '-1.5', -1.5],
    [undefined, undefined, 0],
    ['', '', 0],
    ['free', 'free', 0],
    [1e-7, '0.0000001', 1e-7],
    [1.25e-7, '0.000000125', 1.25e-7],
    [-3e-13, '-0.0000000000003', -3e-13],
    [1e21, '1000000000000000000000', 1e21],
    [1.5e22, '15000000000000000000000', 1.5e22],
    [41.250731, '41.250731', 41.250731],
  ];
  for (const [sent, digits, amount] of costs) {
    it(`${JSON.stringify(sent)} reads ${digits}`, () => {
      assert.equal(costDigits(sent), digits);
      assert.equal(costAmount(sent), amount);
    });
  }
});
