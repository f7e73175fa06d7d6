import type { Sorting } from '../model/query';
import { parseCost } from '../text/cost';
import { parseInstant } from '../text/time';
import { assertNever } from '../util/assertNever';
import type { DatedRow } from './rowOrder';

/** Sorts the rows of a group. Rows without the value are last; equal ones stay newest first. @param rows newest first */
export function sortRows(
  rows: readonly DatedRow[],
  sorting: Exclude<Sorting, 'newest'>,
  zone: string,
): readonly DatedRow[] {
  return rows
    .map((row) => ({ row, value: findValue(row, sorting, zone) }))
    .sort((one, other) => compareValues(other.value, one.value))
    .map(({ row }) => row);
}

/** Infinities can't be subtracted. */
function compareValues(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

function findValue({ row }: DatedRow, sorting: Exclude<Sorting, 'newest'>, zone: string): number {
  switch (sorting) {
    case 'updated':
      return parseInstant(row.updatedAt, zone) ?? -Infinity;
    case 'cost':
      return row.totalCost === undefined ? -Infinity : parseCost(row.totalCost);
    case 'messages':
      return row.messageCount ?? -Infinity;
    default:
      return assertNever(sorting);
  }
}
