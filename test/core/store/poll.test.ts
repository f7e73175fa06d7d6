import assert from 'node:assert/strict';
import type { ListSnapshot, PollOutcome } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../support/sampleServer';
import { clientFor, ImpatientClock, createOpenGate } from '../api/support/client';

describe('The store, polling', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let changes: number;
  let arrived: string[];
  const noSignal = new AbortController().signal;

  async function begin(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, ...options });
    const clock = new ImpatientClock();
    store.connect(clientFor(server.url, { clock, gate: createOpenGate(clock) }).api);
    await store.open('test');
    changes = 0;
    server.forgetRequests();
  }

  const list = (): ListSnapshot => store.snapshot.lists.get('test') ?? assert.fail('no list');
  const poll = (): Promise<PollOutcome> => store.poll('test', noSignal);
  const pages = (): (string | undefined)[] => server.listQueries().map(({ page }) => page);

  beforeEach(() => {
    arrived = [];
    store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (type) => ({ type }),
      defect: (error) => assert.fail(String(error)),
    });
    store.onDidChange(() => (changes += 1));
    store.onDidArrive((rows) => arrived.push(...rows.map(({ id }) => id)));
  });
  afterEach(async () => {
    store.dispose();
    await server.close();
  });

  it('asks once and tells nobody where nothing is new', async () => {
    await begin();
    const before = store.snapshot;
    assert.deepEqual(await poll(), { kind: 'read' });
    assert.deepEqual([server.requests.length, changes, arrived], [1, 0, []]);
    assert.equal(store.snapshot, before);
  });

  it('tells of what has begun, the newest first, with one request', async () => {
    await begin();
    const total = list().total ?? 0;
    const [one, two] = [server.addConversation(), server.addConversation()];
    await poll();
    assert.deepEqual(arrived, [two.id, one.id]);
    assert.deepEqual([server.requests.length, changes, list().loaded, list().total], [1, 1, 12, total + 2]);
    assert.deepEqual(list().state, { kind: 'ready' });
    await poll();
    assert.deepEqual([arrived.length, changes], [2, 1]);
  });

  it('takes a conversation that grew, reads no further for it, and finds nothing new in that', async () => {
    await begin();
    const id = store.snapshot.rows[3]?.id ?? '';
    const history = [{ role: 'user', content: 'Hello?' }];
    server.updateConversation(id, { history, updatedAt: Date.now() });
    await poll();
    assert.deepEqual([store.find(id)?.messageCount, changes, arrived], [1, 1, []]);
    assert.deepEqual(pages(), [undefined]);
    await store.loadMore('test');
    assert.deepEqual(pages(), [undefined, '2']);
  });

  it('has load-more read what lies between, where more has begun than a page holds', async () => {
    await begin();
    for (let count = 0; count < 15; count += 1) server.addConversation();
    await poll();
    assert.equal(arrived.length, 10);
    assert.equal(list().loaded, 20);
    await store.loadMore('test');
    assert.deepEqual(pages(), [undefined, '2']);
    assert.equal(list().loaded, 25);
    assert.equal(arrived.length, 10);
  });

  it('counts what was the first at all as new', async () => {
    await begin({ count: 0 });
    const first = server.addConversation();
    await poll();
    assert.deepEqual(arrived, [first.id]);
  });

  it('does not seem busy, and leaves everything as it is where it fails', async () => {
    await begin();
    const before = store.snapshot;
    server.failNext({ times: 3 });
    const gate = server.hold();
    const polling = poll();
    await gate.arrived();
    assert.deepEqual(list().state, { kind: 'ready' });
    server.release();
    const outcome = await polling;
    assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'server');
    assert.deepEqual([store.snapshot === before, changes], [true, 0]);
  });

  it('takes back a failed refresh when it can read, but not a failed load-more', async () => {
    await begin();
    server.failNext({ times: 3 });
    await store.refresh(['test']);
    assert.equal(list().state.kind, 'failed');
    await poll();
    assert.deepEqual(list().state, { kind: 'ready' });
    for (const load of [() => store.loadMore('test'), () => store.loadAll('test', noSignal)]) {
      server.failNext({ times: 3 });
      await load();
      await poll();
      assert.equal(list().state.kind, 'failed');
    }
  });

  it('gives way to what the reader asks for', async () => {
    await begin();
    const gate = server.hold();
    const polling = poll();
    await gate.arrived();
    const refreshing = store.refresh(['test']);
    assert.deepEqual(await polling, { kind: 'given up' });
    server.release();
    assert.deepEqual(await refreshing, { added: 0, changed: 0, failed: 0 });
  });

  it('asks nothing while the list is read anyway, nor for another account’s answer', async () => {
    await begin();
    const gate = server.hold();
    const refreshing = store.refresh(['test']);
    await gate.arrived();
    assert.deepEqual(await poll(), { kind: 'given up' });
    server.release();
    await refreshing;
    assert.equal(server.requests.length, 1);
    const polling = poll();
    store.connect(undefined);
    assert.deepEqual(await polling, { kind: 'given up' });
    assert.deepEqual(store.snapshot.rows, []);
  });

  it('opens a list that nobody has opened, quietly, and whoever opens it meanwhile waits for that', async () => {
    await begin();
    const polling = store.poll('widget', noSignal);
    await Promise.all([polling, store.open('widget')]);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, { kind: 'ready' });
    assert.deepEqual(arrived, []);
  });

  it('keeps nobody waiting for a first page that does not come', async () => {
    await begin();
    server.failNext({ times: 3 });
    const polling = store.poll('widget', noSignal);
    await store.open('widget');
    assert.equal((await polling).kind, 'failed');
    assert.equal(server.requests.length, 4);
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, { kind: 'ready' });
  });

  it('finds new what a refresh brings, too, but not what that reads further down', async () => {
    await begin();
    server.updateConversation(store.snapshot.rows[3]?.id ?? '', { history: [], updatedAt: Date.now() });
    const added = server.addConversation();
    const { added: count } = await store.refresh(['test']);
    assert.ok(count > 10);
    assert.deepEqual(arrived, [added.id]);
  });
});
