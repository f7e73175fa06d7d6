import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf, isJsonArray, isJsonObject } from '../util/exactJson';
import type { ConversationPage } from './api';
import { count, id, read, toJsonArray } from './decode';
import { decodeConversation } from './decodeConversation';
import { type PageEnvelope, type PageRequest, toEnvelope } from './paging/paging';
import type { PagingHints } from './paging/pagingStyle';
import { findRejectedRows } from './rejectedRows';

/** Paths of the objects that can contain paging fields. The first match wins. */
const places = [
  [],
  ['meta'],
  ['meta', 'pagination'],
  ['meta', 'page'],
  ['meta', 'cursor'],
  ['pagination'],
  ['paging'],
  ['page'],
  ['pageInfo'],
  ['page_info'],
  ['cursor'],
] as const;

/** Field names in lower case, without underscores. */
const currentPageNames = ['currentpage', 'page', 'pagenumber', 'number'];
const lastPageNames = ['lastpage', 'totalpages', 'pagecount', 'pages'];
const nextName =
  /^(odata)?(has)?(next|more)(page|pages|cursor|url|uri|link|href|token|key|offset|id|results|items|available)*$/;
const pageLike = /(next|page|url|uri|link|href)$/;
const isLastName = /^(is)?last(page)?$/;
const previousNames = ['prev', 'previous', 'prevpage', 'previouspage', 'prevpageurl', 'previouspageurl'];

/** URL parameters that select a page and that the client may send. */
const pageParameters = ['page', 'page[number]', 'page_number', 'pageNumber'];
const cursorParameters = ['cursor', 'page[cursor]', 'page[after]', 'after'];

interface Field {
  readonly name: string;
  readonly value: JsonValue;
  /** In an object that contains only cursors. */
  readonly inCursor: boolean;
}

/** A field's information about the next page; `more` if there is one but its number or cursor is unknown. */
type Next =
  | { readonly kind: 'page'; readonly page: number; readonly parameter?: string }
  | { readonly kind: 'cursor'; readonly cursor: string; readonly parameter?: string }
  | { readonly kind: 'more' }
  | { readonly kind: 'end'; readonly isCursor: boolean; readonly isExplicit: boolean };

/**
 * Reads the paging data of any known envelope: Laravel's paginators and resource collections, Fractal, JSON:API, `Link`
 * headers, and similar. URLs are used only for the page or cursor in their query.
 * @param rows number of rows in the response, readable or not
 * @param link the `Link` header
 */
export function decodeEnvelope(
  body: JsonValue,
  rows: number,
  request: PageRequest,
  link = '',
): PageEnvelope | undefined {
  const fields = isJsonObject(body) ? findFields(body) : [];
  const links = [...findLinks(body), ...parseLinkHeader(link)];
  const next = [...fields.flatMap(findNextInField), ...findNextInLinks(links)];
  const hints: PagingHints = {
    rowCount: rows,
    currentPage: findNumber(fields, currentPageNames),
    lastPage: findNumber(fields, lastPageNames) ?? parsePageNumber(links.find(({ rel }) => rel === 'last')?.target),
    previousPage: findPreviousPage(fields, links),
    nextPage: next.find((each) => each.kind === 'page'),
    nextCursor: next.find((each) => each.kind === 'cursor'),
    hasMore: next.some(({ kind }) => kind !== 'end'),
    ends: next.filter((each) => each.kind === 'end'),
    number: (names) => findNumber(fields, names),
  };
  return toEnvelope(hints, request);
}

function findFields(body: JsonObject): readonly Field[] {
  return places.flatMap((path) => {
    let place: JsonValue | undefined = body;
    for (const name of path) place = isJsonObject(place) ? place[name] : undefined;
    if (!isJsonObject(place)) return [];
    const inCursor = path.at(-1) === 'cursor';
    return entriesOf(place).map(([name, value]) => ({ name: normalizeName(name), value, inCursor }));
  });
}

function normalizeName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function findNumber(fields: readonly Field[], names: readonly string[]): number | undefined {
  for (const { name, value, inCursor } of fields) {
    const number = !inCursor && names.includes(name) ? read(count, value) : undefined;
    if (number !== undefined) return number;
  }
  return undefined;
}

function findNextInField({ name, value, inCursor }: Field): readonly Next[] {
  if (isLastName.test(name) && typeof value === 'boolean')
    return [value ? { kind: 'end', isCursor: false, isExplicit: true } : { kind: 'more' }];
  if (!nextName.test(name)) return [];
  const isCursor = inCursor || name.endsWith('cursor');
  if (value === false) return [{ kind: 'end', isCursor, isExplicit: true }];
  if (isCursor) return [parseNextCursor(value)];
  const next = parseNext(value);
  // An offset, a count, or a row ID isn't a page.
  return [next.kind === 'page' && !pageLike.test(name) && typeof value !== 'string' ? { kind: 'more' } : next];
}

function parseNextCursor(value: JsonValue): Next {
  if (isEmptyValue(value)) return { kind: 'end', isCursor: true, isExplicit: false };
  const target = parseNext(value);
  if (target.kind === 'cursor') return target;
  const cursor = read(id, value);
  return cursor === undefined ? { kind: 'more' } : { kind: 'cursor', cursor };
}

