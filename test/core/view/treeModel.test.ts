import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Filter, Grouping } from '../../../src/core/model/query';
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
    barren: 0,
    mayLackRows: false,
    ...facts,
  };
}

interface Given {
  readonly rows?: readonly Conversation[];
  readonly lists?: readonly ListSnapshot[];
  readonly grouping?: Grouping;
  readonly filter?: Filter;
  readonly limit?: number;
}

function model({ rows = [], lists = [], grouping = 'type', filter = {}, limit = 200 }: Given): TreeModel {
  const snapshot: StoreSnapshot = { generation: 1, rows, lists: new Map(lists.map((list) => [list.key, list])) };
  return new TreeModel(snapshot, { grouping, filter, now, zone: 'UTC', limitOf: () => limit });
}

function drawn(tree: TreeModel, parent?: TreeNode, depth = 0): string[] {
  return tree.children(parent).flatMap((node) => {
    const name = node.kind === 'group' ? Object.values(node.path.at(-1) ?? {}).join(' ') : nameOf(node);
    return [`${'  '.repeat(depth)}${name}`, ...drawn(tree, node, depth + 1)];
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
  for (const at of path) found = tree.children(found)[at];
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
    it('shows the documented types in their order, then what the server invents; newest first within', () => {
      assert.deepEqual(drawn(model({ rows, lists: [listOf('test')] })), [
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

    it('shows the filtered type alone', () => {
      assert.deepEqual(drawn(model({ rows, lists: [listOf('test')], filter: { type: 'test', text: 'other' } })), [
        'type test',
        '  assistant b',
        '    other',
      ]);
    });

    it('has the filtered type as a node of its own, which is open where the type stood closed among others', () => {
      const given = { rows, lists: [listOf('test')] };
      const only = model({ ...given, filter: { type: 'test' } });
      assert.notEqual(groupAt(only, 0).id, groupAt(model(given), 0).id);
      assert.deepEqual(only.locate('old')?.node.parent, groupAt(only, 0, 0));
    });

    it('tells whether conversations of types that the server invented are not loaded', () => {
      const types = ['test', 'widget', 'whatsapp', 'api'].map((key) => listOf(key));
      const four = rows.filter(({ type }) => type === 'test');
      const others = (lists: readonly ListSnapshot[], filter: Filter = {}): number | undefined =>
        model({ rows: four, lists, filter }).unreadOfOtherTypes;
      assert.equal(others(types), undefined, 'no list has them');
      assert.equal(others([...types, listOf(everyType, { hasMore: true, total: 6 })]), 3);
      assert.equal(others([...types, listOf(everyType, { hasMore: true, total: 3 })]), 0);
      assert.equal(others([...types, listOf(everyType, { hasMore: true })]), undefined, 'cursors tell no total');
      assert.equal(others([...types, listOf(everyType)]), 0, 'all are loaded');
      assert.equal(others(types, { type: 'test' }), 0, 'nobody looks at other types');
    });

    it('counts no day that the filter does not have, though the server is asked for more', () => {
      const dates = { kind: 'between', from: '2026-11-22', to: '2026-11-22' } as const;
      const given = { rows, filter: { dates } };
      const unfinished = model({ ...given, lists: [listOf('test', { hasMore: true, loaded: 3, total: 68 })] });
      assert.deepEqual(unfinished.count(groupAt(unfinished, 0)), { kind: 'atLeast', loaded: 1 });
      assert.deepEqual(unfinished.progress('test'), { loaded: 1, total: undefined });
      assert.equal(unfinished.unread('test'), 65);
      const whole = model({ ...given, lists: [listOf('test', { loaded: 3, total: 3 })] });
      assert.deepEqual(whole.count(groupAt(whole, 0)), { kind: 'all', count: 1 });
      const none = model({
        rows: [],
        filter: { dates },
        lists: [listOf('test', { hasMore: true, loaded: 30, total: 68 })],
      });
      const [notice] = none.children(groupAt(none, 0));
      assert.deepEqual(notice?.kind === 'notice' && none.notice(notice), {
        kind: 'noneMatchYet',
        loaded: 30,
        unread: 38,
      });
    });

    it('ends an unfinished list with its load-more node, inside its type', () => {
      const tree = model({ rows, lists: [listOf('test', { hasMore: true, total: 68 })] });
      assert.equal(tree.children(groupAt(tree, 0)).at(-1)?.kind, 'more');
      assert.deepEqual(tree.progress('test'), { loaded: 3, total: 68 });
    });

    it('ends a list that is being opened with it too, below what other lists brought, and no other that was not read', () => {
      const tree = model({
        rows,
        lists: [
          listOf('test', { read: false, hasMore: true, state: { kind: 'busy', work: 'open' } }),
          listOf('widget', { read: false, hasMore: true, state: { kind: 'unopened' } }),
        ],
      });
      assert.deepEqual(drawn(tree).slice(0, 7), [
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

  it('grouped by assistant, has types within, and the load-more node at the root', () => {
    const tree = model({ rows, grouping: 'assistant', lists: [listOf(everyType, { hasMore: true })] });
    assert.deepEqual(drawn(tree), [
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

  it('grouped by day, lists the conversations of a day, and what has no readable time last', () => {
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

  it('gives every node its own id, in every grouping', () => {
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

  it('has nodes for types and assistants of any text, each its own, halves of a surrogate pair too', () => {
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

  it('keeps its nodes under a filter by type where that is not what it is grouped by, so that what was closed stays so', () => {
    for (const grouping of ['assistant', 'day'] as const) {
      const [all] = model({ rows, grouping }).children();
      const [filtered] = model({ rows, grouping, filter: { type: 'test' } }).children();
      assert.equal(filtered?.id, all?.id);
    }
  });

  it('reads a list for each type, or, where it is not grouped by type, one for all', () => {
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

  it('has the rows as they are before the filter, the newest first, and any of them by its id', () => {
    const tree = model({ rows, filter: { text: 'other' } });
    assert.deepEqual(
      tree.newest.map(({ row: { id } }) => id),
      ['new', 'other', 'stray', 'old'],
    );
    assert.equal(tree.find('old'), rows[0]);
    assert.equal(tree.find('unknown'), undefined);
  });

  it('asks the one who knows rows by their id, where there is one', () => {
    const known = row({ id: 'known' });
    const query = { grouping: 'type', filter: {}, now, zone: 'UTC', limitOf: () => 200 } as const;
    const tree = new TreeModel(
      { generation: 1, rows, lists: new Map() },
      { ...query, find: (id) => (id === 'known' ? known : undefined) },
    );
    assert.equal(tree.find('known'), known);
    assert.equal(tree.find('old'), undefined);
  });

  it('bounds what a group shows, and says how much is left', () => {
    const many = Array.from({ length: 7 }, (_, at) => row({ id: `row ${at}`, type: 'test', assistantId: 'a' }));
    const tree = model({ rows: many, lists: [listOf('test')], limit: 3 });
    const group = groupAt(tree, 0, 0);
    assert.deepEqual(
      tree.children(group).map(({ kind }) => kind),
      ['conversation', 'conversation', 'conversation', 'rest'],
    );
    assert.equal(tree.rest(group), 4);
  });

  it('locates a conversation in its group, in every grouping, and not one that the filter hides', () => {
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

    it('are silent before anything was read', () => {
      const tree = model({});
      assert.deepEqual(tree.count(groupAt(tree, 0)), { kind: 'unread' });
    });

    it('never let a part look like the whole', () => {
      assert.deepEqual(count({ hasMore: true, total: 68 }), { kind: 'of', loaded: 3, total: 68 });
      assert.deepEqual(count({ hasMore: true }), { kind: 'atLeast', loaded: 3 });
      assert.deepEqual(count({ hasMore: true, total: 68 }, {}, [0, 0]), { kind: 'loaded', count: 2 });
      assert.deepEqual(count({}), { kind: 'all', count: 3 });
      assert.deepEqual(count({}, {}, [0, 0]), { kind: 'all', count: 2 });
    });

    it("are not the server's total where rows were filtered out, or may yet be", () => {
      const filtered = { kind: 'matching', count: 1, loaded: 3, complete: false };
      assert.deepEqual(count({ hasMore: true, total: 68 }, { text: 'other' }), filtered);
      assert.deepEqual(count({ hasMore: true, total: 68 }, { minMessages: 0 }), { ...filtered, count: 3 });
    });

    it('tell no total that is less than what is loaded, nor one that would say that nothing remains', () => {
      for (const total of [2, 3]) {
        assert.deepEqual(count({ hasMore: true, total }), { kind: 'atLeast', loaded: 3 });
        assert.deepEqual(model({ rows, lists: [listOf('test', { hasMore: true, total })] }).progress('test'), {
          loaded: 3,
          total: undefined,
        });
      }
    });

    it('are of what matches, also where the server was asked for it and other lists brought more', () =>
      assert.deepEqual(count({}, { assistant: { uuid: 'b', serverId: 7, name: 'Desk' } }), {
        kind: 'matching',
        count: 1,
        loaded: 3,
        complete: true,
      }));

    it('are of its own rows alone where a server calls a type like the list of all', () => {
      const tree = model({ rows: [...rows, row({ id: 'odd', type: everyType })], lists: [listOf(everyType)] });
      assert.deepEqual(tree.count(groupAt(tree, 4)), { kind: 'all', count: 1 });
    });

    it('tell how many of a group are such as asked for', () => {
      const tree = model({ rows });
      const isSuch = (id: string): boolean => id !== 'old';
      assert.equal(tree.countIn(groupAt(tree, 0), isSuch), 2);
      assert.equal(tree.countIn(groupAt(tree, 0, 0), isSuch), 1);
    });

    it('tell how much of a list is loaded, whatever list brought it, and whether it was read or not', () => {
      const tree = model({ rows, lists: [listOf('test', { total: 68 })] });
      assert.deepEqual(tree.progress('test'), { loaded: 3, total: 68 });
      assert.deepEqual(tree.progress('telegram'), { loaded: 1, total: undefined });
      assert.deepEqual(tree.progress('api'), { loaded: 0, total: undefined });
      assert.equal(tree.loadedIn(['test', 'telegram', 'api']), 4);
    });

    it('tell of the list of every type all that is loaded, or all of the filter’s type', () => {
      const progress = (filter: Filter): unknown =>
        model({ rows, grouping: 'day', filter, lists: [listOf(everyType, { hasMore: true, total: 68 })] }).progress(
          everyType,
        );
      assert.deepEqual(progress({}), { loaded: 4, total: 68 });
      assert.deepEqual(progress({ type: 'telegram' }), { loaded: 1, total: 68 });
      assert.deepEqual(progress({ text: 'old' }), { loaded: 4, total: 68 });
    });

    it('of rows that strayed in from another list say that more may be there', () => {
      const tree = model({ rows: [row({ id: 'w', type: 'widget' })], lists: [listOf('test')] });
      assert.deepEqual(tree.count(groupAt(tree, 1)), { kind: 'loaded', count: 1 });
    });
  });

  describe('an empty group says why', () => {
    const said = (list: Partial<ListSnapshot>, filter: Filter = {}, given: readonly Conversation[] = []): unknown => {
      const tree = model({ rows: given, lists: [listOf('test', list)], filter });
      return tree.children(groupAt(tree, 0)).map((node) => (node.kind === 'notice' ? tree.notice(node) : node.kind));
    };

    it('nothing there', () => assert.deepEqual(said({}), [{ kind: 'empty', type: 'test' }]));

    it('nothing there of any type, or of the filtered one', () => {
      for (const type of [undefined, 'api']) {
        const tree = model({
          grouping: 'assistant',
          filter: type === undefined ? {} : { type },
          lists: [listOf(everyType)],
        });
        assert.deepEqual(
          tree.children().map((node) => node.kind === 'notice' && tree.notice(node)),
          [{ kind: 'empty', type }],
        );
      }
    });

    it('filtered to nothing', () => assert.deepEqual(said({}, { text: 'x' }, rows), [{ kind: 'nothingMatches' }]));

    it('filtered to nothing so far', () =>
      assert.deepEqual(said({ hasMore: true, total: 68 }, { text: 'x' }, rows), [
        { kind: 'noneMatchYet', loaded: 3, unread: 65 },
        'more',
      ]));

    it('filtered to nothing so far, of a list whose length the server does not tell', () =>
      assert.deepEqual(said({ hasMore: true }, { text: 'x' }, rows), [
        { kind: 'noneMatchYet', loaded: 3, unread: undefined },
        'more',
      ]));

    it('a filter by type alone is no reason', () =>
      assert.deepEqual(said({}, { type: 'test' }), [{ kind: 'empty', type: 'test' }]));

    it('failed', () => {
      const error = new ApiError({ kind: 'network', origin: 'http://127.0.0.1' });
      const state = { kind: 'failed', work: 'open', error } as const;
      assert.deepEqual(said({ state, read: false }), [{ kind: 'failed', failure: state }]);
    });

    it('failed while all of it was to be read, before a page came that could say so', () => {
      const error = new ApiError({ kind: 'network', origin: 'http://127.0.0.1' });
      const state = { kind: 'failed', work: 'all', error } as const;
      assert.deepEqual(said({ state, read: false, hasMore: true }), [{ kind: 'failed', failure: state }]);
    });

    it('rows that could not be understood are said beside the others', () =>
      assert.deepEqual(said({ rejected: 2 }, {}, rows), ['group', 'group', { kind: 'rejected', count: 2 }]));

    it('says that rows may be missing, below the groups, and counts no such list as whole', () => {
      assert.deepEqual(said({ mayLackRows: true }, {}, rows), ['group', 'group', { kind: 'mayLackRows' }]);
      const tree = model({ rows, lists: [listOf('test', { loaded: 3, mayLackRows: true })] });
      assert.deepEqual(tree.count(groupAt(tree, 0)), { kind: 'atLeast', loaded: 3 });
    });

    it('a failed refresh is said above the rows; a failed load-more or Load All by its own node', () => {
      const error = new ApiError({ kind: 'server', origin: 'http://127.0.0.1', status: 500 });
      const failed = (work: 'refresh' | 'more' | 'all') => ({
        state: { kind: 'failed', work, error } as const,
        hasMore: true,
      });
      assert.deepEqual(said(failed('refresh'), {}, rows), [
        { kind: 'failed', failure: failed('refresh').state },
        'group',
        'group',
        'more',
      ]);
      for (const work of ['more', 'all'] as const)
        assert.deepEqual(said(failed(work), {}, rows), ['group', 'group', 'more']);
    });
  });

  it('goes from each conversation to the next and back, in the order that is drawn, over groups and what is not shown', () => {
    const rows = [
      row({ id: 'old', assistantId: 'a', createdAt: '2026-11-20 10:00:00' }),
      row({ id: 'new', assistantId: 'a', createdAt: '2026-11-22 10:00:00' }),
      row({ id: 'other', assistantId: 'b', createdAt: '2026-11-21 10:00:00' }),
      row({ id: 'widget', type: 'widget' }),
    ];
    for (const grouping of ['type', 'assistant', 'day'] as const) {
      const tree = model({ rows, lists: [listOf('test'), listOf('widget'), listOf(everyType)], grouping });
      const order = drawn(tree)
        .map((line) => line.trim())
        .filter((line) => rows.some(({ id }) => id === line));
      assert.equal(order.length, rows.length);
      const limited = model({ rows, lists: [listOf('test', { hasMore: true })], grouping, limit: 1 });
      order.forEach((id, at) => {
        assert.equal(limited.neighbour(id, 1), order[at + 1]);
        assert.equal(limited.neighbour(id, -1), order[at - 1]);
      });
    }
    assert.equal(model({ rows }).neighbour('unknown', 1), undefined);
  });

  it('goes on among what the filter shows, in the order that it is drawn in then', () => {
    const rows = [
      row({ id: 'hidden', assistantId: 'a', createdAt: '2026-11-23 10:00:00', messageCount: 1 }),
      row({ id: 'first', assistantId: 'b', createdAt: '2026-11-22 10:00:00' }),
      row({ id: 'second', assistantId: 'a', createdAt: '2026-11-21 10:00:00' }),
    ];
    const tree = model({ rows, filter: { minMessages: 2 } });
    assert.equal(tree.neighbour('first', 1), 'second');
    assert.equal(tree.neighbour('second', -1), 'first');
  });

  it('goes from a conversation that the filter hides to those that stood nearest, and from one that is gone nowhere', () => {
    const rows = ['a', 'b', 'hidden', 'also hidden', 'c', 'd'].map((id, at) =>
      row({ id, createdAt: `2026-11-2${9 - at} 10:00:00`, messageCount: id.endsWith('hidden') ? 1 : 4 }),
    );
    const tree = model({ rows, filter: { minMessages: 2 } });
    assert.equal(tree.neighbour('hidden', 1), 'c');
    assert.equal(tree.neighbour('hidden', -1), 'b');
    assert.equal(tree.neighbour('also hidden', -1), 'b');
    assert.equal(tree.neighbour('gone', 1), undefined);
  });

  it('tells apart two assistants of one name', () => {
    const twins = [
      row({ assistantId: 'a', assistantName: 'Desk' }),
      row({ id: '2', assistantId: 'b', assistantName: 'Desk' }),
    ];
    assert.ok(model({ rows: twins }).sharesName('a'));
    assert.equal(model({ rows: twins.slice(0, 1) }).sharesName('a'), false);
    const nameless = twins.map((twin) => ({ ...twin, assistantName: undefined }));
    assert.equal(model({ rows: nameless }).sharesName('a'), false, 'a deleted one is called by its id already');
  });

  it('looks at each conversation a few times, however many rows and groups are drawn', () => {
    let looks = 0;
    const many = Array.from({ length: 2000 }, (_, at) => {
      const made = row({ id: `row ${at}`, type: 'test', assistantName: `Bot ${at % 200}` });
      return Object.defineProperty({ ...made }, 'assistantId', {
        enumerable: true,
        get: () => ((looks += 1), `assistant ${at % 200}`),
      });
    });
    const tree = model({ rows: many, lists: [listOf('test')] });
    for (const group of tree.children(groupAt(tree, 0))) {
      assert.equal(tree.children(group.parent).length, 200);
      assert.ok(group.kind === 'group' && tree.count(group).kind === 'all');
      const key = group.path.at(-1);
      assert.equal(key?.by === 'assistant' && tree.sharesName(key.assistantId), false);
      for (const child of tree.children(group))
        assert.ok(child.kind === 'conversation' && tree.find(child.conversationId));
    }
    assert.ok(looks < many.length * 20, `${looks} looks`);
  });
});
