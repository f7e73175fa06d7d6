import type { Conversation } from '../model/conversation';
import type { ListQuery, PagePointer } from '../model/query';
import type { ConversationPage, PageEnvelope } from './api';

/** A page of anything that has ids. */
export interface PageOfRows {
  readonly rows: readonly { readonly id: string }[];
  readonly envelope: PageEnvelope;
}

/** What the list's earlier pages said. */
export interface EarlierPages {
  /** Best the first page's: every later page then shows a list that has grown since. */
  readonly total?: number | undefined;
  /** Likewise. */
  readonly lastPage?: number | undefined;
  /** Every cursor that was followed. */
  readonly cursors?: ReadonlySet<string>;
}

/**
 * Where the page after this one is; undefined where the list ends here.
 *
 * `asked` is the pointer that brought the page (undefined: the first), `seen` the ids on earlier pages of this list.
 * Following the pointers ends: page numbers only rise, a cursor is followed once, and a page of nothing but known
 * rows is the last (a server that ignores the pointer sends its first page for ever).
 */
export function nextPointer(
  asked: PagePointer | undefined,
  page: PageOfRows,
  seen: Pick<ReadonlySet<string>, 'has'>,
  earlier: EarlierPages = {},
): PagePointer | undefined {
  const { rows, envelope } = page;
  if (rows.length > 0 && rows.every(({ id }) => seen.has(id)) && !hasShifted(asked, envelope, earlier))
    return undefined;
  return envelope.style === 'cursor'
    ? nextCursor(asked, envelope.nextCursor, earlier.cursors)
    : nextPage(asked, rows.length, envelope);
}

type PageStyle = PageEnvelope & { style: 'page' };

/**
 * New rows at the top pushed known ones onto this page: stopping would lose those behind it. Page style only; a cursor
 * holds its place. The server has to have answered the page that was asked, or it may be its first one once more.
 */
function hasShifted(asked: PagePointer | undefined, envelope: PageEnvelope, earlier: EarlierPages): boolean {
  if (envelope.style !== 'page' || asked?.style !== 'page' || envelope.currentPage !== asked.page) return false;
  return hasGrown(earlier.total, envelope.total) || hasGrown(earlier.lastPage, envelope.lastPage);
}

function hasGrown(before: number | undefined, after: number | undefined): boolean {
  return before !== undefined && after !== undefined && after > before;
}

function nextCursor(
  asked: PagePointer | undefined,
  cursor: string | undefined,
  followed: ReadonlySet<string> | undefined,
): PagePointer | undefined {
  if (cursor === undefined || followed?.has(cursor)) return undefined;
  if (asked?.style === 'cursor' && asked.cursor === cursor) return undefined;
  return { style: 'cursor', cursor };
}

function nextPage(asked: PagePointer | undefined, rows: number, envelope: PageStyle): PagePointer | undefined {
  // The later of what was asked and what the server says it is, so that numbers rise whatever it says.
  const current = Math.max(asked?.style === 'page' ? asked.page : 1, envelope.currentPage ?? 1);
  const { lastPage, hasNext = lastPage === undefined || current < lastPage } = envelope;
  // A server that counts no pages may promise another one for ever.
  const isLast = !hasNext || (rows === 0 && (lastPage === undefined || current >= lastPage));
  return isLast ? undefined : { style: 'page', page: current + 1 };
}

/**
 * The pointer to the page that holds the same offset at another page size: earlier rows may come again, none is
 * skipped. For a server that honours `per_page`; a cursor is independent of it.
 */
export function reanchor(pointer: PagePointer, oldSize: number, newSize: number): PagePointer {
  if (pointer.style === 'cursor' || !isSize(oldSize) || !isSize(newSize)) return pointer;
  return { style: 'page', page: Math.floor(((pointer.page - 1) * oldSize) / newSize) + 1 };
}

function isSize(size: number): boolean {
  return Number.isInteger(size) && size > 0;
}

/**
 * How many conversations the query selects; undefined where the server does not say, or where its answer shows that it
 * counted something else. `rowsSoFar` is the number of rows of all pages read, this one included.
 */
export function totalOf(page: ConversationPage, query: ListQuery, rowsSoFar = page.rows.length): number | undefined {
  const { rows, rejected, envelope } = page;
  if (envelope.style !== 'page' || envelope.total === undefined) return undefined;
  if (envelope.total < rowsSoFar) return undefined;
  const isEmptyStart = rows.length + rejected.length === 0 && envelope.currentPage === 1;
  if (isEmptyStart && envelope.total > 0) return undefined;
  return keptTo(query, rows) ? envelope.total : undefined;
}

/** Whether the rows can be an answer to the query. They lack the assistant's integer id, but one id has one UUID. */
function keptTo(query: ListQuery, rows: readonly Conversation[]): boolean {
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
