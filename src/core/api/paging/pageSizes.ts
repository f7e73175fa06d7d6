import { maxPageSize } from '../rateLimits';

/** A page at a chosen page size: rows `(page - 1) * size` to `page * size`, end exclusive. */
export interface PageRange {
  readonly page: number;
  readonly size: number;
}

const defaultPageSize = 30;
const minRangeSize = 50;

/** Clamps a page size to the server's limits. */
export function clampPageSize(size: number): number {
  if (Number.isNaN(size)) return defaultPageSize;
  return Math.min(Math.max(Math.trunc(size), 1), maxPageSize);
}

export function endOf({ page, size }: PageRange): number {
  return page * size;
}

/**
 * Returns the page size whose page includes the last row before `offset` and about `wanted` rows from there on;
 * undefined if no size up to twice as large does.
 */
export function findOverlappingSize(offset: number, wanted: number): number | undefined {
  const gain = (size: number): number => endOf({ page: Math.floor((offset - 1) / size) + 1, size }) - offset;
  // Overlapping rows cost a request too, but less than missing rows.
  const cost = (size: number): number => Math.abs(gain(size) - wanted) + Math.max(size - wanted, 0) / 2;
  const largest = Math.min(Math.max(2 * wanted, 10), maxPageSize);
  let best: number | undefined;
  for (let size = Math.ceil(wanted / 2); size <= largest; size += 1) {
    if (gain(size) > 0 && (best === undefined || cost(size) < cost(best))) best = size;
  }
  return best;
}

/**
 * Returns the page of 50 to 100 rows that includes the row at `offset` and extends furthest after it.
 * @param offset zero-based; negative offsets count as 0
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
