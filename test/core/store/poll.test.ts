import assert from 'node:assert/strict';
import type { ListSnapshot, PollOutcome } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../support/sampleServer';
import { clientFor, ImpatientClock, createOpenGate } from '../api/support/client';

describe('Polling the store', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let changeCount: number;
  let arrivedIds: string[];
  const noSignal = new AbortController().signal;

  async function startServer(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, ...options });
    const clock = new ImpatientClock();
    store.connect(clientFor(server.url, { clock, gate: createOpenGate(clock) }).api);
    await store.open('test');
    changeCount = 0;
    server.forgetRequests();
  }

  const list = (): ListSnapshot => store.snapshot.lists.get('test') ?? assert.fail('no list');
  const poll = (): Promise<PollOutcome> => store.poll('test', noSignal);
  const pages = (): (string | undefined)[] => server.listQueries().map(({ page }) => page);

  beforeEach(() => {
    arrivedIds = [];
    store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (type) => ({ type }),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    store.onDidChange(() => (changeCount += 1));
    store.onDidArrive((rows) => arrivedIds.push(...rows.map(({ id }) => id)));
  });
  afterEach(async () => {
    store.dispose();
    await server.close();
  });

  it('sends one request and emits no change if nothing is new', async () => {
    await startServer();
    const before = store.snapshot;
    assert.deepEqual(await poll(), { kind: 'read' });
    assert.deepEqual([server.requests.length, changeCount, arrivedIds], [1, 0, []]);
    assert.equal(store.snapshot, before);
  });

  it('emits new conversations, newest first, with one request', async () => {
    await startServer();
    const total = list().total ?? 0;
    const [one, two] = [server.addConversation(), server.addConversation()];
    await poll();
    assert.deepEqual(arrivedIds, [two.id, one.id]);
    assert.deepEqual([server.requests.length, changeCount, list().loaded, list().total], [1, 1, 12, total + 2]);
    assert.deepEqual(list().state, { kind: 'ready' });
    await poll();
    assert.deepEqual([arrivedIds.length, changeCount], [2, 1]);
  });

  it('updates a conversation that grew without loading more or reporting it as new', async () => {
    await startServer();
    const id = store.snapshot.rows[3]?.id ?? '';
    const history = [{ role: 'user', content: 'Hello?' }];
    server.updateConversation(id, { history, updatedAt: Date.now() });
    await poll();
    assert.deepEqual([store.find(id)?.messageCount, changeCount, arrivedIds], [1, 1, []]);
    assert.deepEqual(pages(), [undefined]);
    await store.loadMore('test');
    assert.deepEqual(pages(), [undefined, '2']);
  });

  it('leaves a gap for Load More if more conversations are new than a page holds', async () => {
    await startServer();
    for (let count = 0; count < 15; count += 1) server.addConversation();
    await poll();
    assert.equal(arrivedIds.length, 10);
    assert.equal(list().loaded, 20);
    await store.loadMore('test');
    assert.deepEqual(pages(), [undefined, '2']);
    assert.equal(list().loaded, 25);
    assert.equal(arrivedIds.length, 10);
  });

  it('reports the very first conversation as new', async () => {
    await startServer({ count: 0 });
    const first = server.addConversation();
    await poll();
    assert.deepEqual(arrivedIds, [first.id]);
  });

  it("doesn't show the list as busy and changes nothing if it fails", async () => {
    await startServer();
    const before = store.snapshot;
    server.failNext({ times: 3 });
    const gate = server.hold();
    const polling = poll();
    await gate.waitForRequests();
    assert.deepEqual(list().state, { kind: 'ready' });
    server.release();
    const outcome = await polling;
    assert.equal(outcome.kind === 'failed' && outcome.error.kind, 'server');
    assert.deepEqual([store.snapshot === before, changeCount], [true, 0]);
  });

  it('clears a failed refresh when it succeeds, but not a failed Load More', async () => {
    await startServer();
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

  it('yields to actions of the user', async () => {
    await startServer();
    const gate = server.hold();
    const polling = poll();
    await gate.waitForRequests();
    const refreshing = store.refresh(['test']);
    assert.deepEqual(await polling, { kind: 'skipped' });
    server.release();
    assert.deepEqual(await refreshing, { added: 0, changed: 0, failed: 0 });
  });

  it('sends nothing while the list is loading and drops the response of another account', async () => {
    await startServer();
    const gate = server.hold();
    const refreshing = store.refresh(['test']);
    await gate.waitForRequests();
    assert.deepEqual(await poll(), { kind: 'skipped' });
    server.release();
    await refreshing;
    assert.equal(server.requests.length, 1);
    const polling = poll();
    store.connect(undefined);
    assert.deepEqual(await polling, { kind: 'skipped' });
    assert.deepEqual(store.snapshot.rows, []);
  });

  it('opens an unopened list without showing it as busy, and a concurrent open waits for it', async () => {
    await startServer();
    const polling = store.poll('widget', noSignal);
    await Promise.all([polling, store.open('widget')]);
    assert.equal(server.requests.length, 1);
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, { kind: 'ready' });
    assert.deepEqual(arrivedIds, []);
  });

  it('shows the list as loading while an open waits for the first page of a poll', async () => {
    await startServer();
    const gate = server.hold();
    const polling = store.poll('widget', noSignal);
    await gate.waitForRequests();
    const opening = store.open('widget');
    const busy = { kind: 'busy', work: 'open' };
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, busy);
    assert.equal(changeCount, 1);
    void store.open('widget');
    assert.equal(changeCount, 1);
    server.release();
    await Promise.all([polling, opening]);
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, { kind: 'ready' });
    assert.equal(server.requests.length, 1);
  });

  it('leaves the list unopened if the poll that an open waits for is canceled, and then opens it', async () => {
    await startServer();
    const gate = server.hold();
    const canceling = new AbortController();
    const polling = store.poll('widget', canceling.signal);
    await gate.waitForRequests();
    const states: unknown[] = [];
    store.onDidChange(() => states.push(store.snapshot.lists.get('widget')?.state.kind));
    const opening = store.open('widget');
    canceling.abort();
    assert.deepEqual(await polling, { kind: 'skipped' });
    server.release();
    await opening;
    assert.deepEqual(states, ['busy', 'unopened', 'busy', 'ready']);
    assert.equal(server.requests.length, 2);
  });

  it("doesn't keep a concurrent open waiting for a first page that fails", async () => {
    await startServer();
    server.failNext({ times: 3 });
    const polling = store.poll('widget', noSignal);
    await store.open('widget');
    assert.equal((await polling).kind, 'failed');
    assert.equal(server.requests.length, 4);
    assert.deepEqual(store.snapshot.lists.get('widget')?.state, { kind: 'ready' });
  });

  it('reports new rows of a refresh, but not rows further down', async () => {
    await startServer();
    server.updateConversation(store.snapshot.rows[3]?.id ?? '', { history: [], updatedAt: Date.now() });
    const added = server.addConversation();
    const { added: count } = await store.refresh(['test']);
    assert.ok(count > 10);
    assert.deepEqual(arrivedIds, [added.id]);
  });
});
