import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf } from '../util/exactJson';
import type { PageAddressing, PageEnvelope, PageRequest } from './api';
import { count, id } from './fields';
import { isJsonArray, isJsonObject, read } from './json';

/** The objects of a response that can hold paging fields, as paths from its root. The first that names a field wins. */
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

/** Names of fields, without underscores and in lower case. */
const currentPageNames = ['currentpage', 'page', 'pagenumber', 'number'];
const lastPageNames = ['lastpage', 'totalpages', 'pagecount', 'pages'];
const perPageNames = ['perpage', 'pagesize', 'size', 'limit'];
const totalNames = ['total', 'totalcount', 'totalitems', 'totalelements', 'totalresults', 'totalrecords'];
const nextName =
  /^(odata)?(has)?(next|more)(page|pages|cursor|url|uri|link|href|token|key|offset|id|results|items|available)*$/;
const pageLike = /(next|page|url|uri|link|href)$/;
const isLastName = /^(is)?last(page)?$/;
const previousNames = ['prev', 'previous', 'prevpage', 'previouspage', 'prevpageurl', 'previouspageurl'];

/** Parameters of a URL that name a page, and that the client may send. */
const pageParameters = ['page', 'page[number]', 'page_number', 'pageNumber'];
const cursorParameters = ['cursor', 'page[cursor]', 'page[after]', 'after'];

interface Field {
  readonly name: string;
  readonly value: JsonValue;
  /** In an object that holds cursors only. */
  readonly inCursor: boolean;
}

/** What one field says about a next page; `more` where there is one, but neither its number nor a cursor can be read. */
type Next =
  | { readonly kind: 'page'; readonly page: number; readonly parameter?: string }
  | { readonly kind: 'cursor'; readonly cursor: string; readonly parameter?: string }
  | { readonly kind: 'more' }
  | { readonly kind: 'end'; readonly isCursor: boolean; readonly isExplicit: boolean };

type NextOf<Kind extends Next['kind']> = Extract<Next, { kind: Kind }>;

/**
 * What a list's response says about its paging, whatever envelope it uses: Laravel's paginators and resource collections,
 * Fractal, JSON:API, `Link` headers, and their relatives. An address is only read for the page or cursor in its query.
 * @param rows how many the response holds, readable or not
 * @param link the `Link` header
 */
export function decodeEnvelope(body: JsonValue, rows: number, request: PageRequest, link = ''): PageEnvelope {
  const fields = isJsonObject(body) ? fieldsOf(body) : [];
  const links = [...linksOf(body), ...linkHeader(link)];
  const next = [...fields.flatMap(nextInField), ...nextInLinks(links)];
  const page = next.find((each): each is NextOf<'page'> => each.kind === 'page');
  const cursor = next.find((each): each is NextOf<'cursor'> => each.kind === 'cursor');
  const ends = next.filter((each): each is NextOf<'end'> => each.kind === 'end');
  const isMore = next.some(({ kind }) => kind !== 'end');
  const endsExplicitly = ends.some(({ isExplicit }) => isExplicit);

  const namedPage = numberIn(fields, currentPageNames);
  const lastPage = numberIn(fields, lastPageNames) ?? pageNumber(links.find(({ rel }) => rel === 'last')?.target);
  if (namedPage === undefined && lastPage === undefined) {
    if (cursor !== undefined && !endsExplicitly)
      return { style: 'cursor', nextCursor: cursor.cursor, ...addressed(request, cursor) };
    if (ends.length > 0 && !isMore && previousPage(fields, links) === undefined)
      return { style: 'cursor', nextCursor: undefined };
  }

  const asked = request.pointer?.style === 'page' ? request.pointer.page : 1;
  const fromZero =
    request.addressing?.fromZero ??
    (request.pointer === undefined && (namedPage === 0 || (namedPage === undefined && page?.page === 1)));
  const shift = fromZero ? 1 : 0;
  // A number that doesn't fit the page that was asked for, such as an offset, is none.
  const isAsAsked =
    page === undefined ? previousPage(fields, links) === asked - 1 - shift : page.page === asked + 1 - shift;
  const currentPage = namedPage === undefined ? (isAsAsked ? asked : undefined) : namedPage + shift;
  const total = numberIn(fields, totalNames);
  const perPage = numberIn(fields, perPageNames);
  const envelope = {
    style: 'page',
    currentPage,
    lastPage,
    perPage,
    total,
    ...addressed(request, page, fromZero),
  } as const;
  if (lastPage !== undefined)
    return isMore && (currentPage ?? asked) >= lastPage ? { ...envelope, hasNext: true } : envelope;
  if (isMore && (page !== undefined || !endsExplicitly)) return { ...envelope, hasNext: true };
  // A server that numbers its pages may send `next_cursor: null` with all of them.
  if (ends.some(({ isCursor, isExplicit }) => isExplicit || !isCursor)) return { ...envelope, hasNext: false };
  // Nothing is said: a page that could have held more rows is all there is.
  const isWhole = total === undefined ? rows < Math.min(request.pageSize, perPage ?? Infinity) : rows >= total;
  return isWhole && currentPage === undefined ? { ...envelope, lastPage: 1 } : envelope;
}

