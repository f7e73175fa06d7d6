import assert from 'node:assert/strict';
import { ManualClock, settle } from '../core/util/manualClock';
import { canary, Chain, row, useServers } from './support/chain';
import { respondWith, type RawRequest, type RawServer, type Serve } from './support/rawServer';

const neverAborted = new AbortController().signal;

interface Script {
  readonly rows: (page: number, size: number, request: RawRequest) => readonly string[];
  readonly envelope?: (page: number, size: number) => Readonly<Record<string, unknown>>;
}

function pages({ rows, envelope = () => ({}) }: Script): Serve {
  return (socket, request) => {
    const page = Number(request.query.get('page') ?? 1);
    const size = Number(request.query.get('per_page'));
    const data = rows(page, size, request).map(row);
    respondWith({ body: { data, current_page: page, per_page: size, ...envelope(page, size) } })(socket, request);
  };
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `r${index}`);
const pageOf = (all: readonly string[], page: number, size: number): readonly string[] =>
  all.slice((page - 1) * size, page * size);
const createEnvelope =
  (all: () => readonly string[]) =>
  (_page: number, size: number): Readonly<Record<string, unknown>> => ({
    last_page: Math.max(1, Math.ceil(all().length / size)),
    total: all().length,
  });

describe('Load All', () => {
  const start = useServers();
  let server: RawServer;
  let chain: Chain;

  async function openList(serve: Serve, pageSize = 30): Promise<void> {
    server = await start();
    server.serve = serve;
    chain = new Chain(server, { pageSize });
    await chain.store.open('test');
  }

  /** Runs Load All and returns the list's state. */
  async function loadAll(): Promise<{ loaded: number; hasMore: boolean; mayLackRows: boolean; requests: number }> {
    await chain.store.loadAll('test', neverAborted);
    const { state, loaded, hasMore, mayLackRows } = chain.list;
    assert.equal(state.kind, 'ready');
    assert.equal(new Set(chain.ids).size, chain.ids.length);
    assert.deepEqual(chain.defects, []);
    return { loaded, hasMore, mayLackRows, requests: server.seen.length };
  }

  it('loads repeated rows once', async () => {
    const all = ids(250).flatMap((id, index) => (index % 50 === 7 ? [id, id] : [id]));
    await openList(pages({ rows: (page, size) => pageOf(all, page, size), envelope: createEnvelope(() => all) }));
    assert.equal((await loadAll()).loaded, 250);
  });

  it('misses no other row if rows are deleted while it runs', async () => {
    let all = ids(600);
    await openList(
      pages({
        rows: (page, size) => {
          const pageRows = pageOf(all, page, size);
          all = all.filter((_, index) => index % 40 !== 3);
          return pageRows;
        },
        envelope: createEnvelope(() => all),
      }),
    );
    const { hasMore, mayLackRows } = await loadAll();
    const missing = all.filter((id) => !chain.ids.includes(id));
    assert.ok(!hasMore && (missing.length === 0 || mayLackRows), `${missing.length} rows missed without a warning`);
  });

  it('finds rows that move to the top while it runs', async () => {
    let all = ids(400);
    let moves = 0;
    await openList(
      pages({
        rows: (page, size) => {
          const pageRows = pageOf(all, page, size);
          moves += 1;
          if (moves === 2) all = ['r350', ...all.filter((id) => id !== 'r350')];
          return pageRows;
        },
        envelope: createEnvelope(() => all),
      }),
    );
    const { loaded, mayLackRows } = await loadAll();
    assert.ok(loaded === 400 || mayLackRows);
    assert.equal(loaded, 400);
  });

  it('ends if the total is too high, and reports that rows may be missing', async () => {
    const all = ids(120);
    await openList(
      pages({
        rows: (page, size) => pageOf(all, page, size),
        envelope: (_, size) => ({ total: 5000, last_page: Math.ceil(5000 / size) }),
      }),
    );
    const { loaded, hasMore, mayLackRows, requests } = await loadAll();
    assert.deepEqual([loaded, hasMore, mayLackRows], [120, false, true]);
    assert.ok(requests < 20, `${requests} requests`);
  });

  it('ignores a total that is too low', async () => {
    const all = ids(120);
    await openList(
      pages({
        rows: (page, size) => pageOf(all, page, size),
        envelope: (_, size) => ({ total: 3, last_page: Math.ceil(120 / size) }),
      }),
    );
    assert.equal((await loadAll()).loaded, 120);
    assert.equal(chain.list.total, undefined);
  });

  it('continues after empty pages, or reports that rows may be missing', async () => {
    const all = ids(400);
    await openList(
      pages({
        rows: (page, size) => ((page - 1) * size > 90 && page * size < 250 ? [] : pageOf(all, page, size)),
        envelope: createEnvelope(() => all),
      }),
    );
    const { loaded, mayLackRows } = await loadAll();
    assert.ok(loaded === 400 || mayLackRows, `${loaded} rows loaded without a warning`);
    assert.ok(loaded > 150);
  });

  it('stops following new cursors that return no rows', async () => {
    let cursor = 0;
    await openList((socket, request) => {
      cursor += 1;
      respondWith({ body: { data: cursor === 1 ? [row('one')] : [], next_cursor: `c${cursor}` } })(socket, request);
    });
    const { loaded, hasMore, requests } = await loadAll();
    assert.deepEqual([loaded, hasMore], [1, true]);
    assert.ok(requests < 20, `${requests} requests`);
  });

  it('ends if cursors form a cycle, and reports that rows may be missing', async () => {
    let calls = 0;
    await openList((socket, request) => {
      calls += 1;
      respondWith({ body: { data: [row(`r${calls}`)], next_cursor: `c${calls % 3}` } })(socket, request);
    });
    const { hasMore, mayLackRows } = await loadAll();
    assert.deepEqual([hasMore, mayLackRows], [false, true]);
  });

  it('ends if every response is the first page, and reports that rows may be missing', async () => {
    const all = ids(300);
    await openList((socket, request) => {
      const size = Number(request.query.get('per_page'));
      respondWith({
        body: {
          data: pageOf(all, 1, size).map(row),
          current_page: 1,
          per_page: size,
          last_page: Math.ceil(300 / size),
          total: 300,
        },
      })(socket, request);
    });
    const { loaded, hasMore, mayLackRows } = await loadAll();
    assert.ok(loaded >= 30);
    assert.deepEqual([hasMore, mayLackRows], [false, true]);
  });

  it('handles a page size that differs from the requested one', async () => {
    const all = ids(100);
    await openList((socket, request) => {
      const page = Number(request.query.get('page') ?? 1);
      respondWith({
        body: { data: pageOf(all, page, 15).map(row), current_page: page, per_page: 15, last_page: 7, total: 100 },
      })(socket, request);
    });
    assert.deepEqual(await loadAll().then(({ loaded, mayLackRows }) => [loaded, mayLackRows]), [100, false]);
  });

  it('loads rows of another type than requested, but ignores the total', async () => {
    const all = ids(90);
    server = await start();
    server.serve = pages({ rows: (page, size) => pageOf(all, page, size), envelope: createEnvelope(() => all) });
    chain = new Chain(server, { pageSize: 30, queryOf: () => ({ type: 'widget' }) });
    await chain.store.open('test');
    assert.equal((await loadAll()).loaded, 90);
    assert.equal(chain.list.total, undefined);
  });
});

