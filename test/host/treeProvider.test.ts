import assert from 'node:assert/strict';
import { rowFilter, serverQuery } from '../../src/core/view/filter';
import type { Filter } from '../../src/core/model/query';
import { ConversationStore } from '../../src/core/store/store';
import type { TreeNode } from '../../src/core/view/treeNodes';
import { searchLoading } from '../../src/shell/commands/loading';
import { ConversationTreeProvider } from '../../src/shell/tree/provider';
import { clientFor } from '../core/api/support/client';
import { startSampleServer, type SampleServer } from '../support/sampleServer';

describe('what VS Code is told of the tree', () => {
  let server: SampleServer;
  let store: ConversationStore;
  let provider: ConversationTreeProvider;
  let filter: Filter;

  const clock = (): { now: number; zone: string } => ({ now: Date.now(), zone: 'UTC' });
  const test = async (): Promise<TreeNode> => {
    const [first] = await provider.getChildren();
    assert.ok(first);
    return first;
  };

  beforeEach(async () => {
    server = await startSampleServer({ fixtures: false });
    filter = {};
    store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (key) => serverQuery(filter, key, clock()),
      defect: (error) => assert.fail(String(error)),
    });
    store.connect(clientFor(server.url).api);
    provider = new ConversationTreeProvider({
      ready: () => Promise.resolve(true),
      snapshot: () => store.snapshot,
      find: (id) => store.find(id),
      open: (key) => store.open(key),
      filter: () => filter,
      grouping: () => 'type',
      zone: () => 'UTC',
      isNew: () => false,
      annotationOf: () => undefined,
    });
    store.onDidChange(() => provider.update());
  });

  afterEach(async () => {
    provider.dispose();
    store.dispose();
    await server.close();
  });

  it('is the group’s conversations by the filter as it is now, also where it was changed while they were read', async () => {
    const gate = server.hold();
    const group = await test();
    const children = provider.getChildren(group);
    await gate.arrived();
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
    await provider.telling.upToDate();
    let told = 0;
    provider.onDidChangeTreeData(() => (told += 1));
    const { signal } = new AbortController();
    await store.poll('test', signal);
    provider.update();
    await provider.telling.upToDate();
    assert.equal(told, 0);
    server.addConversation();
    await store.poll('test', signal);
    await provider.telling.upToDate();
    assert.equal(told, 1);
  });

  it('has a search read the first page where nothing was looked at before', async () => {
    const { api } = clientFor(server.url);
    store.connect(undefined);
    const lists = searchLoading({
      store,
      model: () => provider.model,
      selection: () => [],
      passes: () => rowFilter(filter, clock()) ?? (() => true),
      selectLast: () => Promise.resolve(),
      api: () => {
        store.connect(api);
        return Promise.resolve(api);
      },
    });
    await lists.loadMore();
    assert.ok(store.snapshot.rows.length > 0);
  });
});