/** Parses a page number, a cursor, a URL, or an object that contains one. */
function parseNext(value: JsonValue): Next {
  if (isEmptyValue(value)) return { kind: 'end', isCursor: false, isExplicit: false };
  if (isJsonObject(value)) {
    const inner = value['href'] ?? value['url'];
    if (inner !== undefined) return parseNext(inner);
    return value['cursor'] === undefined
      ? parseNext(value['page'] ?? value['number'] ?? true)
      : parseNextCursor(value['cursor']);
  }
  const page = read(count, value);
  if (page !== undefined) return { kind: 'page', page };
  if (typeof value !== 'string') return { kind: 'more' };
  return /[/?]/.test(value) ? parseNextUrl(value) : { kind: 'cursor', cursor: value };
}

function parseNextUrl(address: string): Next {
  const query = parseQuery(address);
  for (const parameter of cursorParameters) {
    const cursor = query.get(parameter);
    if (cursor !== null && cursor !== '')
      return { kind: 'cursor', cursor, ...findCustomParameter(parameter, 'cursor') };
  }
  for (const parameter of pageParameters) {
    const page = read(count, query.get(parameter));
    if (page !== undefined) return { kind: 'page', page, ...findCustomParameter(parameter, 'page') };
  }
  return { kind: 'more' };
}

function parseQuery(address: string): URLSearchParams {
  return new URLSearchParams(address.replace(/^[^?]*\??/, '').replace(/#.*$/s, ''));
}

function findCustomParameter(parameter: string, usual: string): { readonly parameter?: string } {
  return parameter === usual ? {} : { parameter };
}

/** PHP writes an object without fields as `[]`. */
function isEmptyValue(value: JsonValue): boolean {
  return value === null || value === '' || value === false || (isJsonArray(value) && value.length === 0);
}

interface Link {
  readonly rel: string;
  readonly target: JsonValue;
}

/** Finds links by relation, as in JSON:API, HAL, Fractal, and Laravel's resource collections. */
function findLinks(body: JsonValue): readonly Link[] {
  if (!isJsonObject(body)) return [];
  const { meta, pagination } = body;
  const pages = isJsonObject(meta) ? meta['pagination'] : undefined;
  return [body, meta, pages, pagination].flatMap((place) => {
    if (!isJsonObject(place)) return [];
    return [place['links'], place['_links']].flatMap((links) =>
      isJsonObject(links) ? entriesOf(links).map(([rel, target]) => ({ rel, target })) : [],
    );
  });
}

/** RFC 8288. */
function parseLinkHeader(header: string): readonly Link[] {
  const links = header.matchAll(/<([^>]*)>((?:\s*;\s*[\w*-]+(?:=(?:"[^"]*"|[^";,\s]*))?)*)/g);
  return [...links].flatMap(([, target = '', parameters = '']) => {
    const rels = /;\s*rel="?([^";,]*)/i.exec(parameters)?.[1] ?? '';
    return rels
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .map((rel) => ({ rel, target }));
  });
}

/** JSON:API omits empty links: links without `next` mean the end. */
function findNextInLinks(links: readonly Link[]): readonly Next[] {
  const next = links.filter(({ rel }) => rel === 'next');
  if (next.length > 0) return next.map(({ target }) => parseNext(target));
  const isPaged = links.some(({ rel }) => rel === 'first' || rel === 'prev' || rel === 'previous');
  return isPaged ? [{ kind: 'end', isCursor: false, isExplicit: false }] : [];
}

function findPreviousPage(fields: readonly Field[], links: readonly Link[]): number | undefined {
  const named = fields.find(({ name }) => previousNames.includes(name))?.value;
  return (
    parsePageNumber(named) ?? parsePageNumber(links.find(({ rel }) => rel === 'prev' || rel === 'previous')?.target)
  );
}

function parsePageNumber(target: JsonValue | undefined): number | undefined {
  const next = target === undefined ? undefined : parseNext(target);
  return next?.kind === 'page' ? next.page : undefined;
}

/**
 * Decodes `GET /user/conversations`; undefined if it has no list.
 * @param link the `Link` header
 */
export function decodePage(body: JsonValue, request: PageRequest, link?: string): ConversationPage | undefined {
  const list = decodeList(body, request, link);
  if (list === undefined) return undefined;
  const byId = new Map<string, Conversation>();
  const decoded = list.rows.map(decodeConversation);
  for (const conversation of decoded) {
    // The later of two rows with the same ID is newer if the conversation moved during the request.
    if (conversation !== undefined) byId.set(conversation.id, conversation);
  }
  const rejected = findRejectedRows(
    list.rows,
    decoded.map((conversation) => conversation?.id),
  );
  return { rows: [...byId.values()], rejected, envelope: list.envelope };
}

/** Returns the undecoded rows and the paging data of any list of the platform. */
export function decodeList(
  body: JsonValue,
  request: PageRequest,
  link?: string,
): { readonly rows: readonly JsonValue[]; readonly envelope: PageEnvelope } | undefined {
  const rows = isJsonArray(body) ? body : isJsonObject(body) ? toJsonArray(body['data']) : undefined;
  const envelope = rows && decodeEnvelope(body, rows.length, request, link);
  return envelope && { rows, envelope };
}
