import type { PageRange } from './pageSizes';
import {
  hasOnlySeen,
  learnAddressing,
  rowCount,
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
  /** Whether there is a page after this one, if the server says so without numbering its last page, or against that number. */
  readonly hasNext?: boolean;
}

/** Pages are numbered from the top of the list; a row that comes or goes shifts all rows below it. */
export const numberedPages: PagingStyle<NumberedPointer, NumberedEnvelope> = {
  seek: {
    isPossible: ({ lastPage }) => lastPage !== undefined,
    pointerTo: (page) => ({ style: 'page', page }),
    isRequestedRange({ page, size }: PageRange, response) {
      const { currentPage, lastPage, perPage = size } = response.envelope;
      return lastPage !== undefined && currentPage === page && perPage === size && rowCount(response) <= size;
    },
    mayHonorSize(page, size) {
      const { perPage, hasNext } = page.envelope;
      if (perPage !== undefined) return perPage === size;
      const count = rowCount(page);
      return count === size || (count < size && hasNext !== true);
    },
  },

  decode: decodeNumbered,

  toParameter: ({ page }, addressing) => ({
    name: addressing?.parameter ?? 'page',
    value: String(page - (addressing?.fromZero === true ? 1 : 0)),
  }),

  // Following ends: page numbers only rise.
  next(requested, page, seen, earlier) {
    const { rows, envelope } = page;
    if (hasOnlySeen(page, seen) && !hasShifted(requested, envelope, earlier)) return undefined;
    // The later of what was asked and what the server says it is, so that numbers rise whatever it says.
    const current = Math.max(requested?.page ?? 1, envelope.currentPage ?? 1);
    const { lastPage, hasNext = lastPage === undefined || current < lastPage } = envelope;
    // A server that counts no pages may promise another one forever.
    const isLast = !hasNext || (rows.length === 0 && (lastPage === undefined || current >= lastPage));
    return isLast ? undefined : { style: 'page', page: current + 1 };
  },

  visitKey: () => undefined,
  isCursorCycle: () => false,

  isLast(requested, page, size) {
    const { currentPage, lastPage, hasNext } = page.envelope;
    if (hasNext !== undefined) return !hasNext;
    const number = requested?.page ?? 1;
    const count = rowCount(page);
    return lastPage === undefined ? count === 0 || (count < size && currentPage === number) : number >= lastPage;
  },

  rowsBefore: ({ page }, size) => (page - 1) * size,

  reanchor(pointer, oldSize, newSize) {
    if (!isSize(oldSize) || !isSize(newSize)) return pointer;
    return { style: 'page', page: Math.floor(((pointer.page - 1) * oldSize) / newSize) + 1 };
  },

  needsOverlap: ({ total }) => total === undefined,

  /**
   * A deletion pulls rows up, past the border between two pages. Then the server counts fewer. If it counts nothing, the two have to
   * share a row; but if it keeps its own page size too, they can't, and it has to be enough that it tells where its list ends.
   */
  mayHaveSkipped({ rows, envelope }, before, honorsPageSize) {
    if (rows.some(({ id }) => before.ids.has(id))) return false;
    if (before.envelope.total !== undefined && envelope.total !== undefined)
      return envelope.total < before.envelope.total;
    return honorsPageSize || envelope.hasNext === undefined;
  },
};

function decodeNumbered(signs: PagingHints, request: RequestFor<NumberedPointer>): NumberedEnvelope {
  const { lastPage, nextPage, findPreviousPage: previousPage, hasMore, ends } = signs;
  const requestedPage = request.pointer?.page ?? 1;
  const fromZero =
    request.addressing?.fromZero ??
    (request.pointer === undefined &&
      (signs.currentPage === 0 || (signs.currentPage === undefined && nextPage?.page === 1)));
  const shift = fromZero ? 1 : 0;
  // A number that doesn't fit the page that was asked for, such as an offset, is none.
  const fitsRequest =
    nextPage === undefined ? previousPage === requestedPage - 1 - shift : nextPage.page === requestedPage + 1 - shift;
  const currentPage =
    signs.currentPage === undefined ? (fitsRequest ? requestedPage : undefined) : signs.currentPage + shift;
  const total = signs.number(totalNames);
  const perPage = signs.number(perPageNames);
  const addressing = learnAddressing(request.addressing, nextPage, fromZero);
  const envelope = { style: 'page', currentPage, lastPage, perPage, total, ...addressing } as const;
  if (lastPage !== undefined)
    return hasMore && (currentPage ?? requestedPage) >= lastPage ? { ...envelope, hasNext: true } : envelope;
  if (hasMore && (nextPage !== undefined || !ends.some(({ isExplicit }) => isExplicit)))
    return { ...envelope, hasNext: true };
  // A server that numbers its pages may send `next_cursor: null` with all of them.
  if (ends.some(({ isCursor, isExplicit }) => isExplicit || !isCursor)) return { ...envelope, hasNext: false };
  // Nothing is said: a page that could have held more rows is all there is.
  const isWhole =
    total === undefined ? signs.countRows < Math.min(request.pageSize, perPage ?? Infinity) : signs.countRows >= total;
  return isWhole && currentPage === undefined ? { ...envelope, lastPage: 1 } : envelope;
}

/**
 * Whether new rows at the top pushed known ones onto this page: stopping would lose the rows behind it. The server has to have
 * answered the page that was asked for, or it may be its first one once more.
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
