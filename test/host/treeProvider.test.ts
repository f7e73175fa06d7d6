import assert from 'node:assert/strict';
import { Uri } from 'vscode';
import { toServerQuery } from '../../src/core/view/filter';
import type { Filter, Grouping } from '../../src/core/model/query';
import { everyType } from '../../src/core/store/snapshot';
import { ConversationStore } from '../../src/core/store/store';
import { waitForEvent } from '../../src/core/util/event';
import type { TreeNode } from '../../src/core/view/treeNodes';
import { searchLoading } from '../../src/shell/commands/loading';
import { roundTrip } from '../../src/shell/roundTrip';
import { ConversationTreeProvider } from '../../src/shell/tree/provider';
import { clientFor } from '../core/api/support/client';
import { ManualClock, settle } from '../core/util/manualClock';
import { startSampleServer, type SampleServer } from '../support/sampleServer';

describe('The tree data provider', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let provider: ConversationTreeProvider;
  let clockOfDelays: ManualClock;
  let filter: Filter;
  let grouping: Grouping;

  const clock = (): { now: number; zone: string } => ({ now: Date.now(), zone: 'UTC' });
  const test = async (): Promise<TreeNode> => {
    const [first] = await provider.getChildren();
    assert.ok(first);
    return first;
  };

  beforeEach(async () => {
    server = await startSampleServer({ fixtures: false });
    filter = {};
    grouping = 'type';
    store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (key) => toServerQuery(filter, key, clock()),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    store.connect(clientFor(server.url).api);
    clockOfDelays = new ManualClock();
    const source = {
      ready: () => Promise.resolve(true),
      snapshot: () => store.snapshot,
      find: (id: string) => store.find(id),
      open: (key: string) => store.open(key),
      filter: () => filter,
      grouping: () => grouping,
      sorting: () => 'newest' as const,
      zone: () => 'UTC',
      isNew: () => false,
      annotationOf: () => undefined,
      callsOf: () => undefined,
      badgeUri: () => Uri.parse('test:/'),
    };
    provider = new ConversationTreeProvider(source, clockOfDelays);
    store.onDidChange(() => provider.update());
  });

  afterEach(async () => {
    provider.dispose();
    store.dispose();
    await server.close();
  });

  it('applies a filter that changed while the group was loading', async () => {
    const gate = server.hold();
    const first = test();
    await gate.waitForRequests();
    await clockOfDelays.advance(400);
    const children = provider.getChildren(await first);
    filter = { dates: { kind: 'lastDays', days: 3650 } };
    store.requery();
    server.release();
    assert.ok((await children).some(({ kind }) => kind === 'group'));
    assert.equal(server.listQueries().length, 2);
    assert.ok(server.listQueries()[1]?.['date_from']);
  });

  it('returns the same object for a node, also after a refresh of the whole tree', async () => {
    const group = await test();
    const [child] = await provider.getChildren(group);
    assert.ok(child);
    assert.equal(provider.getParent(child), group);
    provider.updateAll();
    const again = await test();
    const [childAgain] = await provider.getChildren(again);
    assert.ok(childAgain);
    assert.equal(provider.getParent(childAgain), again);
    assert.equal(childAgain.id, child.id);
  });

  it('emits one event for a poll with news, and none for a poll without', async () => {
    const group = await test();
    await provider.getChildren(group);
    provider.getTreeItem(group);
    await provider.scheduler.whenIdle();
    let events = 0;
    provider.onDidChangeTreeData(() => (events += 1));
    const { signal } = new AbortController();
    await store.poll('test', signal);
    provider.update();
    await provider.scheduler.whenIdle();
    assert.equal(events, 0);
    server.addConversation();
    await store.poll('test', signal);
    await provider.scheduler.whenIdle();
    assert.equal(events, 1);
  });

  describe('with a slow server', () => {
    const kinds = (nodes: readonly TreeNode[]): string[] => [...new Set(nodes.map(({ kind }) => kind))];
    const whatsapp = async (): Promise<TreeNode> => {
      const group = (await provider.getChildren()).find((node) => node.kind === 'group' && node.list === 'whatsapp');
      assert.ok(group);
      return group;
    };
    const nextRefresh = (): Promise<TreeNode | TreeNode[] | undefined> => waitForEvent(provider.onDidChangeTreeData);

    it('returns no children for a group that the new grouping lacks, and refreshes the whole tree', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.waitForRequests();
      const refreshed = nextRefresh();
      grouping = 'day';
      provider.update();
      assert.deepEqual(await children, []);
      assert.equal(await refreshed, undefined);
    });

    it('returns no children for a group that the filter excludes, and sends no more requests for it', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.waitForRequests();
      const refreshed = nextRefresh();
      filter = { type: 'test' };
      store.requery();
      provider.update();
      assert.deepEqual(await children, []);
      assert.equal(await refreshed, undefined);
      assert.deepEqual(await provider.getChildren(group), []);
      assert.deepEqual(
        server.listQueries().map(({ type }) => type),
        ['test', 'whatsapp'],
      );
    });

    it('returns the top level of the current grouping if it changed after the call', async () => {
      const gate = server.hold(({ query }) => query['type'] === undefined);
      grouping = 'day';
      const top = provider.getChildren();
      await gate.waitForRequests();
      grouping = 'type';
      provider.update();
      const [first] = await top;
      assert.ok(first?.kind === 'group' && first.list === 'test');
    });

    it('returns the top level of a new grouping while the list of the old one still loads', async () => {
      const gate = server.hold(({ query }) => query['type'] === 'test');
      const top = provider.getChildren();
      await gate.waitForRequests();
      grouping = 'day';
      provider.update();
      await clockOfDelays.advance(400);
      const last = (await top).at(-1);
      assert.ok(last?.kind === 'more' && last.list === '*');
    });

    it('returns a row that says Loading…, and emits an event when the conversations arrive', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.waitForRequests();
      await clockOfDelays.advance(1000);
      const [row, another] = await children;
      assert.ok(row !== undefined && another === undefined);
      assert.deepEqual(
        [row.kind, provider.getTreeItem(row).label, provider.getTreeItem(row).description],
        ['more', 'Loading…', undefined],
      );
      await provider.scheduler.whenIdle();
      provider.getTreeItem(group);
      const refreshed = nextRefresh();
      gate.release();
      assert.deepEqual(await refreshed, [group]);
      assert.deepEqual(kinds(await provider.getChildren(group)), ['group']);
    });

    it('returns rows of other lists for another grouping', async () => {
      await provider.getChildren(await test());
      grouping = 'day';
      const gate = server.hold();
      const top = provider.getChildren();
      await gate.waitForRequests();
      await clockOfDelays.advance(1000);
      assert.deepEqual(kinds(await top), ['group', 'more']);
    });

    it('returns Loading… for a list whose first page a poll loads', async () => {
      await provider.getChildren(await test());
      grouping = 'day';
      filter = { type: 'widget' };
      const gate = server.hold();
      const polling = store.poll(everyType, new AbortController().signal);
      await gate.waitForRequests();
      const top = provider.getChildren();
      await settle();
      await clockOfDelays.advance(1000);
      const [row] = await top;
      assert.ok(row);
      assert.equal(provider.getTreeItem(row).label, 'Loading…');
      gate.release();
      await polling;
    });

    it("reports a clicked row's selection only after the rows have arrived", async () => {
      const gate = server.hold();
      grouping = 'day';
      const top = provider.getChildren();
      await gate.waitForRequests();
      let hasRow = false;
      const clicked = provider.scheduler.clickedNodes(() => (hasRow ? ['row'] : []));
      // Longer than any number of round trips would take.
      for (let trips = 0; trips < 500; trips += 1) await roundTrip();
      hasRow = true;
      gate.release();
      await top;
      assert.deepEqual(await clicked, ['row']);
    });

    it("doesn't delay a reveal", async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.waitForRequests();
      provider.getTreeItem(group);
      server.addConversation();
      const [first] = await provider.getChildren();
      assert.ok(first);
      provider.updateAll();
      const upToDate = provider.scheduler.whenIdle();
      await clockOfDelays.advance(1000);
      await upToDate;
      assert.deepEqual(kinds(await children), ['more']);
    });

    it('resolves pending calls when it is disposed', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.waitForRequests();
      provider.dispose();
      await children;
    });
  });

  it('loads the first page for a search if no group was opened', async () => {
    const { api } = clientFor(server.url);
    store.connect(undefined);
    await searchLoading.more({
      store,
      get model() {
        return provider.model;
      },
      api: () => {
        store.connect(api);
        return Promise.resolve(api);
      },
    });
    assert.ok(store.snapshot.rows.length > 0);
  });
});
