import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Filter, Grouping, Sorting } from '../../../src/core/model/query';
import { everyType, type ListSnapshot, type StoreSnapshot } from '../../../src/core/store/snapshot';
import { TreeModel } from '../../../src/core/view/treeModel';
import type { GroupNode, TreeNode } from '../../../src/core/view/treeNodes';
import { row } from './filterRows';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);

function listOf(key: string, facts: Partial<ListSnapshot> = {}): ListSnapshot {
  return {
    key,
    query: {},
    state: { kind: 'ready' },
    read: true,
    hasMore: false,
    loaded: 0,
    total: undefined,
    rejected: 0,
    rowsWithoutMatch: 0,
    mayLackRows: false,
    ...facts,
  };
}

interface ModelInput {
  readonly rows?: readonly Conversation[];
  readonly lists?: readonly ListSnapshot[];
  readonly grouping?: Grouping;
  readonly filter?: Filter;
  readonly sorting?: Sorting;
  readonly limit?: number;
}

function model({
  rows = [],
  lists = [],
  grouping = 'type',
  filter = {},
  sorting = 'newest',
  limit = 200,
}: ModelInput): TreeModel {
  const snapshot: StoreSnapshot = { generation: 1, rows, lists: new Map(lists.map((list) => [list.key, list])) };
  return new TreeModel(snapshot, { grouping, filter, sorting, now, zone: 'UTC', limitOf: () => limit });
}

function outline(tree: TreeModel, parent?: TreeNode, depth = 0): string[] {
  return tree.children(parent).flatMap((node) => {
    const name = node.kind === 'group' ? Object.values(node.path.at(-1) ?? {}).join(' ') : nameOf(node);
    return [`${'  '.repeat(depth)}${name}`, ...outline(tree, node, depth + 1)];
  });
}

function nameOf(node: Exclude<TreeNode, GroupNode>): string {
  switch (node.kind) {
    case 'conversation':
      return node.conversationId;
    case 'notice':
      return `(${node.about})`;
    default:
      return `[${node.kind}]`;
  }
}

function groupAt(tree: TreeModel, ...path: number[]): GroupNode {
  let found: TreeNode | undefined;
  for (const index of path) found = tree.children(found)[index];
  assert.ok(found?.kind === 'group');
  return found;
}

const rows = [
  row({ id: 'old', type: 'test', assistantId: 'a', createdAt: '2026-11-20 10:00:00' }),
  row({ id: 'new', type: 'test', assistantId: 'a', createdAt: '2026-11-23 11:00:00' }),
  row({ id: 'other', type: 'test', assistantId: 'b', createdAt: '2026-11-22 10:00:00' }),
  row({ id: 'stray', type: 'telegram', assistantId: 'a', createdAt: '2026-11-21 10:00:00' }),
];

