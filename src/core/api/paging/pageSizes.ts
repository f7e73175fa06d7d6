import { maxPageSize } from '../rateLimits';

/** A page at a page size of its own choosing: the rows from `(page - 1) * size` up to `page * size`. */
export interface PageRange {
  readonly page: number;
  readonly size: number;
}

const defaultPageSize = 30;
const minRangeSize = 50;

/** What a page size comes to within the server's limits. */
export function clampPageSize(size: number): number {
  if (Number.isNaN(size)) return defaultPageSize;
  return Math.min(Math.max(Math.trunc(size), 1), maxPageSize);
}

export function endOf({ page, size }: PageRange): number {
  return page * size;
}

/**
 * The page size whose page holds the last row before `offset` and reads about `wanted` rows on from there. Undefined where no size
 * up to twice as large does.
 */
export function findOverlappingSize(offset: number, wanted: number): number | undefined {
  const gain = (size: number): number => endOf({ page: Math.floor((offset - 1) / size) + 1, size }) - offset;
  // Rows that are read twice cost a request too, but less than missing rows.
  const cost = (size: number): number => Math.abs(gain(size) - wanted) + Math.max(size - wanted, 0) / 2;
  const largest = Math.min(Math.max(2 * wanted, 10), maxPageSize);
  let best: number | undefined;
  for (let size = Math.ceil(wanted / 2); size <= largest; size += 1) {
    if (gain(size) > 0 && (best === undefined || cost(size) < cost(best))) best = size;
  }
  return best;
}

/**
 * Of all pages that hold the row at this offset, of 50 rows to 100, the one that reaches furthest behind it. It begins at the row
 * or somewhat before it.
 * @param offset from the top, the first row's is 0; what is above the top counts as the top
 */
export function findRangeAt(offset: number): PageRange {
  const row = Math.max(offset, 0);
  let best: PageRange = { page: 1, size: 0 };
  for (let size = maxPageSize; size >= minRangeSize; size -= 1) {
    const range = { page: Math.floor(row / size) + 1, size };
    if (endOf(range) > endOf(best)) best = range;
  }
  return best;
}
