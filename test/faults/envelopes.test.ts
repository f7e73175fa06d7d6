import assert from 'node:assert/strict';
import { RowWalk } from '../../src/core/store/rowWalk';
import { Chain, row, useServers } from './support/chain';
import { respondWith, type RawResponse, type RawRequest, type Serve } from './support/rawServer';

const neverAborted = new AbortController().signal;
const count = 75;
const all = Array.from({ length: count }, (_, index) => row(`r${index}`));

/** A page of the server. `url` returns the URL of another page without the filters, as in Laravel. */
interface Page {
  readonly data: readonly unknown[];
  readonly page: number;
  readonly size: number;
  readonly last: number;
  readonly next: number | null;
  readonly prev: number | null;
  readonly url: (page: number | null) => string | null;
}

type Body = Readonly<Record<string, unknown>> | readonly unknown[];

interface Envelope {
  readonly name: string;
  readonly body: (page: Page) => Body;
  readonly headers?: (page: Page) => Readonly<Record<string, string>>;
  /** Query parameter of the page. */
  readonly parameter?: string;
  /** Pages have cursors instead of numbers. */
  readonly isCursor?: boolean;
  /** Rows per page, regardless of the request. */
  readonly ownSize?: number;
  readonly fromZero?: boolean;
}

const href = (parameter: string, value: number | string | null): string | null =>
  value === null ? null : `https://call.example.com/api/user/conversations?${encodeURIComponent(parameter)}=${value}`;
const cursor = (page: number | null): string | null => (page === null ? null : `c${page}=`);

const numbered: readonly Envelope[] = [
  {
    name: 'LengthAwarePaginator',
    body: ({ data, page, size, last, url, next }) => ({
      data,
      current_page: page,
      last_page: last,
      per_page: size,
      total: count,
      next_page_url: url(next),
    }),
  },
  {
    name: 'a resource collection',
    body: ({ data, page, size, last, url, next, prev }) => ({
      data,
      links: { first: url(1), last: url(last), prev: url(prev), next: url(next) },
      meta: { current_page: page, last_page: last, per_page: size, total: count },
    }),
  },
  {
    name: 'Fractal',
    body: ({ data, page, size, last, url, next }) => ({
      data,
      meta: {
        pagination: {
          total: count,
          count: data.length,
          per_page: size,
          current_page: page,
          total_pages: last,
          links: next === null ? [] : { next: url(next) },
        },
      },
    }),
  },
  {
    name: 'a pagination object',
    body: ({ data, page, size, last }) => ({
      data,
      pagination: { page, pageSize: size, totalPages: last, totalCount: count },
    }),
  },
  {
    name: 'camelCase',
    body: ({ data, page, size, last }) => ({ data, currentPage: page, lastPage: last, perPage: size, total: count }),
  },
  {
    name: 'laravel-json-api',
    parameter: 'page[number]',
    ownSize: 15,
    body: ({ data, page, size, last, next }) => ({
      data,
      meta: { page: { currentPage: page, lastPage: last, perPage: size, total: count, from: 1, to: 2 } },
      links: { next: href('page[number]', next) },
    }),
  },
  {
    name: 'Spring',
    fromZero: true,
    body: ({ data, page, size, last, next }) => ({
      data,
      number: page,
      size,
      totalPages: last,
      totalElements: count,
      first: page === 0,
      last: next === null,
    }),
  },
];

