import assert from 'node:assert/strict';
import { serverQuery } from '../../src/core/view/filter';
import type { Filter, Grouping } from '../../src/core/model/query';
import { ConversationStore } from '../../src/core/store/store';
import { waitForEvent } from '../../src/core/util/event';
import type { TreeNode } from '../../src/core/view/treeNodes';
import { searchLoading } from '../../src/shell/commands/loading';
import { ConversationTreeProvider } from '../../src/shell/tree/provider';
import { clientFor } from '../core/api/support/client';
import { ManualClock } from '../core/util/manualClock';
import { startSampleServer, type SampleServer } from '../support/sampleServer';

describe('what VS Code is told of the tree', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let provider: ConversationTreeProvider;
  let patience: ManualClock;
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
      queryOf: (key) => serverQuery(filter, key, clock()),
      defect: (error) => assert.fail(String(error)),
    });
    store.connect(clientFor(server.url).api);
    patience = new ManualClock();
    const source = {
      ready: () => Promise.resolve(true),
      snapshot: () => store.snapshot,
      find: (id: string) => store.find(id),
      open: (key: string) => store.open(key),
      filter: () => filter,
      grouping: () => grouping,
      zone: () => 'UTC',
      isNew: () => false,
      annotationOf: () => undefined,
    };
    provider = new ConversationTreeProvider(source, patience);
    store.onDidChange(() => provider.update());
  });

  afterEach(async () => {
    provider.dispose();
    store.dispose();
    await server.close();
  });

  it('is the group’s conversations by the filter as it is now, also where it was changed while they were read', async () => {
    const gate = server.hold();
    const first = test();
    await gate.arrived();
    await patience.advance(400);
    const children = provider.getChildren(await first);
    filter = { dates: { kind: 'lastDays', days: 3650 } };
    store.requery();
    server.release();
    assert.ok((await children).some(({ kind }) => kind === 'group'));
    assert.equal(server.listQueries().length, 2);
    assert.ok(server.listQueries()[1]?.['date_from']);
  });

  it('is the one object for a node that it was given last, and again after everything is told anew', async () => {
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

  it('is nothing where a poll finds nothing new, and one change where it does', async () => {
    const group = await test();
    await provider.getChildren(group);
    provider.getTreeItem(group);
    await provider.scheduler.whenIdle();
    let told = 0;
    provider.onDidChangeTreeData(() => (told += 1));
    const { signal } = new AbortController();
    await store.poll('test', signal);
    provider.update();
    await provider.scheduler.whenIdle();
    assert.equal(told, 0);
    server.addConversation();
    await store.poll('test', signal);
    await provider.scheduler.whenIdle();
    assert.equal(told, 1);
  });

  describe('while a server takes long', () => {
    const kinds = (nodes: readonly TreeNode[]): string[] => [...new Set(nodes.map(({ kind }) => kind))];
    const whatsapp = async (): Promise<TreeNode> => {
      const group = (await provider.getChildren()).find((node) => node.kind === 'group' && node.list === 'whatsapp');
      assert.ok(group);
      return group;
    };
    const toldOf = (): Promise<TreeNode | TreeNode[] | undefined> => waitForEvent(provider.onDidChangeTreeData);

    it('is of none for a group that another grouping has not, and then the whole tree', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.arrived();
      const told = toldOf();
      grouping = 'day';
      provider.update();
      assert.deepEqual(await children, []);
      assert.equal(await told, undefined);
    });

    it('is of none for a group that the filter leaves out, and asks the server for no more of it', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.arrived();
      const told = toldOf();
      filter = { type: 'test' };
      store.requery();
      provider.update();
      assert.deepEqual(await children, []);
      assert.equal(await told, undefined);
      assert.deepEqual(await provider.getChildren(group), []);
      assert.deepEqual(
        server.listQueries().map(({ type }) => type),
        ['test', 'whatsapp'],
      );
    });

    it('is the top of the grouping as it is now, where it was another when it was asked for', async () => {
      const gate = server.hold(({ query }) => query['type'] === undefined);
      grouping = 'day';
      const top = provider.getChildren();
      await gate.arrived();
      grouping = 'type';
      provider.update();
      const [first] = await top;
      assert.ok(first?.kind === 'group' && first.list === 'test');
    });

    it('is the top of another grouping with its own list, where the first conversations of the one before take long', async () => {
      const gate = server.hold(({ query }) => query['type'] === 'test');
      const top = provider.getChildren();
      await gate.arrived();
      grouping = 'day';
      provider.update();
      await patience.advance(400);
      const last = (await top).at(-1);
      assert.ok(last?.kind === 'more' && last.list === '*');
    });

    it('is a row that says so, and the conversations as soon as they come', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.arrived();
      await patience.advance(1000);
      const [row, another] = await children;
      assert.ok(row !== undefined && another === undefined);
      assert.deepEqual(
        [row.kind, provider.getTreeItem(row).label, provider.getTreeItem(row).description],
        ['more', 'Loading…', undefined],
      );
      await provider.scheduler.whenIdle();
      provider.getTreeItem(group);
      const told = toldOf();
      gate.release();
      assert.deepEqual(await told, [group]);
      assert.deepEqual(kinds(await provider.getChildren(group)), ['group']);
    });

    it('is what other lists brought, where it is grouped otherwise', async () => {
      await provider.getChildren(await test());
      grouping = 'day';
      const gate = server.hold();
      const top = provider.getChildren();
      await gate.arrived();
      await patience.advance(1000);
      assert.deepEqual(kinds(await top), ['group', 'more']);
    });

    it('keeps no reveal waiting', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.arrived();
      provider.getTreeItem(group);
      server.addConversation();
      const [first] = await provider.getChildren();
      assert.ok(first);
      provider.updateAll();
      const upToDate = provider.scheduler.whenIdle();
      await patience.advance(1000);
      await upToDate;
      assert.deepEqual(kinds(await children), ['more']);
    });

    it('is nothing more after its end', async () => {
      const group = await whatsapp();
      const gate = server.hold();
      const children = provider.getChildren(group);
      await gate.arrived();
      provider.dispose();
      await children;
    });
  });

  it('has a search read the first page where nothing was looked at before', async () => {
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
