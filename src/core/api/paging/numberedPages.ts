import type { PageRange } from './pageSizes';
import {
  hasOnlySeen,
  learnAddressing,
  countRows,
  type EarlierPages,
  type Envelope,
  type PagingHints,
  type PagingStyle,
  type RequestFor,
} from './pagingStyle';

const perPageNames = ['perpage', 'pagesize', 'size', 'limit'];
const totalNames = ['total', 'totalcount', 'totalitems', 'totalelements', 'totalresults', 'totalrecords'];

export interface NumberedPointer {
  readonly style: 'page';
  readonly page: number;
}

export interface NumberedEnvelope extends Envelope<'page'> {
  /** Set if the server reports a next page without a last page number, or despite it. */
  readonly hasNext?: boolean;
}

/** Pages are numbered from the top of the list; an added or removed row shifts all rows below. */
export const numberedPages: PagingStyle<NumberedPointer, NumberedEnvelope> = {
  seek: {
    isPossible: ({ lastPage }) => lastPage !== undefined,
    pointerTo: (page) => ({ style: 'page', page }),
    isRequestedRange({ page, size }: PageRange, response) {
      const { currentPage, lastPage, perPage = size } = response.envelope;
      return lastPage !== undefined && currentPage === page && perPage === size && countRows(response) <= size;
    },
    mayHonorSize(page, size) {
      const { perPage, hasNext } = page.envelope;
      if (perPage !== undefined) return perPage === size;
      const count = countRows(page);
      return count === size || (count < size && hasNext !== true);
    },
  },

  decode: decodeNumbered,

  toParameter: ({ page }, addressing) => ({
    name: addressing?.parameter ?? 'page',
    value: String(page - (addressing?.fromZero === true ? 1 : 0)),
  }),

  // Terminates, because page numbers only rise.
  next(requested, page, seen, earlier) {
    const { rows, envelope } = page;
    if (hasOnlySeen(page, seen) && !hasShifted(requested, envelope, earlier)) return undefined;
    // The higher of the requested and the reported number, so that numbers always rise.
    const current = Math.max(requested?.page ?? 1, envelope.currentPage ?? 1);
    const { lastPage, hasNext = lastPage === undefined || current < lastPage } = envelope;
    // A server without a last page number may report a next page forever.
    const isLast = !hasNext || (rows.length === 0 && (lastPage === undefined || current >= lastPage));
    return isLast ? undefined : { style: 'page', page: current + 1 };
  },

  visitKey: () => undefined,
  isCursorCycle: () => false,

  isLast(requested, page, size) {
    const { currentPage, lastPage, hasNext } = page.envelope;
    if (hasNext !== undefined) return !hasNext;
    const number = requested?.page ?? 1;
    const count = countRows(page);
    return lastPage === undefined ? count === 0 || (count < size && currentPage === number) : number >= lastPage;
  },

  rowsBefore: ({ page }, size) => (page - 1) * size,

  reanchor(pointer, oldSize, newSize) {
    if (!isSize(oldSize) || !isSize(newSize)) return pointer;
    return { style: 'page', page: Math.floor(((pointer.page - 1) * oldSize) / newSize) + 1 };
  },

  needsOverlap: ({ total }) => total === undefined,

  /**
   * A deletion moves rows up, across the page boundary, and lowers the server's total. Without a total, the pages must
   * share a row, unless the server ignores the requested size and reports whether there is a next page.
   */
  mayHaveSkipped({ rows, envelope }, before, honorsPageSize) {
    if (rows.some(({ id }) => before.ids.has(id))) return false;
    if (before.envelope.total !== undefined && envelope.total !== undefined)
      return envelope.total < before.envelope.total;
    return honorsPageSize || envelope.hasNext === undefined;
  },
};

function decodeNumbered(hints: PagingHints, request: RequestFor<NumberedPointer>): NumberedEnvelope {
  const { lastPage, nextPage, previousPage, hasMore, ends } = hints;
  const requestedPage = request.pointer?.page ?? 1;
  const fromZero =
    request.addressing?.fromZero ??
    (request.pointer === undefined &&
      (hints.currentPage === 0 || (hints.currentPage === undefined && nextPage?.page === 1)));
  const shift = fromZero ? 1 : 0;
  // A number that doesn't match the requested page, such as an offset, isn't a page number.
  const fitsRequest =
    nextPage === undefined ? previousPage === requestedPage - 1 - shift : nextPage.page === requestedPage + 1 - shift;
  const currentPage =
    hints.currentPage === undefined ? (fitsRequest ? requestedPage : undefined) : hints.currentPage + shift;
  const total = hints.number(totalNames);
  const perPage = hints.number(perPageNames);
  const addressing = learnAddressing(request.addressing, nextPage, fromZero);
  const envelope = { style: 'page', currentPage, lastPage, perPage, total, ...addressing } as const;
  if (lastPage !== undefined)
    return hasMore && (currentPage ?? requestedPage) >= lastPage ? { ...envelope, hasNext: true } : envelope;
  if (hasMore && (nextPage !== undefined || !ends.some(({ isExplicit }) => isExplicit)))
    return { ...envelope, hasNext: true };
  // Servers with numbered pages may send `next_cursor: null` on every page.
  if (ends.some(({ isCursor, isExplicit }) => isExplicit || !isCursor)) return { ...envelope, hasNext: false };
  // Without any paging data, a page with room for more rows is the whole list.
  const isWhole =
    total === undefined ? hints.rowCount < Math.min(request.pageSize, perPage ?? Infinity) : hints.rowCount >= total;
  return isWhole && currentPage === undefined ? { ...envelope, lastPage: 1 } : envelope;
}

/**
 * Returns whether new rows at the top pushed known rows onto this page: stopping would miss the rows after it. The page
 * must be the requested one, or it could be the first page again.
 */
function hasShifted(
  requested: NumberedPointer | undefined,
  envelope: NumberedEnvelope,
  earlier: EarlierPages,
): boolean {
  if (requested === undefined || envelope.currentPage !== requested.page) return false;
  return hasGrown(earlier.total, envelope.total) || hasGrown(earlier.lastPage, envelope.lastPage);
}

function hasGrown(before: number | undefined, after: number | undefined): boolean {
  return before !== undefined && after !== undefined && after > before;
}

function isSize(size: number): boolean {
  return Number.isInteger(size) && size > 0;
}
