import type { Conversation } from '../../../src/core/model/conversation';
import { groupings, type Filter, type Grouping } from '../../../src/core/model/query';
import { wordsOf } from '../../../src/core/text/fold';
import { rowFilter } from '../../../src/core/view/filter';
import { inSlices } from '../../../src/core/util/slices';
import { findInSteps, type FoundConversations } from '../../../src/core/view/find';
import { newestFirst, RowOrder } from '../../../src/core/view/rowOrder';
import { searchTextOf } from '../../../src/core/view/searchText';
import { TreeModel } from '../../../src/core/view/treeModel';
import type { TreeNode } from '../../../src/core/view/treeNodes';
import type { Figure } from '../support/figure';
import { heapUsed } from '../support/heap';
import { decodedRows } from '../support/rows';
import { inTurns, longestBlock, percentile, timed } from '../support/statistics';

const queries = ['ines', 'jonas weber', 'assistant 3', 'r-1500', 'zoe', 'delivery', 'no such thing', '0001f'];
const clock = { now: Date.UTC(2026, 10, 21), zone: 'UTC' };

/** Looking for words in 100,000 loaded conversations. */
export async function figures(): Promise<readonly Figure[]> {
  const rows = decodedRows(100_000);
  const newest = newestFirst(rows, 'UTC');
  const { signal } = new AbortController();
  const find = async (words: string): Promise<FoundConversations | undefined> =>
    inSlices(findInSteps(newest, words, { limit: 200 }), signal);
  // What making the rows has left behind is no garbage of the find's.
  await heapUsed();
  const first = await longestBlock(() => find('ines'));
  const records = rows.map((row) => ({ id: row.id, text: searchTextOf(row).all }));
  /** Each in turn, for each of the measures. */
  const inTurn = (): (() => string) => {
    let turn = 0;
    return () => queries[turn++ % queries.length] ?? '';
  };
  const [found, looped, filtered] = [inTurn(), inTurn(), inTurn()];
  const bare = (words: string): number => {
    const all = wordsOf(words);
    let count = 0;
    for (const { text } of records) if (all.every((word) => text.includes(word))) count += 1;
    return count;
  };
  const blocks: number[] = [];
  const measured = await inTurns(
    {
      find: async () => {
        const words = found();
        let ms = 0;
        blocks.push(await longestBlock(async () => void (ms = await timed(() => find(words)))));
        return ms;
      },
      bare: () => {
        const words = looped();
        return timed(() => bare(words));
      },
      filter: () => {
        const passes = rowFilter({ text: filtered() }, clock) ?? (() => true);
        return timed(() => newest.filter((each) => passes(each.row, each)).length);
      },
    },
    queries.length * 5,
  );
  const tree = await filteredTree(rows);
  const control = { amount: percentile(measured.bare, 0.95), unit: 'ms', of: 'bare loop' } as const;
  return [
    {
      what: 'Find over 100,000',
      method: 'p95 of queries in turns with a loop over the same texts',
      value: { amount: percentile(measured.find, 0.95), unit: 'ms' },
      control,
      atMost: 2,
    },
    {
      what: 'Filter over 100,000',
      method: 'p95, the same queries as a filter',
      value: { amount: percentile(measured.filter, 0.95), unit: 'ms' },
      control,
      atMost: 2,
    },
    {
      what: 'Longest block of the first find',
      method: 'for which the texts of all rows are made: how long nothing else got its turn',
      value: { amount: first, unit: 'ms' },
      control,
      ceiling: 16,
    },
    {
      what: 'Longest block of a find',
      method: 'the same, of all queries',
      value: { amount: Math.max(...blocks), unit: 'ms' },
      control,
      ceiling: 16,
    },
    {
      what: 'Longest block of another filter',
      method:
        'p95 over filters of each kind and all groupings: the rows that pass, the groups, their counts and what the first of them shows',
      value: { amount: percentile(tree, 0.95), unit: 'ms' },
      control,
      ceiling: 16,
    },
  ];
}

const filters: readonly Filter[] = [
  ...queries.map((text) => ({ text })),
  ...[
    {},
    { type: 'test' },
    { minMessages: 10 },
    { minCost: 0.05 },
    { aiEnabled: false },
    { dates: { kind: 'lastDays', days: 30 } as const },
  ],
];

/** The tree that a filter leaves of rows that are in order already, as they are once they were shown. */
async function filteredTree(rows: readonly Conversation[]): Promise<readonly number[]> {
  const order = new RowOrder();
  order.of(rows, clock.zone);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const build = (filter: Filter, grouping: Grouping): void => {
    const query = {
      ...clock,
      filter,
      grouping,
      limitOf: () => 200,
      order: (all: readonly Conversation[]) => order.of(all, clock.zone),
    };
    const tree = new TreeModel({ generation: 1, rows, lists: new Map() }, { ...query, find: (id) => byId.get(id) });
    for (let level: readonly TreeNode[] = tree.children(); level.length > 0; level = tree.children(level[0])) {
      for (const node of level) if (node.kind === 'group') tree.count(node);
    }
  };
  const blocks: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    for (const filter of filters)
      for (const grouping of groupings) blocks.push(await longestBlock(() => build(filter, grouping)));
  }
  return blocks;
}
