/** A page at a page size of its own choosing: the rows from `(page - 1) * size` up to `page * size`. */
export interface Window {
  readonly page: number;
  readonly size: number;
}

/** The server's limit on `per_page`. */
export const largestPage = 100;
const smallestWindow = 50;

export function endOf({ page, size }: Window): number {
  return page * size;
}

/**
 * Of all pages that hold the row at this offset, of 50 rows to 100, the one that reaches furthest behind it. It begins at the row
 * or somewhat before it.
 * @param offset from the top, the first row's is 0; what is above the top counts as the top
 */
export function windowFrom(offset: number): Window {
  const row = Math.max(offset, 0);
  let best: Window = { page: 1, size: 0 };
  for (let size = largestPage; size >= smallestWindow; size -= 1) {
    const window = { page: Math.floor(row / size) + 1, size };
    if (endOf(window) > endOf(best)) best = window;
  }
  return best;
}
