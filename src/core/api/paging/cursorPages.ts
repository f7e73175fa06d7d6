import { hasOnlySeen, learnAddressing, type Envelope, type PagingStyle } from './pagingStyle';

export interface CursorPointer {
  readonly style: 'cursor';
  readonly cursor: string;
}

export interface CursorEnvelope extends Envelope<'cursor'> {
  readonly nextCursor: string | undefined;
}

/** Each page has the cursor of the next one. Pages are loaded in sequence and without counts. */
export const cursorPages: PagingStyle<CursorPointer, CursorEnvelope> = {
  decode({ currentPage, lastPage, previousPage, nextCursor, hasMore, ends }, { addressing }) {
    if (currentPage !== undefined || lastPage !== undefined) return undefined;
    if (nextCursor !== undefined && !ends.some(({ isExplicit }) => isExplicit))
      return { style: 'cursor', nextCursor: nextCursor.cursor, ...learnAddressing(addressing, nextCursor) };
    const isEnd = ends.length > 0 && !hasMore && previousPage === undefined;
    return isEnd ? { style: 'cursor', nextCursor: undefined } : undefined;
  },

  toParameter: ({ cursor }, addressing) => ({ name: addressing?.parameter ?? 'cursor', value: cursor }),

  next(requested, page, seen, { followed }) {
    const { nextCursor: cursor } = page.envelope;
    if (cursor === undefined || hasOnlySeen(page, seen)) return undefined;
    return followed?.has(cursor) === true || requested?.cursor === cursor ? undefined : { style: 'cursor', cursor };
  },

  visitKey: ({ cursor }) => cursor,
  isCursorCycle: ({ nextCursor }, followed) => nextCursor !== undefined && followed.has(nextCursor),
  isLast: (_, { envelope }) => envelope.nextCursor === undefined,

  // A cursor stays valid when rows are added or removed.
  rowsBefore: () => undefined,
  reanchor: (pointer) => pointer,
  needsOverlap: () => false,
  mayHaveSkipped: () => false,
};
