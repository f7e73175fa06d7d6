import assert from 'node:assert/strict';
import { ManualClock, settle } from '../core/util/manualClock';
import { canary, Chain, row, useServers } from './support/chain';
import { answer, type RawRequest, type RawServer, type Serve } from './support/rawServer';

const never = new AbortController().signal;

interface Script {
  readonly rows: (page: number, size: number, request: RawRequest) => readonly string[];
  readonly envelope?: (page: number, size: number) => Readonly<Record<string, unknown>>;
}

function pages({ rows, envelope = () => ({}) }: Script): Serve {
  return (socket, request) => {
    const page = Number(request.query.get('page') ?? 1);
    const size = Number(request.query.get('per_page'));
    const data = rows(page, size, request).map(row);
    answer({ body: { data, current_page: page, per_page: size, ...envelope(page, size) } })(socket, request);
  };
}

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `r${index}`);
const part = (all: readonly string[], page: number, size: number): readonly string[] =>
  all.slice((page - 1) * size, page * size);
const numbered =
  (all: () => readonly string[]) =>
  (_page: number, size: number): Readonly<Record<string, unknown>> => ({
    last_page: Math.max(1, Math.ceil(all().length / size)),
    total: all().length,
  });

describe('A list that is walked', () => {
  const start = useServers();
  let server: RawServer;
  let chain: Chain;

  async function begin(serve: Serve, pageSize = 30): Promise<void> {
    server = await start();
    server.serve = serve;
    chain = new Chain(server, { pageSize });
    await chain.store.open('test');
  }

  /** Load All, and what it left. */
  async function loadAll(): Promise<{ loaded: number; hasMore: boolean; mayLackRows: boolean; requests: number }> {
    await chain.store.loadAll('test', never);
    const { state, loaded, hasMore, mayLackRows } = chain.list;
    assert.equal(state.kind, 'ready');
    assert.equal(new Set(chain.ids).size, chain.ids.length);
    assert.deepEqual(chain.defects, []);
    return { loaded, hasMore, mayLackRows, requests: server.seen.length };
  }

  it('has rows that repeat: each is there once', async () => {
    const all = ids(250).flatMap((id, index) => (index % 50 === 7 ? [id, id] : [id]));
    await begin(pages({ rows: (page, size) => part(all, page, size), envelope: numbered(() => all) }));
    assert.equal((await loadAll()).loaded, 250);
  });

  it('has rows that vanish while it is walked: none of the others is missed', async () => {
    let all = ids(600);
    await begin(
      pages({
        rows: (page, size) => {
          const shown = part(all, page, size);
          all = all.filter((_, index) => index % 40 !== 3);
          return shown;
        },
        envelope: numbered(() => all),
      }),
    );
    const { hasMore, mayLackRows } = await loadAll();
    const missing = all.filter((id) => !chain.ids.includes(id));
    assert.ok(!hasMore && (missing.length === 0 || mayLackRows), `${missing.length} missed in silence`);
  });

  it('has rows that move to its top while it is walked: they are found there, or missing ones are told of', async () => {
    let all = ids(400);
    let moves = 0;
    await begin(
      pages({
        rows: (page, size) => {
          const shown = part(all, page, size);
          moves += 1;
          if (moves === 2) all = ['r350', ...all.filter((id) => id !== 'r350')];
          return shown;
        },
        envelope: numbered(() => all),
      }),
    );
    const { loaded, mayLackRows } = await loadAll();
    assert.ok(loaded === 400 || mayLackRows);
    assert.equal(loaded, 400);
  });

  it('is counted too high: it ends, and says that rows may be missing', async () => {
    const all = ids(120);
    await begin(
      pages({
        rows: (page, size) => part(all, page, size),
        envelope: (_, size) => ({ total: 5000, last_page: Math.ceil(5000 / size) }),
      }),
    );
    const { loaded, hasMore, mayLackRows, requests } = await loadAll();
    assert.deepEqual([loaded, hasMore, mayLackRows], [120, false, true]);
    assert.ok(requests < 20, `${requests} requests`);
  });

  it('is counted too low: the count is not believed', async () => {
    const all = ids(120);
    await begin(
      pages({
        rows: (page, size) => part(all, page, size),
        envelope: (_, size) => ({ total: 3, last_page: Math.ceil(120 / size) }),
      }),
    );
    assert.equal((await loadAll()).loaded, 120);
    assert.equal(chain.list.total, undefined);
  });

  it('has an empty page in its middle: what is behind it is read, or missing rows are told of', async () => {
    const all = ids(400);
    await begin(
      pages({
        rows: (page, size) => ((page - 1) * size > 90 && page * size < 250 ? [] : part(all, page, size)),
        envelope: numbered(() => all),
      }),
    );
    const { loaded, mayLackRows } = await loadAll();
    assert.ok(loaded === 400 || mayLackRows, `${loaded} loaded and nothing said`);
    assert.ok(loaded > 150);
  });

  it('has a cursor that never ends: new cursors without rows are not followed for ever', async () => {
    let cursor = 0;
    await begin((socket, request) => {
      cursor += 1;
      answer({ body: { data: cursor === 1 ? [row('one')] : [], next_cursor: `c${cursor}` } })(socket, request);
    });
    const { loaded, hasMore, requests } = await loadAll();
    assert.deepEqual([loaded, hasMore], [1, true]);
    assert.ok(requests < 20, `${requests} requests`);
  });

  it('has cursors that go round in a circle: it ends, and says that rows may be missing', async () => {
    let calls = 0;
    await begin((socket, request) => {
      calls += 1;
      answer({ body: { data: [row(`r${calls}`)], next_cursor: `c${calls % 3}` } })(socket, request);
    });
    const { hasMore, mayLackRows } = await loadAll();
    assert.deepEqual([hasMore, mayLackRows], [false, true]);
  });

  it('is answered with its first page for ever: it ends, and says that rows may be missing', async () => {
    const all = ids(300);
    await begin((socket, request) => {
      const size = Number(request.query.get('per_page'));
      answer({
        body: {
          data: part(all, 1, size).map(row),
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

  it('has pages of a length of their own', async () => {
    const all = ids(100);
    await begin((socket, request) => {
      const page = Number(request.query.get('page') ?? 1);
      answer({
        body: { data: part(all, page, 15).map(row), current_page: page, per_page: 15, last_page: 7, total: 100 },
      })(socket, request);
    });
    assert.deepEqual(await loadAll().then(({ loaded, mayLackRows }) => [loaded, mayLackRows]), [100, false]);
  });

  it('is of another type than was asked for: the rows are taken, the count is not', async () => {
    const all = ids(90);
    server = await start();
    server.serve = pages({ rows: (page, size) => part(all, page, size), envelope: numbered(() => all) });
    chain = new Chain(server, { pageSize: 30, queryOf: () => ({ type: 'widget' }) });
    await chain.store.open('test');
    assert.equal((await loadAll()).loaded, 90);
    assert.equal(chain.list.total, undefined);
  });
});

describe('What changes in the middle of a request', () => {
  const start = useServers();

  it('the key: the old one’s answer is not shown, its connection is dropped, and the new key is asked with', async () => {
    const server = await start();
    const chain = new Chain(server);
    let dropped = 0;
    server.serve = (socket, request) => {
      if (request.headers['authorization'] === 'Bearer new')
        answer({ body: { data: [row('new')], current_page: 1, last_page: 1 } })(socket, request);
      else socket.on('close', () => (dropped += 1));
    };
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    chain.connect(server.baseUrl, 'new');
    await opening;
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['new']);
    while (dropped === 0) await settle();
    assert.deepEqual(
      server.seen.map(({ headers }) => headers['authorization']),
      [`Bearer ${canary}`, 'Bearer new'],
    );
    assert.deepEqual(chain.defects, []);
  });

  it('the filter: no row of the one before is shown', async () => {
    const server = await start();
    let type = 'before';
    const chain = new Chain(server, { queryOf: () => ({ type }) });
    const held: (() => void)[] = [];
    server.serve = (socket, request) => {
      const asked = request.query.get('type') ?? '';
      const reply = (): void =>
        answer({ body: { data: [row(asked)], current_page: 1, last_page: 1 } })(socket, request);
      if (asked === 'before') held.push(reply);
      else reply();
    };
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    type = 'after';
    chain.store.requery();
    held.forEach((reply) => reply());
    await opening;
    await chain.store.open('test');
    assert.deepEqual(chain.ids, ['after']);
  });

  it('the view is closed: the request ends, nothing is told, and no timer is left', async () => {
    const server = await start();
    const clock = new ManualClock();
    const chain = new Chain(server, { clock });
    let dropped = false;
    server.serve = (socket) => socket.on('close', () => (dropped = true));
    const opening = chain.store.open('test');
    while (server.seen.length === 0) await settle();
    chain.store.dispose();
    chain.api?.dispose();
    await opening;
    while (!dropped) await settle();
    assert.equal(clock.pending, 0);
    assert.deepEqual([chain.ids, chain.defects], [[], []]);
  });
});
