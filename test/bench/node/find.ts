import type { Conversation } from '../../../src/core/model/conversation';
import { groupings, type Filter, type Grouping } from '../../../src/core/model/query';
import { foldTerms } from '../../../src/core/text/fold';
import { createRowFilter } from '../../../src/core/view/filter';
import { runTimeSliced } from '../../../src/core/util/slices';
import { findInSteps, type FoundConversations } from '../../../src/core/view/find';
import { sortNewestFirst, RowOrder } from '../../../src/core/view/rowOrder';
import { getSearchText } from '../../../src/core/view/searchText';
import { TreeModel } from '../../../src/core/view/treeModel';
import type { TreeNode } from '../../../src/core/view/treeNodes';
import type { Figure } from '../support/figure';
import { heapUsed } from '../support/heap';
import { createRows } from '../support/rows';
import { measureAlternately, measureLongestBlockMs, percentile, measureMs } from '../support/statistics';

const queries = ['ines', 'jonas weber', 'assistant 3', 'r-1500', 'zoe', 'delivery', 'no such thing', '0001f'];
const clock = { now: Date.UTC(2026, 10, 21), zone: 'UTC' };

/** Measures finding words in 100,000 loaded conversations. */
export async function figures(): Promise<readonly Figure[]> {
  const rows = createRows(100_000);
  const newest = sortNewestFirst(rows, 'UTC');
  const { signal } = new AbortController();
  const find = async (text: string): Promise<FoundConversations | undefined> =>
    runTimeSliced(findInSteps(newest, text, { limit: 200 }), signal);
  // Collects the garbage of creating the rows before the measurement.
  await heapUsed();
  const first = await measureLongestBlockMs(() => find('ines'));
  const records = rows.map((row) => ({ id: row.id, text: getSearchText(row).all }));
  /** Returns a function that cycles through the queries. */
  const cycleQueries = (): (() => string) => {
    let index = 0;
    return () => queries[index++ % queries.length] ?? '';
  };
  const [nextFindQuery, nextBareQuery, nextFilterQuery] = [cycleQueries(), cycleQueries(), cycleQueries()];
  const bare = (query: string): number => {
    const terms = foldTerms(query);
    let count = 0;
    for (const { text } of records) if (terms.every((word) => text.includes(word))) count += 1;
    return count;
  };
  const blocks: number[] = [];
  const measured = await measureAlternately(
    {
      find: async () => {
        const text = nextFindQuery();
        let ms = 0;
        blocks.push(await measureLongestBlockMs(async () => void (ms = await measureMs(() => find(text)))));
        return ms;
      },
      bare: () => {
        const query = nextBareQuery();
        return measureMs(() => bare(query));
      },
      filter: () => {
        const matches = createRowFilter({ text: nextFilterQuery() }, clock) ?? (() => true);
        return measureMs(() => newest.filter((each) => matches(each.row, each)).length);
      },
    },
    queries.length * 5,
  );
  const tree = await measureFilteredTree(rows);
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
      method: 'which creates the search texts of all rows: longest time that the event loop was blocked',
      value: { amount: first, unit: 'ms' },
      control,
      ceiling: 16,
    },
    {
      what: 'Longest block of a find',
      method: 'the same for all queries',
      value: { amount: Math.max(...blocks), unit: 'ms' },
      control,
      ceiling: 16,
    },
    {
      what: 'Longest block of another filter',
      method:
        'p95 over filters of each kind and all groupings: matching rows, groups, counts, and the rows of the first group',
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

/** Measures building the filtered tree of rows that are already sorted, as after the first display. */
async function measureFilteredTree(rows: readonly Conversation[]): Promise<readonly number[]> {
  const order = new RowOrder();
  order.sort(rows, clock.zone);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const build = (filter: Filter, grouping: Grouping): void => {
    const query = {
      ...clock,
      filter,
      grouping,
      limitOf: () => 200,
      order: (all: readonly Conversation[]) => order.sort(all, clock.zone),
    };
    const tree = new TreeModel({ generation: 1, rows, lists: new Map() }, { ...query, find: (id) => byId.get(id) });
    for (let level: readonly TreeNode[] = tree.children(); level.length > 0; level = tree.children(level[0])) {
      for (const node of level) if (node.kind === 'group') tree.count(node);
    }
  };
  const blocks: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    for (const filter of filters)
      for (const grouping of groupings) blocks.push(await measureLongestBlockMs(() => build(filter, grouping)));
  }
  return blocks;
}
