import assert from 'node:assert/strict';
import { parseAmount, parseCount, type Bound } from '../../../src/core/view/filterParse';

const none: Bound = { kind: 'none' };
const invalid: Bound = { kind: 'invalid' };
const atLeast = (value: number): Bound => ({ kind: 'atLeast', value });

describe('parseCount', () => {
  const cases: readonly [text: string, bound: Bound][] = [
    ['5', atLeast(5)],
    [' 12 ', atLeast(12)],
    ['', none],
    ['0', none],
    ['-1', invalid],
    ['2.5', invalid],
    ['1e3', invalid],
    ['five', invalid],
    [String(Number.MAX_SAFE_INTEGER), atLeast(Number.MAX_SAFE_INTEGER)],
    ['99999999999999999999', invalid],
  ];
  for (const [text, bound] of cases)
    it(`parses ${JSON.stringify(text)} as ${bound.kind}`, () => assert.deepEqual(parseCount(text), bound));
});

describe('parseAmount', () => {
  const cases: readonly [text: string, bound: Bound][] = [
    ['0.01', atLeast(0.01)],
    ['0,01', atLeast(0.01)],
    ['0,005', atLeast(0.005)],
    ['.5', atLeast(0.5)],
    [',25', atLeast(0.25)],
    ['1,0005', atLeast(1.0005)],
    ['$ 2', atLeast(2)],
    ['1000', atLeast(1000)],
    [' ', none],
    ['$', none],
    ['0.000', none],
    ['1,000', invalid],
    ['10,000', invalid],
    ['1,000.50', invalid],
    ['2$', invalid],
    ['-1', invalid],
    ['1e-3', invalid],
    ['Infinity', invalid],
    ['a cent', invalid],
  ];
  for (const [text, bound] of cases)
    it(`parses ${JSON.stringify(text)} as ${bound.kind}`, () => assert.deepEqual(parseAmount(text), bound));
});
