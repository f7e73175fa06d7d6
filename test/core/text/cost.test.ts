import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { parseCost, formatCostDigits, formatDollars, formatShortDollars } from '../../../src/core/text/cost';

describe('A cost', () => {
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
    it(`is parsed from ${JSON.stringify(sent)} as ${digits}`, () => {
      assert.equal(formatCostDigits(sent), digits);
      assert.equal(parseCost(sent), amount);
    });
  }
});

describe('formatShortDollars', () => {
  const cases: readonly [sent: number | string, text: string][] = [
    [0.0128, '1.3¢'],
    ['0.06600000', '6.6¢'],
    [0.005, '0.5¢'],
    [0.00004, '<0.01¢'],
    [0.0001, '0.01¢'],
    [0.123, '12¢'],
    [0.994, '99¢'],
    [0.995, '$0.99'],
    [0.999, '$1.00'],
    [1, '$1.00'],
    ['12.345', '$12.35'],
    [1234.5, '$1234.50'],
    [-1.5, '-$1.50'],
    [-0.066, '-6.6¢'],
    [1e21, '$1000000000000000000000.00'],
  ];
  for (const [sent, text] of cases)
    it(`formats ${inspect(sent)} as ${text}`, () => assert.equal(formatShortDollars(sent), text));
});

describe('formatDollars', () => {
  const cases: readonly [sent: number | string, dollars: string][] = [
    ['0.000000', '$0.00'],
    [0, '$0.00'],
    ['0', '$0.00'],
    [-0, '$0.00'],
    ['0e99999999999', '$0.00'],
    ['1e-99999999999', '$0.00'],
    ['12.500000', '$12.50'],
    [12.5, '$12.50'],
    ['12', '$12.00'],
    ['1.23', '$1.23'],
    ['0.00450000', '$0.0045'],
    [0.066, '$0.066'],
    ['.5', '$0.50'],
    ['007.1', '$7.10'],
    ['-1.5000', '-$1.50'],
    [-1.5, '-$1.50'],
    ['+2.5', '$2.50'],
    ['-0.000', '$0.00'],
    [1e-7, '$0.0000001'],
    ['1E-7', '$0.0000001'],
    ['1.25e2', '$125.00'],
    [1.5e22, '$15000000000000000000000.00'],
    [41.250731, '$41.250731'],
    ['9007199254740993.1', '$9007199254740993.10'],
    [' 12.50\n', '$12.50'],
    ['free', 'free'],
    ['$12.50', '$12.50'],
    ['1e999', '1e999'],
    ['', ''],
    ['.', '.'],
    ['a\nb', 'a b'],
  ];
  for (const [sent, dollars] of cases)
    it(`formats ${inspect(sent)} as ${JSON.stringify(dollars)}`, () => assert.equal(formatDollars(sent), dollars));
});
