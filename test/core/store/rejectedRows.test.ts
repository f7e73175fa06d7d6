import assert from 'node:assert/strict';
import { decodePage } from '../../../src/core/api/decodeEnvelope';
import type { JsonValue } from '../../../src/core/model/json';
import { RejectedRows } from '../../../src/core/api/rejectedRows';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { everyType, type ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, ShiftingList, type ServerHabits } from '../../properties/support/shiftingList';

/** `a`, `b` … are rows that can be decoded. */
const row = (id: string): JsonValue => ({ id });
const createBroken = (name: string): JsonValue => ({ id: null, name, created_at: '2026-11-20 08:14:03' });

/** Returns the count after these pages were loaded in order. */
function countRejected(...pages: readonly (readonly JsonValue[])[]): number {
  const rejected = new RejectedRows();
  for (const data of pages) {
    const page = decodePage({ data: [...data], current_page: 1 }, { pageSize: 30 });
    assert.ok(page);
    rejected.addPage(page);
  }
  return rejected.count;
}

describe("Rows that can't be decoded", () => {
  const cases: readonly (readonly [name: string, count: number, ...pages: (readonly JsonValue[])[]])[] = [
    ['the same page again', 1, [row('a'), createBroken('x'), row('b')], [row('a'), createBroken('x'), row('b')]],
    ['a page that overlaps', 1, [row('a'), createBroken('x')], [createBroken('x'), row('b')]],
    ['a row that moved', 1, [row('a'), createBroken('x'), row('b')], [createBroken('x'), row('c'), row('a'), row('b')]],
    ['different rows', 2, [row('a'), createBroken('x')], [createBroken('y'), row('b')]],
    ['two equal rows of one page', 2, [createBroken('x'), createBroken('x'), row('a')]],
    [
      'two equal rows on two pages',
      2,
      [createBroken('x'), createBroken('x'), row('a')],
      [row('z'), createBroken('x'), createBroken('x')],
    ],
    [
      'pages with only such rows',
      3,
      [createBroken('x'), createBroken('y')],
      [createBroken('x'), createBroken('y'), createBroken('z')],
    ],
    ['null rows', 1, [row('a'), null, row('b')], [row('a'), null, row('b')]],
    ['a null row after a row that is now last', 1, [row('a'), null, row('b')], [row('a'), null]],
    ['a null row before a row that is now first', 1, [row('a'), null, row('b')], [null, row('b')]],
    [
      'a null row known by its neighbors on two pages',
      1,
      [row('a'), null],
      [row('a'), null, row('b')],
      [null, row('b')],
    ],
    ['a null row whose upper neighbor changed', 1, [row('a'), null, row('b')], [row('c'), null, row('b')]],
    ['two null rows on two pages', 2, [row('a'), null, row('b')], [row('c'), null, row('d')]],
    ['two adjacent null rows', 2, [row('a'), null, null, row('b')], [row('a'), null, null], [null, null, row('b')]],
    ['three adjacent null rows instead of two', 3, [row('a'), null, null], [row('a'), null, null, null, row('b')]],
    [
      'error objects instead of rows',
      2,
      [row('a'), { error: 'no' }, row('b'), { error: 'no' }, row('c')],
      [row('b'), { error: 'no' }, row('c')],
    ],
    ['pages with only null rows', 2, [null, null], [null]],
    ['a row that can now be decoded', 0, [row('a'), createBroken('x'), row('b')], [row('a'), row('x'), row('b')]],
    ['a null row that was removed', 0, [row('a'), null, row('b')], [row('a'), row('b')]],
    ['a row with changed content', 1, [row('a'), createBroken('x'), row('b')], [row('a'), createBroken('y'), row('b')]],
    ['a row that may now be after the page', 1, [row('a'), createBroken('x'), row('b')], [row('c'), row('a')]],
    ['a null row that returned', 1, [row('a'), null, row('b')], [row('a'), row('b')], [row('a'), null, row('b')]],
    [
      'a row too deep to serialize',
      1,
      [row('a'), createDeepValue(), row('b')],
      [row('a'), createDeepValue(), row('b')],
    ],
  ];
  for (const [name, count, ...pages] of cases) {
    it(`are counted once each: ${name}`, () => assert.equal(countRejected(...pages), count));
  }

  it('leave none of their content in memory', () => {
    const page = decodePage(
      { data: [row('a'), { name: 'Ben Whitlock', created_at: 'yesterday' }], current_page: 1 },
      { pageSize: 30 },
    );
    assert.ok(page?.rejected.length === 1 && !JSON.stringify(page.rejected).includes('Whitlock'));
  });
});

function createDeepValue(): JsonValue {
  return JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as JsonValue;
}

describe("A list with rows that can't be decoded", () => {
  const brokenRows = (...rows: readonly number[]): ReadonlyMap<number, JsonValue> =>
    new Map(rows.map((each) => [each, createBroken(String(each))]));

  async function load(server: ShiftingList): Promise<{ store: ConversationStore; list: () => ListSnapshot }> {
    const store = new ConversationStore({
      pageSize: () => 30,
      queryOf: () => ({}),
      onUnexpectedError: (error) => assert.fail(String(error)),
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
      it(`counts each once after Load All, a refresh, a reload, and in an export: ${rows.length} of ${count} (${style}s)`, async () => {
        const server = new ShiftingList(count, { style, broken: brokenRows(...rows) });
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
        let exportedCount = 0;
        for await (const _ of walk.rows({
          signal: new AbortController().signal,
          onFailure: () => Promise.resolve(false),
        }))
          exportedCount += 1;
        counts.push(walk.progress.rejected);
        assert.deepEqual(counts, Array(4).fill(rows.length));
        assert.deepEqual(
          [list().mayLackRows, walk.progress.complete, exportedCount],
          [false, true, count - rows.length],
        );
      });
    }
  }

  it("reports possibly missing rows if one is unlisted and another can't be decoded", async () => {
    const habits: ServerHabits = { style: 'page', total: 250, broken: brokenRows(245) };
    const server = new ShiftingList(250, habits);
    server.alive = server.alive.filter((each) => each !== 90);
    const { list } = await load(server);
    assert.deepEqual([list().loaded, list().rejected, list().mayLackRows], [248, 1, true]);
  });
});
