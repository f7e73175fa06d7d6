import assert from 'node:assert/strict';
import { decodePage } from '../../../src/core/api/decodePage';
import type { JsonValue } from '../../../src/core/model/json';
import { RejectedRows } from '../../../src/core/api/rejectedRows';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { everyType, type ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, ShiftingList, type ServerHabits } from '../../properties/support/shiftingList';

/** `a`, `b` … are rows that can be read. */
const row = (id: string): JsonValue => ({ id });
const broken = (name: string): JsonValue => ({ id: null, name, created_at: '2026-11-20 08:14:03' });

/** How many are counted when these pages were read one after the other. */
function counted(...pages: readonly (readonly JsonValue[])[]): number {
  const rejected = new RejectedRows();
  for (const data of pages) {
    const page = decodePage({ data: [...data], current_page: 1 }, { pageSize: 30 });
    assert.ok(page);
    rejected.take(page);
  }
  return rejected.count;
}

describe('Rows that can not be read', () => {
  const cases: readonly (readonly [what: string, count: number, ...pages: (readonly JsonValue[])[]])[] = [
    ['the same page again', 1, [row('a'), broken('x'), row('b')], [row('a'), broken('x'), row('b')]],
    ['a page that overlaps', 1, [row('a'), broken('x')], [broken('x'), row('b')]],
    ['one that was moved', 1, [row('a'), broken('x'), row('b')], [broken('x'), row('c'), row('a'), row('b')]],
    ['others', 2, [row('a'), broken('x')], [broken('y'), row('b')]],
    ['two of a page that say the same', 2, [broken('x'), broken('x'), row('a')]],
    ['those two once more', 2, [broken('x'), broken('x'), row('a')], [row('z'), broken('x'), broken('x')]],
    ['pages of nothing else', 3, [broken('x'), broken('y')], [broken('x'), broken('y'), broken('z')]],
    ['nothing in the place of a row', 1, [row('a'), null, row('b')], [row('a'), null, row('b')]],
    ['that, below a row that is last by now', 1, [row('a'), null, row('b')], [row('a'), null]],
    ['that, above a row that is first by now', 1, [row('a'), null, row('b')], [null, row('b')]],
    ['that, known by both ends of two pages', 1, [row('a'), null], [row('a'), null, row('b')], [null, row('b')]],
    ['that, where the row above it has moved', 1, [row('a'), null, row('b')], [row('c'), null, row('b')]],
    ['that, on two pages', 2, [row('a'), null, row('b')], [row('c'), null, row('d')]],
    [
      'two of that beside each other',
      2,
      [row('a'), null, null, row('b')],
      [row('a'), null, null],
      [null, null, row('b')],
    ],
    ['three where there were two', 3, [row('a'), null, null], [row('a'), null, null, null, row('b')]],
    [
      'words in the place of each',
      2,
      [row('a'), { error: 'no' }, row('b'), { error: 'no' }, row('c')],
      [row('b'), { error: 'no' }, row('c')],
    ],
    ['nothing but that', 2, [null, null], [null]],
    ['one that can be read by now', 0, [row('a'), broken('x'), row('b')], [row('a'), row('x'), row('b')]],
    ['one that is gone', 0, [row('a'), null, row('b')], [row('a'), row('b')]],
    ['one that says something else by now', 1, [row('a'), broken('x'), row('b')], [row('a'), broken('y'), row('b')]],
    ['one that may lie behind the page by now', 1, [row('a'), broken('x'), row('b')], [row('c'), row('a')]],
    ['one that came back', 1, [row('a'), null, row('b')], [row('a'), row('b')], [row('a'), null, row('b')]],
    ['one too deep to be written', 1, [row('a'), deep(), row('b')], [row('a'), deep(), row('b')]],
  ];
  for (const [what, count, ...pages] of cases) {
    it(`are counted once each: ${what}`, () => assert.equal(counted(...pages), count));
  }

  it('leave no word of what they say behind', () => {
    const page = decodePage(
      { data: [row('a'), { name: 'Ben Whitlock', created_at: 'yesterday' }], current_page: 1 },
      { pageSize: 30 },
    );
    assert.ok(page?.rejected.length === 1 && !JSON.stringify(page.rejected).includes('Whitlock'));
  });
});

function deep(): JsonValue {
  return JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as JsonValue;
}

describe('A list with rows that can not be read', () => {
  const of = (...rows: readonly number[]): ReadonlyMap<number, JsonValue> =>
    new Map(rows.map((each) => [each, broken(String(each))]));

  async function load(server: ShiftingList): Promise<{ store: ConversationStore; list: () => ListSnapshot }> {
    const store = new ConversationStore({
      pageSize: () => 30,
      queryOf: () => ({}),
      defect: (error) => assert.fail(String(error)),
    });
    store.connect(apiOver((_, page) => Promise.resolve(server.answer(page))));
    await store.open(everyType);
    await store.loadAll(everyType, new AbortController().signal);
    const list = (): ListSnapshot => store.snapshot.lists.get(everyType) ?? assert.fail();
    return { store, list };
  }

  for (const style of ['page', 'cursor'] as const) {
    for (const [count, ...rows] of [
      [250, 245],
      [250, 160, 159],
      [400, 309, 150],
      [950, 905, 500, 100, 3],
    ] as const) {
      it(`counts each once after Load All, a refresh, a reload and in an export: ${rows.length} of ${count} (${style}s)`, async () => {
        const server = new ShiftingList(count, { style, broken: of(...rows) });
        const { store, list } = await load(server);
        const counts = [list().rejected];
        await store.refresh([everyType]);
        counts.push(list().rejected);
        await store.reload([everyType]);
        counts.push(list().rejected);
        const walk = new RowWalk(
          apiOver((_, page) => Promise.resolve(server.answer(page))),
          {},
        );
        let taken = 0;
        for await (const _ of walk.rows({
          signal: new AbortController().signal,
          onFailure: () => Promise.resolve(false),
        }))
          taken += 1;
        counts.push(walk.standing.rejected);
        assert.deepEqual(counts, Array(4).fill(rows.length));
        assert.deepEqual([list().mayLackRows, walk.standing.complete, taken], [false, true, count - rows.length]);
      });
    }
  }

  it('says that rows may be missing where one was never listed beside one that can not be read', async () => {
    const habits: ServerHabits = { style: 'page', total: 250, broken: of(245) };
    const server = new ShiftingList(250, habits);
    server.alive = server.alive.filter((each) => each !== 90);
    const { list } = await load(server);
    assert.deepEqual([list().loaded, list().rejected, list().mayLackRows], [248, 1, true]);
  });
});