describe('The tree model', () => {
  describe('grouped by type', () => {
    it('shows the known types in order, then unknown ones, newest first in each group', () => {
      assert.deepEqual(outline(model({ rows, lists: [listOf('test')] })), [
        'type test',
        '  assistant a',
        '    new',
        '    old',
        '  assistant b',
        '    other',
        'type widget',
        'type whatsapp',
        'type api',
        'type telegram',
        '  assistant a',
        '    stray',
      ]);
    });

    it('sorts the conversations of each group, also for the next conversation and the row to reveal', () => {
      const priced = rows.map((each) => ({ ...each, totalCost: each.id === 'old' ? 2 : 1 }));
      const sorted = model({ rows: priced, lists: [listOf('test')], sorting: 'cost' });
      assert.deepEqual(outline(sorted, groupAt(sorted, 0)), [
        'assistant a',
        '  old',
        '  new',
        'assistant b',
        '  other',
      ]);
      assert.deepEqual([sorted.findNeighbor('old', 1), sorted.locate('old')?.rank], ['new', 0]);
    });

    it('shows only the filtered type', () => {
      assert.deepEqual(outline(model({ rows, lists: [listOf('test')], filter: { type: 'test', text: 'other' } })), [
        'type test',
        '  assistant b',
        '    other',
      ]);
    });

    it('uses another node for the filtered type, so that it is expanded even if the type was collapsed', () => {
      const input = { rows, lists: [listOf('test')] };
      const only = model({ ...input, filter: { type: 'test' } });
      assert.notEqual(groupAt(only, 0).id, groupAt(model(input), 0).id);
      assert.deepEqual(only.locate('old')?.node.parent, groupAt(only, 0, 0));
    });

    it("counts conversations of unknown types that aren't loaded", () => {
      const types = ['test', 'widget', 'whatsapp', 'api'].map((key) => listOf(key));
      const four = rows.filter(({ type }) => type === 'test');
      const others = (lists: readonly ListSnapshot[], filter: Filter = {}): number | undefined =>
        model({ rows: four, lists, filter }).unreadOfOtherTypes;
      assert.equal(others(types), undefined, 'no list contains them');
      assert.equal(others([...types, listOf(everyType, { hasMore: true, total: 6 })]), 3);
      assert.equal(others([...types, listOf(everyType, { hasMore: true, total: 3 })]), 0);
      assert.equal(others([...types, listOf(everyType, { hasMore: true })]), undefined, 'cursors have no total');
      assert.equal(others([...types, listOf(everyType)]), 0, 'all are loaded');
      assert.equal(others(types, { type: 'test' }), 0, 'the filter excludes other types');
    });

    it('counts only days of the filter, although the server query has more', () => {
      const dates = { kind: 'between', from: '2026-11-22', to: '2026-11-22' } as const;
      const input = { rows, filter: { dates } };
      const unfinished = model({ ...input, lists: [listOf('test', { hasMore: true, loaded: 3, total: 68 })] });
      assert.deepEqual(unfinished.count(groupAt(unfinished, 0)), { kind: 'atLeast', loaded: 1 });
      assert.deepEqual(unfinished.progress('test'), { loaded: 1, total: undefined });
      assert.equal(unfinished.countUnread('test'), 65);
      const complete = model({ ...input, lists: [listOf('test', { loaded: 3, total: 3 })] });
      assert.deepEqual(complete.count(groupAt(complete, 0)), { kind: 'all', count: 1 });
      const empty = model({
        rows: [],
        filter: { dates },
        lists: [listOf('test', { hasMore: true, loaded: 30, total: 68 })],
      });
      const [notice] = empty.children(groupAt(empty, 0));
      assert.deepEqual(notice?.kind === 'notice' && empty.findNotice(notice), {
        kind: 'noneMatchYet',
        loaded: 30,
        unread: 38,
      });
    });

    it('ends an incomplete list with a load-more node inside its type', () => {
      const tree = model({ rows, lists: [listOf('test', { hasMore: true, total: 68 })] });
      assert.equal(tree.children(groupAt(tree, 0)).at(-1)?.kind, 'more');
      assert.deepEqual(tree.progress('test'), { loaded: 3, total: 68 });
    });

    it('ends a list that is loading its first page with a load-more node after rows of other lists', () => {
      const tree = model({
        rows,
        lists: [
          listOf('test', { read: false, hasMore: true, state: { kind: 'busy', work: 'open' } }),
          listOf('widget', { read: false, hasMore: true, state: { kind: 'unopened' } }),
        ],
      });
      assert.deepEqual(outline(tree).slice(0, 7), [
        'type test',
        '  assistant a',
        '    new',
        '    old',
        '  assistant b',
        '    other',
        '  [more]',
      ]);
      assert.deepEqual(tree.children(groupAt(tree, 1)), []);
    });
  });

  it('has types inside assistants and the load-more node at the root', () => {
    const tree = model({ rows, grouping: 'assistant', lists: [listOf(everyType, { hasMore: true })] });
    assert.deepEqual(outline(tree), [
      'assistant a',
      '  type test',
      '    new',
      '    old',
      '  type telegram',
      '    stray',
      'assistant b',
      '  type test',
      '    other',
      '[more]',
    ]);
  });

  it('lists conversations by day and those without a valid time last', () => {
    const odd = row({ id: 'odd', createdAt: 'soon' });
    const tree = model({ rows: [odd, ...rows], grouping: 'day', lists: [listOf(everyType)] });
    const [newest] = tree.children();
    assert.deepEqual(
      tree.children(newest).map(({ id }) => id.split('/').at(-1)),
      ['new'],
    );
    assert.deepEqual(
      tree.children(tree.children().at(-1)).map(({ id }) => id.split('/').at(-1)),
      ['odd'],
    );
  });

  it('gives every node a unique ID in every grouping', () => {
    const ids = (['type', 'assistant', 'day'] as const).flatMap((grouping) => {
      const facts = { hasMore: true, rejected: 1, mayLackRows: true };
      const tree = model({
        rows,
        grouping,
        lists: ['test', 'telegram', everyType].map((key) => listOf(key, facts)),
        limit: 1,
      });
      const all = (parent?: TreeNode): string[] => tree.children(parent).flatMap((node) => [node.id, ...all(node)]);
      return all();
    });
    assert.equal(new Set(ids).size, ids.length);
  });

  it('has unique nodes for types and assistants of any text, even unpaired surrogates', () => {
    const odd = ['\ud83d', '\ude00', '\\ud83d', 'a/b', '__proto__', ''];
    const given = odd.flatMap((type) =>
      odd.map((assistantId) => row({ id: JSON.stringify([type, assistantId]), type, assistantId })),
    );
    const tree = model({ rows: given, lists: odd.map((type) => listOf(type)) });
    const groups = tree
      .children()
      .flatMap((type) => [type, ...tree.children(type)])
      .filter(({ kind }) => kind === 'group');
    assert.ok(groups.length >= odd.length * (odd.length + 1));
    assert.equal(new Set(groups.map(({ id }) => id)).size, groups.length);
  });

  it('keeps its nodes when a type filter is set in another grouping, so that collapsed nodes stay collapsed', () => {
    for (const grouping of ['assistant', 'day'] as const) {
      const [all] = model({ rows, grouping }).children();
      const [filtered] = model({ rows, grouping, filter: { type: 'test' } }).children();
      assert.equal(filtered?.id, all?.id);
    }
  });

  it('needs one list per type, or one list of all types in other groupings', () => {
    assert.deepEqual(model({ rows }).lists, ['test', 'widget', 'whatsapp', 'api', 'telegram']);
    assert.deepEqual(model({ rows, filter: { type: 'api' } }).lists, ['api']);
    for (const grouping of ['assistant', 'day'] as const) {
      const tree = model({ rows, grouping, lists: [listOf(everyType)] });
      assert.deepEqual(tree.lists, [everyType]);
      assert.equal(groupAt(tree, 0).list, everyType);
      assert.equal(tree.list(everyType)?.read, true);
      assert.equal(tree.list('test'), undefined);
    }
  });

  it('provides all rows before filtering, newest first, and finds them by ID', () => {
    const tree = model({ rows, filter: { text: 'other' } });
    assert.deepEqual(
      tree.newest.map(({ row: { id } }) => id),
      ['new', 'other', 'stray', 'old'],
    );
    assert.equal(tree.find('old'), rows[0]);
    assert.equal(tree.find('unknown'), undefined);
  });

  it('finds rows with the given function if there is one', () => {
    const known = row({ id: 'known' });
    const query = { grouping: 'type', filter: {}, now, zone: 'UTC', limitOf: () => 200 } as const;
    const tree = new TreeModel(
      { generation: 1, rows, lists: new Map() },
      { ...query, find: (id) => (id === 'known' ? known : undefined) },
    );
    assert.equal(tree.find('known'), known);
    assert.equal(tree.find('old'), undefined);
  });

  it('limits the rows of a group and counts the rest', () => {
    const many = Array.from({ length: 7 }, (_, index) => row({ id: `row ${index}`, type: 'test', assistantId: 'a' }));
    const tree = model({ rows: many, lists: [listOf('test')], limit: 3 });
    const group = groupAt(tree, 0, 0);
    assert.deepEqual(
      tree.children(group).map(({ kind }) => kind),
      ['conversation', 'conversation', 'conversation', 'rest'],
    );
    assert.equal(tree.countHidden(group), 4);
  });

  it('locates a conversation in its group in every grouping unless the filter hides it', () => {
    for (const grouping of ['type', 'assistant', 'day'] as const) {
      const found = model({ rows, grouping }).locate('old');
      assert.equal(found?.node.conversationId, 'old');
      assert.equal(found.rank, grouping === 'day' ? 0 : 1);
      const siblings = model({ rows, grouping }).children(found.node.parent);
      assert.ok(siblings.some(({ id }) => id === found.node.id));
    }
    assert.equal(model({ rows, filter: { text: 'other' } }).locate('old'), undefined);
  });

  describe('counts', () => {
    const count = (list: Partial<ListSnapshot>, filter: Filter = {}, path = [0]): unknown => {
      const tree = model({ rows, lists: [listOf('test', list)], filter });
      return tree.count(groupAt(tree, ...path));
    };

    it('are unknown before anything is loaded', () => {
      const tree = model({});
      assert.deepEqual(tree.count(groupAt(tree, 0)), { kind: 'unread' });
    });

    it('never make a part look complete', () => {
      assert.deepEqual(count({ hasMore: true, total: 68 }), { kind: 'of', loaded: 3, total: 68 });
      assert.deepEqual(count({ hasMore: true }), { kind: 'atLeast', loaded: 3 });
      assert.deepEqual(count({ hasMore: true, total: 68 }, {}, [0, 0]), { kind: 'loaded', count: 2 });
      assert.deepEqual(count({}), { kind: 'all', count: 3 });
      assert.deepEqual(count({}, {}, [0, 0]), { kind: 'all', count: 2 });
    });

    it("aren't the server's total if rows are filtered", () => {
      const filtered = { kind: 'matching', count: 1, loaded: 3, complete: false };
      assert.deepEqual(count({ hasMore: true, total: 68 }, { text: 'other' }), filtered);
      assert.deepEqual(count({ hasMore: true, total: 68 }, { minMessages: 0 }), { ...filtered, count: 3 });
    });

    it("ignore totals that don't exceed the loaded rows of an incomplete list", () => {
      for (const total of [2, 3]) {
        assert.deepEqual(count({ hasMore: true, total }), { kind: 'atLeast', loaded: 3 });
        assert.deepEqual(model({ rows, lists: [listOf('test', { hasMore: true, total })] }).progress('test'), {
          loaded: 3,
          total: undefined,
        });
      }
    });

    it('include only matches, even if the server filtered and other lists added rows', () =>
      assert.deepEqual(count({}, { assistant: { uuid: 'b', serverId: 7, name: 'Desk' } }), {
        kind: 'matching',
        count: 1,
        loaded: 3,
        complete: true,
      }));

    it('include only its own rows for a type named like the list of all types', () => {
      const tree = model({ rows: [...rows, row({ id: 'odd', type: everyType })], lists: [listOf(everyType)] });
      assert.deepEqual(tree.count(groupAt(tree, 4)), { kind: 'all', count: 1 });
    });

    it('can be limited to rows of a predicate', () => {
      const tree = model({ rows });
      const isIncluded = (id: string): boolean => id !== 'old';
      assert.equal(tree.countIn(groupAt(tree, 0), isIncluded), 2);
      assert.equal(tree.countIn(groupAt(tree, 0, 0), isIncluded), 1);
    });

    it('contain loaded rows of any list, whether its own list was loaded or not', () => {
      const tree = model({ rows, lists: [listOf('test', { total: 68 })] });
      assert.deepEqual(tree.progress('test'), { loaded: 3, total: 68 });
      assert.deepEqual(tree.progress('telegram'), { loaded: 1, total: undefined });
      assert.deepEqual(tree.progress('api'), { loaded: 0, total: undefined });
      assert.equal(tree.countLoadedIn(['test', 'telegram', 'api']), 4);
    });

    it("contain all loaded rows, or those of the filter's type, for the list of all types", () => {
      const progress = (filter: Filter): unknown =>
        model({ rows, grouping: 'day', filter, lists: [listOf(everyType, { hasMore: true, total: 68 })] }).progress(
          everyType,
        );
      assert.deepEqual(progress({}), { loaded: 4, total: 68 });
      assert.deepEqual(progress({ type: 'telegram' }), { loaded: 1, total: 68 });
      assert.deepEqual(progress({ text: 'old' }), { loaded: 4, total: 68 });
    });

    it('show that more may exist for rows loaded by another list', () => {
      const tree = model({ rows: [row({ id: 'w', type: 'widget' })], lists: [listOf('test')] });
      assert.deepEqual(tree.count(groupAt(tree, 1)), { kind: 'loaded', count: 1 });
    });
  });

  describe('an empty group', () => {
    const createNotices = (
      list: Partial<ListSnapshot>,
      filter: Filter = {},
      rows: readonly Conversation[] = [],
    ): unknown => {
      const tree = model({ rows, lists: [listOf('test', list)], filter });
      return tree
        .children(groupAt(tree, 0))
        .map((node) => (node.kind === 'notice' ? tree.findNotice(node) : node.kind));
    };

    it('shows that it is empty', () => assert.deepEqual(createNotices({}), [{ kind: 'empty', type: 'test' }]));

    it('shows that it is empty for all types and for the filtered one', () => {
      for (const type of [undefined, 'api']) {
        const tree = model({
          grouping: 'assistant',
          filter: type === undefined ? {} : { type },
          lists: [listOf(everyType)],
        });
        assert.deepEqual(
          tree.children().map((node) => node.kind === 'notice' && tree.findNotice(node)),
          [{ kind: 'empty', type }],
        );
      }
    });

    it('shows that nothing matches', () =>
      assert.deepEqual(createNotices({}, { text: 'x' }, rows), [{ kind: 'nothingMatches' }]));

    it('shows that nothing matches yet', () =>
      assert.deepEqual(createNotices({ hasMore: true, total: 68 }, { text: 'x' }, rows), [
        { kind: 'noneMatchYet', loaded: 3, unread: 65 },
        'more',
      ]));

    it('shows that nothing matches yet in a list of unknown length', () =>
      assert.deepEqual(createNotices({ hasMore: true }, { text: 'x' }, rows), [
        { kind: 'noneMatchYet', loaded: 3, unread: undefined },
        'more',
      ]));

    it("doesn't blame a filter that has only a type", () =>
      assert.deepEqual(createNotices({}, { type: 'test' }), [{ kind: 'empty', type: 'test' }]));

    it('shows that loading failed', () => {
      const error = new ApiError({ kind: 'network', origin: 'http://127.0.0.1' });
      const state = { kind: 'failed', work: 'open', error } as const;
      assert.deepEqual(createNotices({ state, read: false }), [{ kind: 'failed', failure: state }]);
    });

    it('shows that Load All failed before its first page', () => {
      const error = new ApiError({ kind: 'network', origin: 'http://127.0.0.1' });
      const state = { kind: 'failed', work: 'all', error } as const;
      assert.deepEqual(createNotices({ state, read: false, hasMore: true }), [{ kind: 'failed', failure: state }]);
    });

    it('reports rejected rows after the groups', () =>
      assert.deepEqual(createNotices({ rejected: 2 }, {}, rows), ['group', 'group', { kind: 'rejected', count: 2 }]));

    it("reports possibly missing rows after the groups and doesn't count the list as complete", () => {
      assert.deepEqual(createNotices({ mayLackRows: true }, {}, rows), ['group', 'group', { kind: 'mayLackRows' }]);
      const tree = model({ rows, lists: [listOf('test', { loaded: 3, mayLackRows: true })] });
      assert.deepEqual(tree.count(groupAt(tree, 0)), { kind: 'atLeast', loaded: 3 });
    });

    it('reports a failed refresh before the rows, and a failed load in its own node', () => {
      const error = new ApiError({ kind: 'server', origin: 'http://127.0.0.1', status: 500 });
      const failedList = (work: 'refresh' | 'more' | 'all') => ({
        state: { kind: 'failed', work, error } as const,
        hasMore: true,
      });
      assert.deepEqual(createNotices(failedList('refresh'), {}, rows), [
        { kind: 'failed', failure: failedList('refresh').state },
        'group',
        'group',
        'more',
      ]);
      for (const work of ['more', 'all'] as const)
        assert.deepEqual(createNotices(failedList(work), {}, rows), ['group', 'group', 'more']);
    });
  });

  it('moves from each conversation to the next and back in display order, across groups and limits', () => {
    const rows = [
      row({ id: 'old', assistantId: 'a', createdAt: '2026-11-20 10:00:00' }),
      row({ id: 'new', assistantId: 'a', createdAt: '2026-11-22 10:00:00' }),
      row({ id: 'other', assistantId: 'b', createdAt: '2026-11-21 10:00:00' }),
      row({ id: 'widget', type: 'widget' }),
    ];
    for (const grouping of ['type', 'assistant', 'day'] as const) {
      const tree = model({ rows, lists: [listOf('test'), listOf('widget'), listOf(everyType)], grouping });
      const order = outline(tree)
        .map((line) => line.trim())
        .filter((line) => rows.some(({ id }) => id === line));
      assert.equal(order.length, rows.length);
      const limited = model({ rows, lists: [listOf('test', { hasMore: true })], grouping, limit: 1 });
      order.forEach((id, index) => {
        assert.equal(limited.findNeighbor(id, 1), order[index + 1]);
        assert.equal(limited.findNeighbor(id, -1), order[index - 1]);
      });
    }
    assert.equal(model({ rows }).findNeighbor('unknown', 1), undefined);
  });

  it('moves among the filtered conversations in display order', () => {
    const rows = [
      row({ id: 'hidden', assistantId: 'a', createdAt: '2026-11-23 10:00:00', messageCount: 1 }),
      row({ id: 'first', assistantId: 'b', createdAt: '2026-11-22 10:00:00' }),
      row({ id: 'second', assistantId: 'a', createdAt: '2026-11-21 10:00:00' }),
    ];
    const tree = model({ rows, filter: { minMessages: 2 } });
    assert.equal(tree.findNeighbor('first', 1), 'second');
    assert.equal(tree.findNeighbor('second', -1), 'first');
  });

  it('moves from a hidden conversation to its nearest neighbors, and from a removed one nowhere', () => {
    const rows = ['a', 'b', 'hidden', 'also hidden', 'c', 'd'].map((id, index) =>
      row({ id, createdAt: `2026-11-2${9 - index} 10:00:00`, messageCount: id.endsWith('hidden') ? 1 : 4 }),
    );
    const tree = model({ rows, filter: { minMessages: 2 } });
    assert.equal(tree.findNeighbor('hidden', 1), 'c');
    assert.equal(tree.findNeighbor('hidden', -1), 'b');
    assert.equal(tree.findNeighbor('also hidden', -1), 'b');
    assert.equal(tree.findNeighbor('gone', 1), undefined);
  });

  it('detects assistants that share a name', () => {
    const twins = [
      row({ assistantId: 'a', assistantName: 'Desk' }),
      row({ id: '2', assistantId: 'b', assistantName: 'Desk' }),
    ];
    assert.ok(model({ rows: twins }).hasSharedName('a'));
    assert.equal(model({ rows: twins.slice(0, 1) }).hasSharedName('a'), false);
    const nameless = twins.map((twin) => ({ ...twin, assistantName: undefined }));
    assert.equal(model({ rows: nameless }).hasSharedName('a'), false, 'unnamed assistants are already shown by ID');
  });

  it('reads each conversation only a few times, however many rows and groups are rendered', () => {
    let readCount = 0;
    const many = Array.from({ length: 2000 }, (_, index) => {
      const conversation = row({ id: `row ${index}`, type: 'test', assistantName: `Bot ${index % 200}` });
      return Object.defineProperty({ ...conversation }, 'assistantId', {
        enumerable: true,
        get: () => ((readCount += 1), `assistant ${index % 200}`),
      });
    });
    const tree = model({ rows: many, lists: [listOf('test')] });
    for (const group of tree.children(groupAt(tree, 0))) {
      assert.equal(tree.children(group.parent).length, 200);
      assert.ok(group.kind === 'group' && tree.count(group).kind === 'all');
      const key = group.path.at(-1);
      assert.equal(key?.by === 'assistant' && tree.hasSharedName(key.assistantId), false);
      for (const child of tree.children(group))
        assert.ok(child.kind === 'conversation' && tree.find(child.conversationId));
    }
    assert.ok(readCount < many.length * 20, `${readCount} reads`);
  });
});
