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
  let defects: unknown[];
  const noSignal = new AbortController().signal;

  async function begin(options: SampleServerOptions = {}): Promise<void> {
    server = await startSampleServer({ fixtures: false, ...options });
    const clock = new ImpatientClock();
    store.connect(clientFor(server.url, { clock, gate: createOpenGate(clock) }).api);
  }

  function get(key: string): ListSnapshot {
    const found = store.snapshot.lists.get(key);
    assert.ok(found, `no list ${key}`);
    return found;
  }

  /** Ids of the server's test conversations, newest first. */
  const served = (): readonly string[] => {
    const { state } = server.backend;
    return state.select('tests', ({ type }) => type === 'test').map((number) => state.get(number).id);
  };

  const pagesAsked = (): (string | undefined)[] => server.listQueries().map(({ page }) => page);

  beforeEach(() => {
    pageSize = 10;
    filters = {};
    defects = [];
    store = new ConversationStore({
      pageSize: () => pageSize,
      queryOf: (key) => ({ ...filters, ...(key === everyType ? {} : { type: key }) }),
      defect: (error) => defects.push(error),
    });
  });

  afterEach(async () => {
    store.dispose();
    await server.close();
  });

  describe('opening a list', () => {
    it('reads one page, however often it is asked', async () => {
      await begin();
      await Promise.all([store.open('test'), store.open('test'), store.open('test')]);
      await store.open('test');
      assert.equal(server.requests.length, 1);
      assert.deepEqual(get('test').state, { kind: 'ready' });
      assert.equal(get('test').loaded, 10);
      assert.ok(get('test').hasMore);
      assert.ok((get('test').total ?? 0) > 30);
    });

    it('says why it failed, does not try again by itself, and does on retry', async () => {
      await begin();
      server.failNext({ times: 3 });
      await store.open('test');
      const { state } = get('test');
      assert.equal(state.kind === 'failed' && state.error.kind, 'server');
      const asked = server.requests.length;
      await store.open('test');
      assert.equal(server.requests.length, asked);
      await store.retry('test');
      assert.deepEqual(get('test').state, { kind: 'ready' });
      assert.equal(get('test').loaded, 10);
    });

    it('waits for the page that loading all brings, and asks for none itself', async () => {
      await begin();
      const gate = server.hold();
      const all = store.loadAll('test', noSignal);
      const opened = store.open('test').then(() => get('test').loaded);
      await gate.arrived();
      server.release();
      assert.ok((await opened) > 0);
      await all;
      assert.equal(server.requests.filter(({ query }) => query['page'] === undefined).length, 1);
    });

    it('reads the first page where loading all was stopped before it came', async () => {
      await begin();
      const gate = server.hold();
      const stop = new AbortController();
      const all = store.loadAll('test', stop.signal);
      const opened = store.open('test');
      await gate.arrived();
      stop.abort();
      server.release();
      await Promise.all([all, opened]);
      assert.equal(get('test').loaded, 10);
    });

    it('ends when the list is dropped while loading all', async () => {
      await begin();
      const gate = server.hold();
      const all = store.loadAll('test', noSignal);
      const opened = store.open('test');
      await gate.arrived();
      store.connect(undefined);
      server.release();
      await Promise.all([all, opened]);
    });

    it('asks nobody without an account', async () => {
      await begin();
      store.connect(undefined);
      await store.open('test');
      assert.equal(server.requests.length, 0);
      assert.deepEqual(store.snapshot.rows, []);
    });
  });

  describe('loading more', () => {
    it('reads the next page once for many clicks', async () => {
      await begin();
      await store.open('test');
      await Promise.all([store.loadMore('test'), store.loadMore('test'), store.loadMore('test')]);
      assert.deepEqual(pagesAsked(), [undefined, '2']);
      assert.equal(get('test').loaded, 20);
    });

    it('reads no second page where it is asked for while the first is on its way', async () => {
      await begin();
      await Promise.all([store.open('test'), store.loadMore('test')]);
      assert.deepEqual(pagesAsked(), [undefined]);
    });

    for (const style of ['page', 'cursor'] as const) {
      it(`reaches the end in ${style} style with each conversation once`, async () => {
        await begin({ style });
        await store.open('test');
        while (get('test').hasMore) await store.loadMore('test');
        assert.deepEqual(store.snapshot.rows.map(({ id }) => id).toSorted(), [...served()].toSorted());
      });
    }

    it('keeps what was loaded when a page fails, and goes on from there on retry', async () => {
      await begin();
      await store.open('test');
      server.failNext({ times: 3 });
      await store.loadMore('test');
      assert.equal(get('test').state.kind, 'failed');
      assert.equal(get('test').loaded, 10);
      await store.retry('test');
      assert.equal(get('test').state.kind, 'ready');
      assert.equal(get('test').loaded, 20);
    });

    it('reads on past pages that bring nothing that is looked for, three at most, and says how many it read', async () => {
      await begin();
      await store.open('test');
      server.forgetRequests();
      await store.loadMore('test', () => false);
      assert.equal(server.requests.length, 3);
      assert.equal(get('test').barren, 30);
    });

    it('stops at the page that brings what is looked for', async () => {
      await begin();
      await store.open('test');
      const wanted = served()[25];
      server.forgetRequests();
      await store.loadMore('test', ({ id }) => id === wanted);
      assert.equal(server.requests.length, 2);
      assert.equal(get('test').barren, 0);
    });

    it('closes no gap early when what lies before it is pushed down into it', async () => {
      await begin();
      const add = (count: number): void => {
        for (let added = 0; added < count; added += 1) server.addConversation({ type: 'test' });
      };
      add(60);
      for (let page = 1; page <= 5; page += 1) await (page === 1 ? store.open('test') : store.loadMore('test'));
      add(35);
      await store.refresh(['test']);
      add(10);
      await store.refresh(['test']);
      while (get('test').hasMore) await store.loadMore('test');
      for (const id of served()) assert.ok(store.find(id), `lost ${id}`);
    });

    it('loses no row when new conversations push a whole page down between two clicks', async () => {
      await begin();
      await store.open('test');
      for (let added = 0; added < 25; added += 1) server.addConversation({ type: 'test' });
      await store.loadMore('test', () => true);
      while (get('test').hasMore) await store.loadMore('test');
      for (const id of served().slice(25)) assert.ok(store.find(id), `lost ${id}`);
    });

    it('asks in the new page size at once, and skips nothing', async () => {
      await begin();
      await store.open('test');
      await store.loadMore('test');
      pageSize = 7;
      await store.loadMore('test');
      assert.equal(server.listQueries().at(-1)?.['per_page'], '7');
      pageSize = 50;
      while (get('test').hasMore) await store.loadMore('test');
      assert.equal(get('test').loaded, served().length);
    });

    it('keeps to the size of a server that does not do as asked', async () => {
      await begin({ perPagePolicy: 'ignore' });
      pageSize = 200;
      await store.open('test');
      assert.equal(get('test').loaded, 15);
      pageSize = 5;
      while (get('test').hasMore) await store.loadMore('test');
      assert.equal(get('test').loaded, served().length);
    });
  });

  describe('totals', () => {
    it('are not believed where the answer did not keep to the type', async () => {
      await begin({ ignoreType: true });
      await store.open('widget');
      assert.equal(get('widget').total, undefined);
    });

    it('are not believed where fewer are claimed than came', async () => {
      await begin({ lyingTotal: 3 });
      await store.open('test');
      assert.equal(get('test').total, undefined);
      assert.equal(get('test').loaded, 10);
    });

    it('are missing in cursor style', async () => {
      await begin({ style: 'cursor' });
      await store.open('test');
      assert.equal(get('test').total, undefined);
      assert.ok(get('test').hasMore);
    });
  });

  describe('refreshing', () => {
    it('costs one request for a list with nothing new, and none for a list that was never opened', async () => {
      await begin();
      await store.open('test');
      server.forgetRequests();
      const outcome = await store.refresh(['test', 'widget']);
      assert.deepEqual(outcome, { added: 0, changed: 0, failed: 0 });
      assert.equal(server.requests.length, 1);
    });

    it('finds what is new and what has changed, and keeps what was loaded', async () => {
      await begin();
      await store.open('test');
      await store.loadMore('test');
      const kept = store.snapshot.rows.length;
      const changed = store.snapshot.rows[3];
      assert.ok(changed);
      server.addConversation({ type: 'test' });
      server.updateConversation(changed.id, { aiEnabled: changed.aiEnabled === false });
      assert.deepEqual(await store.refresh(['test']), { added: 1, changed: 1, failed: 0 });
      assert.equal(store.snapshot.rows.length, kept + 1);
      assert.notEqual(store.find(changed.id)?.aiEnabled, changed.aiEnabled);
    });

    for (const style of ['page', 'cursor'] as const) {
      it(`leaves no hole where more came than it may read (${style} style)`, async () => {
        await begin({ style });
        await store.open('test');
        while (get('test').hasMore) await store.loadMore('test');
        for (let added = 0; added < 45; added += 1) server.addConversation({ type: 'test' });
        server.forgetRequests();
        assert.equal((await store.refresh(['test'])).added, 30);
        assert.equal(server.requests.length, 3);
        assert.ok(get('test').hasMore, 'a list with a hole is not complete');
        while (get('test').hasMore) await store.loadMore('test');
        for (const id of served()) assert.ok(store.find(id), `lost ${id}`);
      });
    }

    it('goes on behind the hole to the pages that were never read', async () => {
      await begin();
      await store.open('test');
      for (let added = 0; added < 45; added += 1) server.addConversation({ type: 'test' });
      await store.refresh(['test']);
      while (get('test').hasMore) await store.loadMore('test');
      assert.equal(get('test').loaded, served().length);
    });

    it('says when it failed, with all rows still there', async () => {
      await begin();
      await store.open('test');
      server.failNext({ times: 3 });
      assert.deepEqual(await store.refresh(['test']), { added: 0, changed: 0, failed: 1 });
      assert.equal(get('test').loaded, 10);
      await store.retry('test');
      assert.deepEqual(get('test').state, { kind: 'ready' });
    });
  });

  describe('reloading', () => {
    it('reads as much as was loaded, and forgets what the server no longer lists', async () => {
      await begin();
      await store.open('test');
      await store.loadMore('test');
      const gone = store.snapshot.rows[0];
      assert.ok(gone);
      server.updateConversation(gone.id, { type: 'api' });
      server.forgetRequests();
      await store.reload(['test']);
      assert.equal(store.find(gone.id), undefined);
      assert.ok(get('test').loaded >= 19);
      assert.equal(server.requests.length, 1);
    });

    it('keeps the old rows where it fails', async () => {
      await begin();
      await store.open('test');
      server.failNext({ times: 3 });
      await store.reload(['test']);
      assert.equal(get('test').loaded, 10);
      assert.equal(get('test').state.kind, 'failed');
    });
  });

  describe('loading all', () => {
    it('reads to the end in large pages and tells how far it is', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const reports: number[] = [];
      await store.loadAll('test', noSignal, ({ loaded }) => reports.push(loaded));
      assert.equal(get('test').hasMore, false);
      assert.equal(get('test').loaded, served().length);
      assert.ok(
        server
          .listQueries()
          .slice(1)
          .every(({ per_page: size }) => Number(size) >= 50),
      );
      assert.ok(server.listQueries().length <= 6, 'hardly more pages than without overlap');
      assert.equal(get('test').mayLackRows, false);
      assert.deepEqual(
        reports,
        reports.toSorted((a, b) => a - b),
      );
      assert.equal(reports.at(-1), get('test').loaded);
    });

    it('keeps what came when it is cancelled', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const cancel = new AbortController();
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const loading = store.loadAll('test', cancel.signal);
      await gate.arrived(2);
      cancel.abort();
      await loading;
      gate.release();
      assert.equal(get('test').loaded, 100);
      assert.deepEqual(get('test').state, { kind: 'ready' });
      assert.ok(get('test').hasMore);
      server.forgetRequests();
      await store.loadMore('test');
      assert.deepEqual(pagesAsked(), ['11'], 'goes on where it was stopped');
    });

    it('loads all where it is asked for again before the cancelled one has ended', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const cancel = new AbortController();
      const gate = server.hold();
      const first = store.loadAll('test', cancel.signal);
      await gate.arrived();
      cancel.abort();
      const second = store.loadAll('test', noSignal);
      gate.release();
      await Promise.all([first, second]);
      assert.equal(get('test').hasMore, false);
      assert.equal(get('test').loaded, served().length);
    });

    it('ends at once when it is cancelled while it waits for its turn, and then reads nothing', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const gate = server.hold();
      const refreshing = store.refresh(['test']);
      await gate.arrived();
      const cancel = new AbortController();
      const loading = store.loadAll('test', cancel.signal);
      cancel.abort();
      await loading;
      assert.deepEqual(get('test').state, { kind: 'busy', work: 'refresh' });
      server.forgetRequests();
      gate.release();
      await refreshing;
      assert.deepEqual([server.requests.length, get('test').loaded], [0, 10]);
    });

    it('tells all who asked for it how far it is, from when they ask', async () => {
      await begin({ count: 1000 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const [first, second]: [number[], number[]] = [[], []];
      const one = store.loadAll('test', noSignal, ({ loaded }) => first.push(loaded));
      await gate.arrived();
      const two = store.loadAll('test', noSignal, ({ loaded }) => second.push(loaded));
      assert.deepEqual(second, [100]);
      gate.release();
      await Promise.all([one, two]);
      assert.deepEqual(second, first);
      assert.equal(second.at(-1), served().length);
    });

    it('goes on for whoever wants it still, and lets go at once who does not', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const [cancelFirst, cancelSecond] = [new AbortController(), new AbortController()];
      const reports: number[] = [];
      const first = store.loadAll('test', cancelFirst.signal, ({ loaded }) => reports.push(loaded));
      await gate.arrived();
      const second = store.loadAll('test', cancelSecond.signal);
      const third = store.loadAll('test', noSignal);
      cancelSecond.abort();
      await second;
      cancelFirst.abort();
      await first;
      assert.deepEqual(get('test').state, { kind: 'busy', work: 'all' });
      const told = reports.length;
      gate.release();
      await third;
      assert.deepEqual([get('test').loaded, get('test').hasMore], [served().length, false]);
      assert.equal(reports.length, told, 'who has cancelled is told no more');
    });

    it('is stopped when the last one has cancelled', async () => {
      await begin({ count: 400 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const cancels = [new AbortController(), new AbortController()];
      const loading = cancels.map(({ signal }) => store.loadAll('test', signal));
      await gate.arrived(2);
      for (const cancel of cancels) cancel.abort();
      await Promise.all(loading);
      assert.deepEqual([get('test').state.kind, get('test').loaded, get('test').hasMore], ['ready', 100, true]);
      gate.release();
    });

    it('has four pages on their way at once', async () => {
      await begin({ count: 2000 });
      await store.open('test');
      const gate = server.hold(({ query }) => query['page'] !== '1');
      const loading = store.loadAll('test', noSignal);
      await gate.arrived(4);
      gate.release();
      await loading;
      assert.equal(get('test').loaded, served().length);
    });

    it('keeps what came before a page that fails, and says why', async () => {
      await begin({ count: 1000 });
      await store.open('test');
      server.failNext({ match: ({ query }) => query['page'] !== '1', times: 4, status: 401 });
      await store.loadAll('test', noSignal);
      const { state, loaded, hasMore } = get('test');
      assert.equal(state.kind === 'failed' && state.error.kind, 'unauthorized');
      assert.deepEqual([loaded, hasMore], [100, true]);
    });

    for (const [what, mayLack, options] of [
      ['are not missing: pages without an end', false, { noLastPage: true }],
      ['may be missing: a total that was never listed', true, { lyingTotal: 500 }],
    ] as const) {
      it(`says that rows ${what}`, async () => {
        await begin({ count: 200, ...options });
        await store.open('test');
        await store.loadAll('test', noSignal);
        assert.equal(get('test').loaded, served().length);
        assert.deepEqual([get('test').hasMore, get('test').mayLackRows], [false, mayLack]);
      });
    }
  });

  describe('changing what is asked', () => {
    it('drops the lists whose query is another one, aborts what is under way, and shows no late answer', async () => {
      await begin();
      const gate = server.hold(list);
      const opening = store.open('test');
      await gate.arrived();
      const { generation } = store.snapshot;
      filters = { dateFrom: '2000-01-01' };
      store.requery();
      await opening;
      gate.release();
      assert.ok(store.snapshot.generation > generation);
      assert.deepEqual(store.snapshot.rows, []);
      await store.open('test');
      assert.equal(server.listQueries().at(-1)?.['date_from'], '2000-01-01');
      assert.equal(get('test').loaded, 10);
    });

    it('keeps the lists whose query stays the same', async () => {
      await begin();
      await store.open('test');
      const { generation } = store.snapshot;
      store.requery();
      assert.equal(store.snapshot.generation, generation);
      assert.equal(get('test').loaded, 10);
    });

    it('forgets everything for another account', async () => {
      await begin();
      await store.open('test');
      await store.open('widget');
      store.connect(undefined);
      assert.equal(store.snapshot.lists.size, 0);
      assert.deepEqual(store.snapshot.rows, []);
    });
  });

  it('keeps a conversation once when two lists bring it, and in its newest version', async () => {
    await begin();
    await store.open('test');
    const first = store.snapshot.rows[0];
    assert.ok(first);
    server.updateConversation(first.id, { aiEnabled: first.aiEnabled === false });
    await store.open(everyType);
    assert.equal(store.snapshot.rows.filter(({ id }) => id === first.id).length, 1);
    assert.notEqual(store.find(first.id)?.aiEnabled, first.aiEnabled);
  });

  it('reads on, and tells of it, where a listener throws', async () => {
    await begin();
    const listening = store.onDidChange(() => {
      throw new TypeError('a listener is broken');
    });
    await store.open('test');
    assert.deepEqual(get('test').state, { kind: 'ready' });
    assert.equal(get('test').loaded, 10);
    assert.ok(defects.length > 0 && defects.every((error) => error instanceof AggregateError));
    listening.dispose();
  });

  it('does one thing at a time to a list: a refresh waits for the page that is being read', async () => {
    await begin();
    await store.open('test');
    const gate = server.hold(list);
    const more = store.loadMore('test');
    await gate.arrived();
    const refreshing = store.refresh(['test']);
    assert.equal(server.requests.length, 2);
    gate.release();
    await Promise.all([more, refreshing]);
    assert.equal(server.requests.length, 3);
    assert.equal(get('test').loaded, 20);
  });
});
