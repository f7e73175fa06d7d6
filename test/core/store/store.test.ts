import assert from 'node:assert/strict';
import type { ListQuery } from '../../../src/core/model/query';
import { everyType, type ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../../support/sampleServer';
import { clientFor, ImpatientClock, createOpenGate } from '../api/support/client';

const list = '/user/conversations';

describe('The store', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let pageSize: number;
  let filters: ListQuery;
  let unexpectedErrors: unknown[];
  const noSignal = new AbortController().signal;

  async function startServer(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, ...options });
    const clock = new ImpatientClock();
    store.connect(clientFor(server.url, { clock, gate: createOpenGate(clock) }).api);
  }

  function getList(key: string): ListSnapshot {
    const found = store.snapshot.lists.get(key);
    assert.ok(found, `no list ${key}`);
    return found;
  }

  /** IDs of the server's test conversations, newest first. */
  const servedIds = (): readonly string[] => {
    const { state } = server.backend;
    return state.select('tests', ({ type }) => type === 'test').map((number) => state.get(number).id);
  };

  const requestedPages = (): (string | undefined)[] => server.listQueries().map(({ page }) => page);

  beforeEach(() => {
    pageSize = 10;
    filters = {};
    unexpectedErrors = [];
    store = new ConversationStore({
      pageSize: () => pageSize,
      queryOf: (key) => ({ ...filters, ...(key === everyType ? {} : { type: key }) }),
      onUnexpectedError: (error) => unexpectedErrors.push(error),
    });
  });

  afterEach(async () => {
    store.dispose();
    await server.close();
  });

  describe('opening a list', () => {
    it('loads one page, however often it is opened', async () => {
      await startServer();
      await Promise.all([store.open('test'), store.open('test'), store.open('test')]);
      await store.open('test');
      assert.equal(server.requests.length, 1);
      assert.deepEqual(getList('test').state, { kind: 'ready' });
      assert.equal(getList('test').loaded, 10);
      assert.ok(getList('test').hasMore);
      assert.ok((getList('test').total ?? 0) > 30);
    });

    it('reports why it failed and loads again only on retry', async () => {
      await startServer();
      server.failNext({ times: 3 });
      await store.open('test');
      const { state } = getList('test');
      assert.equal(state.kind === 'failed' && state.error.kind, 'server');
      const requestCount = server.requests.length;
      await store.open('test');
      assert.equal(server.requests.length, requestCount);
      await store.retry('test');
      assert.deepEqual(getList('test').state, { kind: 'ready' });
      assert.equal(getList('test').loaded, 10);
    });

    it('waits for the first page of Load All and sends no request of its own', async () => {
      await startServer();
      const gate = server.hold();
      const all = store.loadAll('test', noSignal);
      const opened = store.open('test').then(() => getList('test').loaded);
      await gate.waitForRequests();
      server.release();
      assert.ok((await opened) > 0);
      await all;
      assert.equal(server.requests.filter(({ query }) => query['page'] === undefined).length, 1);
    });

    it('loads the first page if Load All was canceled before that arrived', async () => {
      await startServer();
      const gate = server.hold();
      const stop = new AbortController();
      const all = store.loadAll('test', stop.signal);
      const opened = store.open('test');
      await gate.waitForRequests();
      stop.abort();
      server.release();
      await Promise.all([all, opened]);
      assert.equal(getList('test').loaded, 10);
    });

    it('ends when the list is dropped during Load All', async () => {
      await startServer();
      const gate = server.hold();
      const all = store.loadAll('test', noSignal);
      const opened = store.open('test');
      await gate.waitForRequests();
      store.connect(undefined);
      server.release();
      await Promise.all([all, opened]);
    });

    it('sends nothing without an account', async () => {
      await startServer();
      store.connect(undefined);
      await store.open('test');
      assert.equal(server.requests.length, 0);
      assert.deepEqual(store.snapshot.rows, []);
    });
  });

  describe('loading more', () => {
    it('loads the next page once for many clicks', async () => {
      await startServer();
      await store.open('test');
      await Promise.all([store.loadMore('test'), store.loadMore('test'), store.loadMore('test')]);
      assert.deepEqual(requestedPages(), [undefined, '2']);
      assert.equal(getList('test').loaded, 20);
    });

    it('loads no second page while the first is loading', async () => {
      await startServer();
      await Promise.all([store.open('test'), store.loadMore('test')]);
      assert.deepEqual(requestedPages(), [undefined]);
    });

    for (const style of ['page', 'cursor'] as const) {
      it(`loads each conversation once to the end in ${style} style`, async () => {
        await startServer({ style });
        await store.open('test');
        while (getList('test').hasMore) await store.loadMore('test');
        assert.deepEqual(store.snapshot.rows.map(({ id }) => id).toSorted(), [...servedIds()].toSorted());
      });
    }

    it('keeps the loaded rows when a page fails, and continues there on retry', async () => {
      await startServer();
      await store.open('test');
      server.failNext({ times: 3 });
      await store.loadMore('test');
      assert.equal(getList('test').state.kind, 'failed');
      assert.equal(getList('test').loaded, 10);
      await store.retry('test');
      assert.equal(getList('test').state.kind, 'ready');
      assert.equal(getList('test').loaded, 20);
    });

    it('loads up to three pages without a match and reports how many rows it loaded', async () => {
      await startServer();
      await store.open('test');
      server.forgetRequests();
      await store.loadMore('test', () => false);
      assert.equal(server.requests.length, 3);
      assert.equal(getList('test').rowsWithoutMatch, 30);
    });

    it('stops at the first page with a match', async () => {
      await startServer();
      await store.open('test');
      const wantedId = servedIds()[25];
      server.forgetRequests();
      await store.loadMore('test', ({ id }) => id === wantedId);
      assert.equal(server.requests.length, 2);
      assert.equal(getList('test').rowsWithoutMatch, 0);
    });

    it("doesn't close a gap early when rows are pushed down into it", async () => {
      await startServer();
      const add = (count: number): void => {
        for (let added = 0; added < count; added += 1) server.addConversation({ type: 'test' });
      };
      add(60);
      for (let page = 1; page <= 5; page += 1) await (page === 1 ? store.open('test') : store.loadMore('test'));
      add(35);
      await store.refresh(['test']);
      add(10);
      await store.refresh(['test']);
      while (getList('test').hasMore) await store.loadMore('test');
      for (const id of servedIds()) assert.ok(store.find(id), `lost ${id}`);
    });

    it('loses no row when new conversations push a whole page down between two clicks', async () => {
      await startServer();
      await store.open('test');
      for (let added = 0; added < 25; added += 1) server.addConversation({ type: 'test' });
      await store.loadMore('test', () => true);
      while (getList('test').hasMore) await store.loadMore('test');
      for (const id of servedIds().slice(25)) assert.ok(store.find(id), `lost ${id}`);
    });

    it('uses a new page size immediately and skips no row', async () => {
      await startServer();
      await store.open('test');
      await store.loadMore('test');
      pageSize = 7;
      await store.loadMore('test');
      assert.equal(server.listQueries().at(-1)?.['per_page'], '7');
      pageSize = 50;
      while (getList('test').hasMore) await store.loadMore('test');
      assert.equal(getList('test').loaded, servedIds().length);
    });

    it('adapts to a server that ignores the page size', async () => {
      await startServer({ perPagePolicy: 'ignore' });
      pageSize = 200;
      await store.open('test');
      assert.equal(getList('test').loaded, 15);
      pageSize = 5;
      while (getList('test').hasMore) await store.loadMore('test');
      assert.equal(getList('test').loaded, servedIds().length);
    });
  });

  describe('totals', () => {
    it('are ignored if the response contains other types', async () => {
      await startServer({ ignoreType: true });
      await store.open('widget');
      assert.equal(getList('widget').total, undefined);
    });

    it('are ignored if they are lower than the loaded rows', async () => {
      await startServer({ lyingTotal: 3 });
      await store.open('test');
      assert.equal(getList('test').total, undefined);
      assert.equal(getList('test').loaded, 10);
    });

    it('are unknown in cursor style', async () => {
      await startServer({ style: 'cursor' });
      await store.open('test');
      assert.equal(getList('test').total, undefined);
      assert.ok(getList('test').hasMore);
    });
  });

  describe('refreshing', () => {
    it('costs one request for an unchanged list and none for a list that was never opened', async () => {
      await startServer();
      await store.open('test');
      server.forgetRequests();
      const outcome = await store.refresh(['test', 'widget']);
      assert.deepEqual(outcome, { added: 0, changed: 0, failed: 0 });
      assert.equal(server.requests.length, 1);
    });

    it('finds new and changed rows and keeps the loaded ones', async () => {
      await startServer();
      await store.open('test');
      await store.loadMore('test');
      const rowCount = store.snapshot.rows.length;
      const changed = store.snapshot.rows[3];
      assert.ok(changed);
      server.addConversation({ type: 'test' });
      server.updateConversation(changed.id, { aiEnabled: changed.aiEnabled === false });
      assert.deepEqual(await store.refresh(['test']), { added: 1, changed: 1, failed: 0 });
      assert.equal(store.snapshot.rows.length, rowCount + 1);
      assert.notEqual(store.find(changed.id)?.aiEnabled, changed.aiEnabled);
    });

    for (const style of ['page', 'cursor'] as const) {
      it(`leaves no gap if more rows are new than it loads (${style} style)`, async () => {
        await startServer({ style });
        await store.open('test');
        while (getList('test').hasMore) await store.loadMore('test');
        for (let added = 0; added < 45; added += 1) server.addConversation({ type: 'test' });
        server.forgetRequests();
        assert.equal((await store.refresh(['test'])).added, 30);
        assert.equal(server.requests.length, 3);
        assert.ok(getList('test').hasMore, 'a list with a gap is not complete');
        while (getList('test').hasMore) await store.loadMore('test');
        for (const id of servedIds()) assert.ok(store.find(id), `lost ${id}`);
      });
    }

    it('continues after the gap with the pages that were never loaded', async () => {
      await startServer();
      await store.open('test');
      for (let added = 0; added < 45; added += 1) server.addConversation({ type: 'test' });
      await store.refresh(['test']);
      while (getList('test').hasMore) await store.loadMore('test');
      assert.equal(getList('test').loaded, servedIds().length);
    });

    it('reports a failure and keeps all rows', async () => {
      await startServer();
      await store.open('test');
      server.failNext({ times: 3 });
      assert.deepEqual(await store.refresh(['test']), { added: 0, changed: 0, failed: 1 });
      assert.equal(getList('test').loaded, 10);
      await store.retry('test');
      assert.deepEqual(getList('test').state, { kind: 'ready' });
    });
  });

  describe('reloading', () => {
    it('loads as much as before and drops rows that the server no longer lists', async () => {
      await startServer();
      await store.open('test');
      await store.loadMore('test');
      const removed = store.snapshot.rows[0];
      assert.ok(removed);
      server.updateConversation(removed.id, { type: 'api' });
      server.forgetRequests();
      await store.reload(['test']);
      assert.equal(store.find(removed.id), undefined);
      assert.ok(getList('test').loaded >= 19);
      assert.equal(server.requests.length, 1);
    });

    it('keeps the old rows if it fails', async () => {
      await startServer();
      await store.open('test');
      server.failNext({ times: 3 });
      await store.reload(['test']);
      assert.equal(getList('test').loaded, 10);
      assert.equal(getList('test').state.kind, 'failed');
    });
  });

  describe('loading all', () => {
    it('loads to the end in large pages and reports progress', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const reports: number[] = [];
      await store.loadAll('test', noSignal, ({ loaded }) => reports.push(loaded));
      assert.equal(getList('test').hasMore, false);
      assert.equal(getList('test').loaded, servedIds().length);
      assert.ok(
        server
          .listQueries()
          .slice(1)
          .every(({ per_page: size }) => Number(size) >= 50),
      );
      assert.ok(server.listQueries().length <= 6, 'hardly more pages than without overlap');
      assert.equal(getList('test').mayLackRows, false);
      assert.deepEqual(
        reports,
        reports.toSorted((a, b) => a - b),
      );
      assert.equal(reports.at(-1), getList('test').loaded);
    });

    it('keeps the loaded rows when it is canceled', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const cancel = new AbortController();
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const loading = store.loadAll('test', cancel.signal);
      await gate.waitForRequests(2);
      cancel.abort();
      await loading;
      gate.release();
      assert.equal(getList('test').loaded, 100);
      assert.deepEqual(getList('test').state, { kind: 'ready' });
      assert.ok(getList('test').hasMore);
      server.forgetRequests();
      await store.loadMore('test');
      assert.deepEqual(requestedPages(), ['11'], 'continues where it was canceled');
    });

    it('loads all rows if it is requested again before the canceled one has ended', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const cancel = new AbortController();
      const gate = server.hold();
      const first = store.loadAll('test', cancel.signal);
      await gate.waitForRequests();
      cancel.abort();
      const second = store.loadAll('test', noSignal);
      gate.release();
      await Promise.all([first, second]);
      assert.equal(getList('test').hasMore, false);
      assert.equal(getList('test').loaded, servedIds().length);
    });

    it('ends immediately and loads nothing when it is canceled while queued', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const gate = server.hold();
      const refreshing = store.refresh(['test']);
      await gate.waitForRequests();
      const cancel = new AbortController();
      const loading = store.loadAll('test', cancel.signal);
      cancel.abort();
      await loading;
      assert.deepEqual(getList('test').state, { kind: 'busy', work: 'refresh' });
      server.forgetRequests();
      gate.release();
      await refreshing;
      assert.deepEqual([server.requests.length, getList('test').loaded], [0, 10]);
    });

    it('reports progress to each caller from its request on', async () => {
      await startServer({ count: 1000 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const [first, second]: [number[], number[]] = [[], []];
      const one = store.loadAll('test', noSignal, ({ loaded }) => first.push(loaded));
      await gate.waitForRequests();
      const two = store.loadAll('test', noSignal, ({ loaded }) => second.push(loaded));
      assert.deepEqual(second, [100]);
      gate.release();
      await Promise.all([one, two]);
      assert.deepEqual(second, first);
      assert.equal(second.at(-1), servedIds().length);
    });

    it('continues while one caller waits, and returns immediately to canceled ones', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const [cancelFirst, cancelSecond] = [new AbortController(), new AbortController()];
      const reports: number[] = [];
      const first = store.loadAll('test', cancelFirst.signal, ({ loaded }) => reports.push(loaded));
      await gate.waitForRequests();
      const second = store.loadAll('test', cancelSecond.signal);
      const third = store.loadAll('test', noSignal);
      cancelSecond.abort();
      await second;
      cancelFirst.abort();
      await first;
      assert.deepEqual(getList('test').state, { kind: 'busy', work: 'all' });
      const reportCount = reports.length;
      gate.release();
      await third;
      assert.deepEqual([getList('test').loaded, getList('test').hasMore], [servedIds().length, false]);
      assert.equal(reports.length, reportCount, 'a canceled caller gets no more reports');
    });

    it('is canceled when the last caller cancels', async () => {
      await startServer({ count: 400 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const cancels = [new AbortController(), new AbortController()];
      const loading = cancels.map(({ signal }) => store.loadAll('test', signal));
      await gate.waitForRequests(2);
      for (const cancel of cancels) cancel.abort();
      await Promise.all(loading);
      assert.deepEqual(
        [getList('test').state.kind, getList('test').loaded, getList('test').hasMore],
        ['ready', 100, true],
      );
      gate.release();
    });

    it('loads four pages at a time', async () => {
      await startServer({ count: 2000 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const loading = store.loadAll('test', noSignal);
      await gate.waitForRequests(4);
      gate.release();
      await loading;
      assert.equal(getList('test').loaded, servedIds().length);
    });

    it('keeps the rows before a page that fails and reports why', async () => {
      await startServer({ count: 1000 });
      await store.open('test');
      server.failNext({ match: ({ query }) => query['page'] !== '1', times: 4, status: 401 });
      await store.loadAll('test', noSignal);
      const { state, loaded, hasMore } = getList('test');
      assert.equal(state.kind === 'failed' && state.error.kind, 'unauthorized');
      assert.deepEqual([loaded, hasMore], [100, true]);
    });

    for (const [name, mayLack, options] of [
      ['no missing rows for pages without a last page', false, { noLastPage: true }],
      ['possibly missing rows for a total that was never reached', true, { lyingTotal: 500 }],
    ] as const) {
      it(`reports ${name}`, async () => {
        await startServer({ count: 200, ...options });
        await store.open('test');
        await store.loadAll('test', noSignal);
        assert.equal(getList('test').loaded, servedIds().length);
        assert.deepEqual([getList('test').hasMore, getList('test').mayLackRows], [false, mayLack]);
      });
    }
  });

  describe('changing the query', () => {
    it('drops lists whose query changed, cancels their requests, and ignores late responses', async () => {
      await startServer();
      const gate = server.hold(list);
      const opening = store.open('test');
      await gate.waitForRequests();
      const { generation } = store.snapshot;
      filters = { dateFrom: '2000-01-01' };
      store.requery();
      await opening;
      gate.release();
      assert.ok(store.snapshot.generation > generation);
      assert.deepEqual(store.snapshot.rows, []);
      await store.open('test');
      assert.equal(server.listQueries().at(-1)?.['date_from'], '2000-01-01');
      assert.equal(getList('test').loaded, 10);
    });

    it('keeps lists whose query stays the same', async () => {
      await startServer();
      await store.open('test');
      const { generation } = store.snapshot;
      store.requery();
      assert.equal(store.snapshot.generation, generation);
      assert.equal(getList('test').loaded, 10);
    });

    it('drops everything when the account changes', async () => {
      await startServer();
      await store.open('test');
      await store.open('widget');
      store.connect(undefined);
      assert.equal(store.snapshot.lists.size, 0);
      assert.deepEqual(store.snapshot.rows, []);
    });
  });

  it('keeps one copy of a conversation from two lists, in its newest version', async () => {
    await startServer();
    await store.open('test');
    const first = store.snapshot.rows[0];
    assert.ok(first);
    server.updateConversation(first.id, { aiEnabled: first.aiEnabled === false });
    await store.open(everyType);
    assert.equal(store.snapshot.rows.filter(({ id }) => id === first.id).length, 1);
    assert.notEqual(store.find(first.id)?.aiEnabled, first.aiEnabled);
  });

  it('continues and reports the error if a listener throws', async () => {
    await startServer();
    const subscription = store.onDidChange(() => {
      throw new TypeError('a listener is broken');
    });
    await store.open('test');
    assert.deepEqual(getList('test').state, { kind: 'ready' });
    assert.equal(getList('test').loaded, 10);
    assert.ok(unexpectedErrors.length > 0 && unexpectedErrors.every((error) => error instanceof AggregateError));
    subscription.dispose();
  });

  it('runs one task per list at a time: a refresh waits for a page that is loading', async () => {
    await startServer();
    await store.open('test');
    const gate = server.hold(list);
    const more = store.loadMore('test');
    await gate.waitForRequests();
    const refreshing = store.refresh(['test']);
    assert.equal(server.requests.length, 2);
    gate.release();
    await Promise.all([more, refreshing]);
    assert.equal(server.requests.length, 3);
    assert.equal(getList('test').loaded, 20);
  });
});