const unnumbered: readonly Envelope[] = [
  {
    name: 'simplePaginate',
    body: ({ data, page, size, url, next, prev }) => ({
      current_page: page,
      data,
      from: 1,
      next_page_url: url(next),
      path: 'u',
      per_page: size,
      prev_page_url: url(prev),
      to: 2,
    }),
  },
  {
    name: 'simplePaginate(15)',
    ownSize: 15,
    body: ({ data, page, size, url, next, prev }) => ({
      current_page: page,
      data,
      from: 1,
      next_page_url: url(next),
      path: 'u',
      per_page: size,
      prev_page_url: url(prev),
      to: 2,
    }),
  },
  {
    name: 'simplePaginate in a resource collection',
    body: ({ data, page, size, url, next, prev }) => ({
      data,
      links: { first: url(1), last: null, prev: url(prev), next: url(next) },
      meta: { current_page: page, from: 1, path: 'u', per_page: size, to: 2 },
    }),
  },
  {
    name: 'JSON:API',
    body: ({ data, url, next, prev }) => ({ data, links: { self: 'x', prev: url(prev), next: url(next) } }),
  },
  {
    name: 'JSON:API without null links',
    body: ({ data, url, next }) => ({
      data,
      links: { self: 'x', first: url(1), ...(next === null ? {} : { next: { href: url(next) } }) },
    }),
  },
  {
    name: "JSON:API with page[number] and the server's own page size",
    parameter: 'page[number]',
    ownSize: 15,
    body: ({ data, next, prev }) => ({
      data,
      links: { prev: href('page[number]', prev), next: href('page[number]', next) },
    }),
  },
  {
    name: 'only a relative next_page_url',
    body: ({ data, next }) => ({ data, next_page_url: next === null ? null : `?page=${next}` }),
  },
  { name: 'nextPageUrl', body: ({ data, page, url, next }) => ({ data, page, nextPageUrl: url(next) }) },
  { name: 'has_more', body: ({ data, next }) => ({ data, has_more: next !== null }) },
  { name: 'hasMore in meta', body: ({ data, page, next }) => ({ data, meta: { page, hasMore: next !== null } }) },
  { name: 'a number in next_page', body: ({ data, next }) => ({ data, next_page: next }) },
  {
    name: 'a number in pagination.next',
    body: ({ data, page, next }) => ({ data, pagination: { current: page, next } }),
  },
  { name: 'next and previous', body: ({ data, url, next, prev }) => ({ data, next: url(next), previous: url(prev) }) },
  {
    name: 'a Link header',
    body: ({ data }) => data,
    headers: ({ url, next, prev }): Record<string, string> => ({
      link: [
        ['next', url(next)],
        ['prev', url(prev)],
        ['first', url(1)],
      ]
        .flatMap(([rel, to]) => (to === null ? [] : [`<${to}>; rel="${rel}"`]))
        .join(', '),
    }),
  },
  { name: 'pages that start at 0', fromZero: true, body: ({ data, url, next }) => ({ data, next: url(next) }) },
  { name: 'an empty page at the end', body: ({ data, page }) => ({ data, current_page: page }) },
  { name: 'only data', body: ({ data }) => ({ data }) },
  { name: 'only data and a total', body: ({ data }) => ({ data, total: count }) },
];

const cursors: readonly Envelope[] = (
  [
    {
      name: 'next_cursor',
      body: ({ data, size, next, prev }) => ({
        data,
        path: 'u',
        per_page: size,
        next_cursor: cursor(next),
        prev_cursor: cursor(prev),
      }),
    },
    {
      name: 'Laravel 8',
      body: ({ data, size, next, prev }) => ({
        data,
        path: 'u',
        per_page: String(size),
        next_page_url: href('cursor', encodeURIComponent(cursor(next) ?? '') || null),
        prev_page_url: href('cursor', cursor(prev)),
      }),
    },
    {
      name: 'Laravel 8 in a resource collection',
      body: ({ data, size, next, prev }) => ({
        data,
        links: { first: null, last: null, prev: href('cursor', cursor(prev)), next: href('cursor', cursor(next)) },
        meta: { path: 'u', per_page: size },
      }),
    },
    {
      name: 'a resource collection',
      body: ({ data, size, next, prev }) => ({
        data,
        links: { first: null, last: null, prev: href('cursor', cursor(prev)), next: href('cursor', cursor(next)) },
        meta: { path: 'u', per_page: size, next_cursor: cursor(next), prev_cursor: cursor(prev) },
      }),
    },
    {
      name: 'Fractal',
      body: ({ data, page, next, prev }) => ({
        data,
        meta: { cursor: { current: cursor(page), prev: cursor(prev), next: cursor(next), count: data.length } },
      }),
    },
    {
      name: 'page[cursor]',
      parameter: 'page[cursor]',
      body: ({ data, next }) => ({ data, links: { next: href('page[cursor]', cursor(next)) } }),
    },
    {
      name: 'nextCursor on every page, with hasMore',
      body: ({ data, page, next }) => ({ data, nextCursor: cursor(next ?? page), hasMore: next !== null }),
    },
    {
      name: 'a cursor in a Link header',
      body: ({ data }) => data,
      headers: ({ next }): Record<string, string> => ({
        link: `<${href('cursor', cursor(1))}>; rel="first"${next === null ? '' : `, <${href('cursor', cursor(next))}>; rel=next`}`,
      }),
    },
  ] satisfies readonly Envelope[]
).map((envelope) => ({ ...envelope, isCursor: true }));

