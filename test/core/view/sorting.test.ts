import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/model/conversation';
import { sortings, type Sorting } from '../../../src/core/model/query';
import { parseSorting } from '../../../src/core/view/filterParse';
import { DatedRow } from '../../../src/core/view/rowOrder';
import { sortRows } from '../../../src/core/view/sorting';
import { row } from './filterRows';

/** Newest first. */
const rows = (
  [
    { id: 'a', totalCost: '0.50', messageCount: 3, updatedAt: '2026-11-20 10:00:00' },
    { id: 'b', totalCost: undefined, messageCount: undefined, updatedAt: 'soon' },
    { id: 'c', totalCost: 1.25, messageCount: 3, updatedAt: '2026-11-21 10:00:00' },
    { id: 'd', totalCost: 0, messageCount: 40, updatedAt: '' },
  ] satisfies Partial<Conversation>[]
).map((fields, index) => new DatedRow(row(fields), -index));

describe('sortRows', () => {
  const orders: readonly [Exclude<Sorting, 'newest'>, string][] = [
    ['cost', 'cadb'],
    ['messages', 'dacb'],
    ['updated', 'cabd'],
  ];
  for (const [sorting, order] of orders)
    it(`sorts by ${sorting}, with unknown values last and equal ones newest first`, () =>
      assert.equal(
        sortRows(rows, sorting, 'UTC')
          .map(({ row: { id } }) => id)
          .join(''),
        order,
      ));

  it('keeps the given array', () => {
    sortRows(rows, 'cost', 'UTC');
    assert.equal(rows[0]?.row.id, 'a');
  });
});

describe('parseSorting', () => {
  it('accepts only known values', () => {
    assert.deepEqual(sortings.map(parseSorting), [...sortings]);
    assert.deepEqual(['age', undefined, 7].map(parseSorting), [undefined, undefined, undefined]);
  });
});