/** How the next page is to be asked for, where that is out of the ordinary; once known, it stays. */
function addressed(
  { addressing: known }: PageRequest,
  next: { readonly parameter?: string } | undefined,
  fromZero = known?.fromZero === true,
): { readonly addressing?: PageAddressing } {
  const parameter = next?.parameter ?? known?.parameter;
  if (parameter === undefined && !fromZero) return {};
  return { addressing: { ...(parameter === undefined ? {} : { parameter }), ...(fromZero ? { fromZero } : {}) } };
}

function fieldsOf(body: JsonObject): readonly Field[] {
  return places.flatMap((path) => {
    let place: JsonValue | undefined = body;
    for (const name of path) place = isJsonObject(place) ? place[name] : undefined;
    if (!isJsonObject(place)) return [];
    const inCursor = path.at(-1) === 'cursor';
    return entriesOf(place).map(([name, value]) => ({ name: plain(name), value, inCursor }));
  });
}

function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function numberIn(fields: readonly Field[], names: readonly string[]): number | undefined {
  for (const { name, value, inCursor } of fields) {
    const number = !inCursor && names.includes(name) ? read(count, value) : undefined;
    if (number !== undefined) return number;
  }
  return undefined;
}

function nextInField({ name, value, inCursor }: Field): readonly Next[] {
  if (isLastName.test(name) && typeof value === 'boolean')
    return [value ? { kind: 'end', isCursor: false, isExplicit: true } : { kind: 'more' }];
  if (!nextName.test(name)) return [];
  const isCursor = inCursor || name.endsWith('cursor');
  if (value === false) return [{ kind: 'end', isCursor, isExplicit: true }];
  if (isCursor) return [nextCursor(value)];
  const next = nextTarget(value);
  // An offset, a count or the next row's ID is no page.
  return [next.kind === 'page' && !pageLike.test(name) && typeof value !== 'string' ? { kind: 'more' } : next];
}

function nextCursor(value: JsonValue): Next {
  if (isNothing(value)) return { kind: 'end', isCursor: true, isExplicit: false };
  const target = nextTarget(value);
  if (target.kind === 'cursor') return target;
  const cursor = read(id, value);
  return cursor === undefined ? { kind: 'more' } : { kind: 'cursor', cursor };
}

/** A page's number, a cursor, an address, or an object that holds one. */
function nextTarget(value: JsonValue): Next {
  if (isNothing(value)) return { kind: 'end', isCursor: false, isExplicit: false };
  if (isJsonObject(value)) {
    const inner = value['href'] ?? value['url'];
    if (inner !== undefined) return nextTarget(inner);
    return value['cursor'] === undefined
      ? nextTarget(value['page'] ?? value['number'] ?? true)
      : nextCursor(value['cursor']);
  }
  const page = read(count, value);
  if (page !== undefined) return { kind: 'page', page };
  if (typeof value !== 'string') return { kind: 'more' };
  return /[/?]/.test(value) ? nextInAddress(value) : { kind: 'cursor', cursor: value };
}

function nextInAddress(address: string): Next {
  const query = queryOf(address);
  for (const parameter of cursorParameters) {
    const cursor = query.get(parameter);
    if (cursor !== null && cursor !== '') return { kind: 'cursor', cursor, ...unusual(parameter, 'cursor') };
  }
  for (const parameter of pageParameters) {
    const page = read(count, query.get(parameter));
    if (page !== undefined) return { kind: 'page', page, ...unusual(parameter, 'page') };
  }
  return { kind: 'more' };
}

function queryOf(address: string): URLSearchParams {
  return new URLSearchParams(address.replace(/^[^?]*\??/, '').replace(/#.*$/s, ''));
}

function unusual(parameter: string, usual: string): { readonly parameter?: string } {
  return parameter === usual ? {} : { parameter };
}

/** PHP writes an object without fields as `[]`. */
function isNothing(value: JsonValue): boolean {
  return value === null || value === '' || value === false || (isJsonArray(value) && value.length === 0);
}

interface Link {
  readonly rel: string;
  readonly target: JsonValue;
}

/** Links by relation, as JSON:API, HAL, Fractal and Laravel's resource collections have them. */
function linksOf(body: JsonValue): readonly Link[] {
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

/** The `Link` header of RFC 8288. */
function linkHeader(header: string): readonly Link[] {
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

/** JSON:API omits empty links: links without `next` are the end. */
function nextInLinks(links: readonly Link[]): readonly Next[] {
  const next = links.filter(({ rel }) => rel === 'next');
  if (next.length > 0) return next.map(({ target }) => nextTarget(target));
  const isPaged = links.some(({ rel }) => rel === 'first' || rel === 'prev' || rel === 'previous');
  return isPaged ? [{ kind: 'end', isCursor: false, isExplicit: false }] : [];
}

function previousPage(fields: readonly Field[], links: readonly Link[]): number | undefined {
  const named = fields.find(({ name }) => previousNames.includes(name))?.value;
  return pageNumber(named) ?? pageNumber(links.find(({ rel }) => rel === 'prev' || rel === 'previous')?.target);
}

function pageNumber(target: JsonValue | undefined): number | undefined {
  const next = target === undefined ? undefined : nextTarget(target);
  return next?.kind === 'page' ? next.page : undefined;
}
