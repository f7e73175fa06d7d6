import type { Conversation } from '../../model/conversation';
import type { ListQuery } from '../../model/query';
import { cursorPages, type CursorEnvelope, type CursorPointer } from './cursorPages';
import { numberedPages, type NumberedEnvelope, type NumberedPointer } from './numberedPages';
import type { PageRange } from './pageSizes';
import type {
  EarlierPages,
  PrecedingPage,
  PageOfRows,
  PagingHints,
  PagingStyle,
  RequestFor,
  PageAccess,
} from './pagingStyle';

export type PagePointer = NumberedPointer | CursorPointer;
export type PageEnvelope = NumberedEnvelope | CursorEnvelope;

type StyleName = PageEnvelope['style'];
type Of<T, Name extends StyleName> = Extract<T, { readonly style: Name }>;

/** All styles in the order of detection. The last one matches any response. */
const styles: { readonly [Name in StyleName]: PagingStyle<Of<PagePointer, Name>, Of<PageEnvelope, Name>> } = {
  cursor: cursorPages,
  page: numberedPages,
};

export type ListPage = PageOfRows<PageEnvelope>;
export type PageRequest = RequestFor<PagePointer>;
export type PreviousPage = PrecedingPage<PageEnvelope>;
export type PageSeek = PageAccess<PagePointer, PageEnvelope>;

export function pagingOf({ style }: PageEnvelope | PagePointer): PagingStyle<PagePointer, PageEnvelope> {
  return styles[style];
}

export function toEnvelope(hints: PagingHints, request: PageRequest): PageEnvelope | undefined {
  for (const name of Object.keys(styles) as StyleName[]) {
    const style: PagingStyle<PagePointer, PageEnvelope> = styles[name];
    const envelope = style.decode(hints, { ...request, pointer: findMatchingPointer(request.pointer, name) });
    if (envelope !== undefined) return envelope;
  }
  return undefined;
}

export function findNextPointer(
  requested: PagePointer | undefined,
  page: ListPage,
  seen: Pick<ReadonlySet<string>, 'has'>,
  earlier: EarlierPages = {},
): PagePointer | undefined {
  const { envelope } = page;
  return pagingOf(envelope).next(findMatchingPointer(requested, envelope.style), page, seen, earlier);
}

export function isLastPage(requested: PagePointer | undefined, page: ListPage, size: number): boolean {
  const { envelope } = page;
  return pagingOf(envelope).isLast(findMatchingPointer(requested, envelope.style), page, size);
}

export function mayHaveSkipped(
  requested: PagePointer | undefined,
  page: ListPage,
  before: PreviousPage | undefined,
  honorsPageSize: boolean,
): boolean {
  const { envelope } = page;
  if (before?.isFull !== true || before.envelope.style !== envelope.style || requested?.style !== envelope.style)
    return false;
  return pagingOf(envelope).mayHaveSkipped(page, before, honorsPageSize);
}

/** Returns access by page number; undefined if the response shows that there is none. */
export function findSeek(envelope: PageEnvelope): PageSeek | undefined {
  const { seek } = pagingOf(envelope);
  return seek?.isPossible(envelope) === true ? seek : undefined;
}

/** Returns whether the response is the requested page. */
export function isRequestedRange(range: PageRange, page: ListPage): boolean {
  return pagingOf(page.envelope).seek?.isRequestedRange(range, page) === true;
}

/** A server may respond in another style than requested. */
function findMatchingPointer(pointer: PagePointer | undefined, style: StyleName): PagePointer | undefined {
  return pointer?.style === style ? pointer : undefined;
}

/**
 * Returns how many conversations match the query; undefined if the server doesn't say, or evidently counted something
 * else.
 * @param rowsSoFar number of rows on all pages loaded, including this one
 */
export function findTotal(
  page: ListPage & { readonly rows: readonly Conversation[]; readonly rejected: readonly unknown[] },
  query: ListQuery,
  rowsSoFar = page.rows.length,
): number | undefined {
  const { rows, rejected, envelope } = page;
  const { total, currentPage } = envelope;
  if (total === undefined || total < rowsSoFar) return undefined;
  const isEmptyStart = rows.length + rejected.length === 0 && currentPage === 1;
  if (isEmptyStart && total > 0) return undefined;
  return matchesQuery(query, rows) ? total : undefined;
}

/**
 * Returns whether the rows can match the query. Rows lack the integer ID of their assistant, but one ID has one UUID.
 */
function matchesQuery(query: ListQuery, rows: readonly Conversation[]): boolean {
  const { type, assistantId, dateFrom, dateTo } = query;
  if (type !== undefined && rows.some((row) => row.type !== type)) return false;
  if (assistantId !== undefined && new Set(rows.map((row) => row.assistantId)).size > 1) return false;
  const hasDates = dateFrom !== undefined || dateTo !== undefined;
  return !hasDates || rows.every((row) => isWithin(row.createdAt.slice(0, 10), dateFrom, dateTo));
}

function isWithin(day: string, from: string | undefined, to: string | undefined): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return false;
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}