/** Serves 75 rows. */
function serveRows({
  body,
  headers = () => ({}),
  parameter,
  isCursor = false,
  ownSize,
  fromZero = false,
}: Envelope): Serve {
  return (socket, request: RawRequest) => {
    assert.equal(request.query.get('type'), 'test', 'every request has the filter');
    const first = fromZero ? 0 : 1;
    const requestedPage = request.query.get(parameter ?? (isCursor ? 'cursor' : 'page'));
    const page = requestedPage === null ? first : Number(isCursor ? requestedPage.slice(1, -1) : requestedPage);
    // The page size must not change between cursors.
    const size = ownSize ?? (isCursor ? 10 : Number(request.query.get('per_page')));
    const last = Math.ceil(count / size);
    const next = page - first + 1 < last ? page + 1 : null;
    const prev = page > first ? page - 1 : null;
    const from = (page - first) * size;
    const shown: Page = {
      data: all.slice(from, from + size),
      page,
      size,
      last,
      next,
      prev,
      url: (to) => href('page', to),
    };
    respondWith({
      body: body(shown),
      headers: { 'content-type': 'application/json', ...headers(shown) },
    } satisfies RawResponse)(socket, request);
  };
}

describe('a list with any pagination format', () => {
  const start = useServers();

  for (const envelope of [...numbered, ...unnumbered, ...cursors]) {
    const name = `${envelope.name}${envelope.isCursor === true ? ', with cursors' : ''}`;
    for (const pageSize of [30, 25]) {
      it(`is loaded completely by Load More, ${pageSize} rows at a time: ${name}`, async () => {
        const server = await start();
        server.serve = serveRows(envelope);
        const { store, ...chain } = new Chain(server, { pageSize, queryOf: () => ({ type: 'test' }) });
        await store.open('test');
        const list = (): Chain['list'] => store.snapshot.lists.get('test') ?? assert.fail();
        while (list().hasMore) await store.loadMore('test');
        assert.deepEqual(
          [list().loaded, list().mayLackRows, list().state.kind, chain.defects],
          [count, false, 'ready', []],
        );
      });
    }

    it(`is loaded completely by Load All and by an export: ${name}`, async () => {
      const server = await start();
      server.serve = serveRows(envelope);
      const chain = new Chain(server, { pageSize: 30, queryOf: () => ({ type: 'test' }) });
      await chain.store.open('test');
      await chain.store.loadAll('test', neverAborted);
      assert.deepEqual([chain.list.loaded, chain.list.hasMore, chain.list.mayLackRows], [count, false, false]);

      assert.ok(chain.api);
      const walk = new RowWalk(chain.api, { type: 'test' });
      const ids = new Set<string>();
      for await (const { id } of walk.rows({ signal: neverAborted, onFailure: (error) => Promise.reject(error) }))
        ids.add(id);
      assert.deepEqual([ids.size, walk.progress.complete], [count, true]);
    });
  }
});

describe('a list may be missing rows if the next page', () => {
  const start = useServers();
  const bodies: readonly (readonly [what: string, body: (data: readonly unknown[]) => Body])[] = [
    [
      'has a URL without a page or cursor',
      (data) => ({ data, links: { next: 'https://call.example.com/api/user/conversations/more/abc' } }),
    ],
    ['has a URL with an offset', (data) => ({ data, next_page_url: '?start=30' })],
    ['has a token of an unknown format', (data) => ({ data, paging: { next_token: { key: 1 } } })],
    ['is given as an offset', (data) => ({ data, next_offset: 30 })],
    ['has an OData link', (data) => ({ data, '@odata.nextLink': '?$skip=30' })],
    ['is only announced by has_more', (data) => ({ data, has_more: true })],
    ['is only announced by isLast: false', (data) => ({ data, current_page: 1, isLast: false })],
    ['has an unreadable cursor', (data) => ({ data, next_cursor: { id: 7 } })],
    ['has a cursor that returns the first page again', (data) => ({ data, next_cursor: 'abc' })],
    ['has a number that returns the first page again', (data) => ({ data, next_page: 2 })],
    ['is not mentioned although the page is full', (data) => ({ data })],
    ['is not mentioned in a bare array that is full', (data) => data],
    ['is not mentioned but included in the total', (data) => ({ data, total: 150 })],
  ];
  for (const [what, body] of bodies) {
    it(what, async () => {
      const server = await start();
      // Always the first page.
      server.serve = (socket, request) => {
        const size = Number(request.query.get('per_page'));
        respondWith({ body: body(Array.from({ length: size }, (_, index) => row(`r${index}`))) })(socket, request);
      };
      const chain = new Chain(server, { pageSize: 30 });
      await chain.store.open('test');
      while (chain.list.hasMore) await chain.store.loadMore('test');
      assert.equal(chain.list.mayLackRows, true);
      assert.ok(server.seen.length <= 4);
      assert.ok(chain.api);
      const walk = new RowWalk(chain.api, {});
      for await (const { id } of walk.rows({ signal: neverAborted, onFailure: (error) => Promise.reject(error) }))
        assert.ok(id);
      assert.equal(walk.progress.complete, false);
    });
  }
});