describe('during a request', () => {
  const start = useServers();

  it('a change of the key closes the connection, and the request is sent with the new key', async () => {
    const server = await start();
    const chain = new Chain(server);
    let closedConnections = 0;
    server.serve = (socket, request) => {
      if (request.headers['authorization'] === 'Bearer new')
        respondWith({ body: { data: [row('new')], current_page: 1, last_page: 1 } })(socket, request);
      else socket.on('close', () => (closedConnections += 1));
    };
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    chain.connect(server.baseUrl, 'new');
    await opening;
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['new']);
    while (closedConnections === 0) await settle();
    assert.deepEqual(
      server.seen.map(({ headers }) => headers['authorization']),
      [`Bearer ${canary}`, 'Bearer new'],
    );
    assert.deepEqual(chain.defects, []);
  });

  it('a change of the filter discards the rows of the previous filter', async () => {
    const server = await start();
    let type = 'before';
    const chain = new Chain(server, { queryOf: () => ({ type }) });
    const pendingReplies: (() => void)[] = [];
    server.serve = (socket, request) => {
      const requestedType = request.query.get('type') ?? '';
      const reply = (): void =>
        respondWith({ body: { data: [row(requestedType)], current_page: 1, last_page: 1 } })(socket, request);
      if (requestedType === 'before') pendingReplies.push(reply);
      else reply();
    };
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    type = 'after';
    chain.store.requery();
    pendingReplies.forEach((reply) => reply());
    await opening;
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['after']);
  });

  it('closing the view cancels the request and leaves no timer', async () => {
    const server = await start();
    const clock = new ManualClock();
    const chain = new Chain(server, { clock });
    let isConnectionClosed = false;
    server.serve = (socket) => socket.on('close', () => (isConnectionClosed = true));
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    chain.store.dispose();
    chain.api?.dispose();
    await opening;
    while (!isConnectionClosed) await settle();
    assert.equal(clock.pending, 0);
    assert.deepEqual([chain.ids, chain.defects], [[], []]);
  });
});
