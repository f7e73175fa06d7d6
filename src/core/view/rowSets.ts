import { memoizeWeak } from '../util/memoize';
import type { RowPredicate } from './filter';
import { groupRows, typeOf } from './groups';
import type { DatedRow } from './rowOrder';

export const countsByType = memoizeWeak(
  (rows: readonly DatedRow[]): ReadonlyMap<string, number> =>
    new Map(groupRows(rows, 'type').map(({ key, rows: its }) => [typeOf(key), its.length])),
);

/** Returns the same array if all rows match, because its groups are memoized. */
export function applyFilter(rows: readonly DatedRow[], matches: RowPredicate | undefined): readonly DatedRow[] {
  if (matches === undefined) return rows;
  const shown = rows.filter((each) => matches(each.row, each));
  return shown.length === rows.length ? rows : shown;
}
