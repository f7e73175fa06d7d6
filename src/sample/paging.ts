import type { SampleOptions } from './options';
import { json, type Wire } from './answers';
import type { SampleResponse } from './wire';

/** The parameters of a paginator. */
export interface PageAsk {
  readonly options: SampleOptions;
  /** Scheme, host, and path, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly perPage: number;
}

/** Laravel's LengthAwarePaginator over items in memory. `row` converts one item to JSON. */
export function createNumberedPage<T>(ask: PageAsk, items: readonly T[], row: (item: T) => Wire): SampleResponse {
  const { options, path, perPage } = ask;
  const page = parsePageNumber(ask.query.get('page'));
  const offset = (page - 1) * perPage;
  const data = items.slice(offset, offset + perPage).map(row);
  const total = options.lyingTotal ?? items.length;
  const lastPage = options.lyingLastPage ?? Math.max(1, Math.ceil(items.length / perPage));
  const named = options.noLastPage ? {} : { last_page: lastPage };
  const counted = options.noLastPage ? {} : { total };
  if (options.trimmedEnvelope) return json(200, { current_page: page, data, per_page: perPage, ...counted, ...named });

  const url = (number: number): string => formatPageUrl(ask, { page: String(number) });
  const hasMore = options.noLastPage ? offset + perPage < items.length : page < lastPage;
  const next = hasMore ? url(page + 1) : null;
  const previous = page > 1 ? url(page - 1) : null;
  return json(200, {
    current_page: page,
    data,
    first_page_url: url(1),
    from: data.length > 0 ? offset + 1 : null,
    ...(options.noLastPage
      ? {}
      : { last_page: lastPage, last_page_url: url(lastPage), links: createLinks(page, lastPage, url, previous, next) }),
    next_page_url: next,
    path,
    per_page: perPage,
    prev_page_url: previous,
    to: data.length > 0 ? offset + data.length : null,
    ...counted,
  });
}

/** Laravel's CursorPaginator over items in descending order of their number. */
export function createCursorPage<T>(
  ask: PageAsk,
  items: readonly T[],
  numberOf: (item: T) => number,
  row: (item: T) => Wire,
): SampleResponse {
  const { options, path, perPage } = ask;
  const cursor = readCursor(ask.query.get('cursor'));
  if (cursor && cursor.id === undefined) return json(500, { message: 'Server Error' });
  const id = cursor?.id ?? Infinity;
  const forward = cursor?.forward ?? true;
  // Items after the cursor start here; items before it end here.
  const found = items.findIndex((item) => (forward ? numberOf(item) < id : numberOf(item) <= id));
  const edge = found < 0 ? items.length : found;
  const beside = forward ? items.slice(edge, edge + perPage + 1) : items.slice(Math.max(0, edge - perPage - 1), edge);
  const hasMore = beside.length > perPage;
  const shown = !hasMore ? beside : forward ? beside.slice(0, perPage) : beside.slice(1);
  const [first, last] = [shown[0], shown.at(-1)];
  const next = last === undefined || (forward && !hasMore) ? null : writeCursor(numberOf(last), true);
  const previous =
    first === undefined || !cursor || (!forward && !hasMore) ? null : writeCursor(numberOf(first), false);
  const urls = options.trimmedEnvelope
    ? {}
    : {
        next_page_url: next && formatPageUrl(ask, { cursor: next }),
        prev_page_url: previous && formatPageUrl(ask, { cursor: previous }),
      };
  return json(200, {
    data: shown.map(row),
    path,
    per_page: perPage,
    next_cursor: next,
    prev_cursor: previous,
    ...urls,
  });
}

/** Anything but a whole number from 1 silently counts as page 1. */
function parsePageNumber(requested: string | null): number {
  return requested !== null && /^\s*\+?0*[1-9]\d*\s*$/.test(requested) ? Number(requested) : 1;
}

function formatPageUrl({ options, path, query }: PageAsk, pointer: Readonly<Record<string, string>>): string {
  const parameters = new URLSearchParams(options.keepQuery ? query : '');
  parameters.delete('page');
  parameters.delete('cursor');
  for (const [name, value] of Object.entries(pointer)) parameters.set(name, value);
  return `${path}?${parameters.toString()}`;
}

interface Cursor {
  /** Missing in a valid cursor that doesn't belong here. */
  readonly id: number | undefined;
  readonly forward: boolean;
}

function writeCursor(id: number, forward: boolean): string {
  return btoa(JSON.stringify({ id, _pointsToNextItems: forward }))
    .replace(/=+$/, '')
    .replace(/\+/g, '-')
    .replace(/\//g, '_');
}

/** Returns undefined for an invalid cursor: the server then sends the first page. */
function readCursor(text: string | null): Cursor | undefined {
  try {
    const value: unknown = JSON.parse(atob((text ?? '').replace(/-/g, '+').replace(/_/g, '/')));
    if (typeof value !== 'object' || value === null) return undefined;
    const { id, _pointsToNextItems: forward } = value as { id?: unknown; _pointsToNextItems?: unknown };
    return { id: typeof id === 'number' ? id : undefined, forward: forward !== false };
  } catch {
    return undefined;
  }
}

/** All numbers if they are few; else the ends, the neighbors of the current page, and dots between. */
function createLinks(
  page: number,
  lastPage: number,
  url: (page: number) => string,
  previous: string | null,
  next: string | null,
): Wire {
  const numbers = Array.from({ length: lastPage < 14 ? lastPage : 0 }, (_, index) => index + 1);
  if (lastPage >= 14) {
    const wanted = [1, 2, page - 3, page - 2, page - 1, page, page + 1, page + 2, page + 3, lastPage - 1, lastPage];
    numbers.push(...[...new Set(wanted)].filter((each) => each >= 1 && each <= lastPage).sort((a, b) => a - b));
  }
  const shown: Wire[] = [{ url: previous, label: '&laquo; Previous', active: false }];
  numbers.forEach((number, index) => {
    if (number > (numbers[index - 1] ?? 0) + 1) shown.push({ url: null, label: '...', active: false });
    shown.push({ url: url(number), label: String(number), active: number === page });
  });
  return [...shown, { url: next, label: 'Next &raquo;', active: false }];
}
