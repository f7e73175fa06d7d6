import { rowFilter } from '../../../src/core/view/filter';
import { inSlices } from '../../../src/core/util/slices';
import { findInSteps, type FoundConversations } from '../../../src/core/view/find';
import { newestFirst } from '../../../src/core/view/rowOrder';
import { searchTextOf } from '../../../src/core/view/searchText';
import { TreeModel } from '../../../src/core/view/treeModel';
import type { Figure } from '../support/figure';
import { decodedRows } from '../support/rows';
import { inTurns, longestBlock, percentile, timed } from '../support/statistics';

const queries = ['ines', 'jonas weber', 'assistant 3', 'r-1500', 'zoe', 'delivery', 'no such thing', '0001f'];
const clock = { now: Date.UTC(2026, 10, 21), zone: 'UTC' };

/** Looking for words in 100,000 loaded conversations. */
export async function figures(): Promise<readonly Figure[]> {
  const rows = decodedRows(100_000);
  const newest = newestFirst(rows, 'UTC');
  const { signal } = new AbortController();
  const find = async (words: string): Promise<FoundConversations | undefined> => inSlices(findInSteps(newest, words, { limit: 200 }), signal);
  const first = await longestBlock(() => find('ines'));
  const records = rows.map((row) => ({ id: row.id, text: searchTextOf(row).all }));
  let turn = 0;
  const query = (): string => queries[turn++ % queries.length] ?? '';
  const bare = (words: string): number => {
    const all = words.split(' ');
    let count = 0;
    for (const { text } of records) if (all.every((word) => text.includes(word))) count += 1;
    return count;
  };
  const blocks: number[] = [];
  const measured = await inTurns(
    {
      find: async () => {
        const words = query();
        let ms = 0;
        blocks.push(await longestBlock(async () => void (ms = await timed(() => find(words)))));
        turn -= 1;
        return ms;
      },
      bare: () => {
        const words = query();
        turn -= 1;
        return timed(() => bare(words));
      },
      filter: () => {
        const passes = rowFilter({ text: query() }, clock) ?? (() => true);
        return timed(() => newest.filter((each) => passes(each.row, each)).length);
      },
    },
    queries.length * 5,
  );
  const tree = await longestBlock(() => new TreeModel({ generation: 1, rows, lists: new Map() }, { grouping: 'type', filter: { text: 'ines' }, ...clock, limitOf: () => 200 }).children());
  const control = { amount: percentile(measured.bare, 0.95), unit: 'ms', of: 'bare loop' } as const;
  return [
    { what: 'Find over 100,000', method: 'p95 of queries in turns with a loop over the same texts', value: { amount: percentile(measured.find, 0.95), unit: 'ms' }, control, atMost: 2 },
    { what: 'Filter over 100,000', method: 'p95, the same queries as a filter', value: { amount: percentile(measured.filter, 0.95), unit: 'ms' }, control, atMost: 2 },
    { what: 'Find: first block', method: '', value: { amount: first, unit: 'ms' }, control, ceiling: 16 },
    { what: 'Find: blocks', method: '', value: { amount: Math.max(...blocks), unit: 'ms' }, control, ceiling: 16 },
    { what: 'Tree: block', method: '', value: { amount: tree, unit: 'ms' }, control, ceiling: 16 },
  ];
}
