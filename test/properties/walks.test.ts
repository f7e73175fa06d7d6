import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonValue } from '../../src/core/model/json';
import { everyType, type ListSnapshot } from '../../src/core/store/snapshot';
import { ConversationStore } from '../../src/core/store/store';
import { endOf, findRangeAt } from '../../src/core/api/paging/pageSizes';
import { histories } from './support/histories';
import { apiOver, idOf, ShiftingList, type ServerHabits, type Shift } from './support/shiftingList';

const position = fc.double({ min: 0, max: 0.999, noNaN: true });
const shift: fc.Arbitrary<Shift> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ inserts: 0, deletes: [] }) },
  { weight: 3, arbitrary: fc.record({ inserts: fc.nat(3), deletes: fc.array(position, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ inserts: fc.nat(60), deletes: fc.array(position, { maxLength: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      inserts: fc.constant(1),
      deletes: fc.array(position, { maxLength: 1 }),
      transient: fc.constant(true),
    }),
  },
);
/** Shifts of a list sorted by update time. */
const move: fc.Arbitrary<Shift> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ inserts: 0, deletes: [] }) },
  {
    weight: 4,
    arbitrary: fc.record({
      inserts: fc.nat(2),
      deletes: fc.array(position, { maxLength: 2 }),
      moves: fc.array(position, { maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      inserts: fc.nat(3),
      deletes: fc.array(position, { maxLength: 3 }),
      moves: fc.array(position, { maxLength: 150 }),
    }),
  },
);

interface Result {
  readonly list: ListSnapshot;
  readonly ids: readonly string[];
  readonly server: ShiftingList;
  /** Rows that existed during the whole Load All; empty if nothing was left to load. */
  readonly throughout: readonly string[];
}

/** Opens a list, loads more `clicks` times, and loads all, while the list shifts before each response. */
async function loadAll(
  server: ShiftingList,
  {
    pageSize,
    clicks,
    scheduler,
    cancelAfter,
  }: { pageSize: number; clicks: number; scheduler: fc.Scheduler; cancelAfter?: number },
): Promise<Result> {
  const defects: unknown[] = [];
  const store = new ConversationStore({
    pageSize: () => pageSize,
    queryOf: () => ({}),
    onUnexpectedError: (error) => defects.push(error),
  });
  const cancel = new AbortController();
  let requestCount = 0;
  store.connect(
    apiOver(async (_, page) => {
      requestCount += 1;
      assert.ok(requestCount < 2000, 'Load All never ends');
      if (requestCount === cancelAfter) cancel.abort();
      // Delays the request and the response separately, so that responses can overtake each other.
      await scheduler.schedule(Promise.resolve());
      server.shift();
      const answer = server.answer(page);
      await scheduler.schedule(Promise.resolve());
      return answer;
    }),
  );
  const finish = async (work: Promise<unknown>): Promise<void> => {
    await scheduler.waitFor(work);
  };
  const idsAtOpening = server.alive.map(idOf);
  await finish(store.open(everyType));
  for (let click = 0; click < clicks; click += 1) await finish(store.loadMore(everyType));
  const get = (): ListSnapshot | undefined => store.snapshot.lists.get(everyType);
  const idsBeforeLoadAll = get()?.hasMore === true ? server.alive.map(idOf) : [];
  await finish(store.loadAll(everyType, cancel.signal));
  if (cancelAfter !== undefined) {
    server.stopShifting();
    for (let clicked = 0; get()?.hasMore === true; clicked += 1) {
      assert.ok(clicked < 1000, 'Load More never ends');
      await finish(store.loadMore(everyType));
    }
  }
  const alive = new Set(server.alive.map(idOf));
  const list = store.snapshot.lists.get(everyType);
  assert.ok(list);
  assert.deepEqual(defects, []);
  assert.equal(list.state.kind, 'ready');
  const ids = store.snapshot.rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'a conversation is listed twice');
  // Load More doesn't check for new rows at the top.
  const before = cancelAfter === undefined ? idsBeforeLoadAll : idsAtOpening;
  return { list, ids, server, throughout: before.filter((id) => alive.has(id)) };
}

function findMissing({ ids, throughout }: Result): readonly string[] {
  const result = new Set(ids);
  return throughout.filter((id) => !result.has(id));
}

const inputs = {
  count: fc.nat(420),
  pageSize: fc.constantFrom(5, 30, 50, 100),
  clicks: fc.nat(3),
  shifts: fc.array(shift, { maxLength: 12 }),
  scheduler: fc.scheduler(),
};

describe('Load All of a list that changes', () => {
  const kinds: readonly (readonly [name: string, habits: ServerHabits])[] = [
    ['numbered pages', { style: 'page' }],
    ['numbered pages without a page size', { style: 'page', omitsPageSize: true }],
    ['cursors', { style: 'cursor' }],
    ["numbered pages with the server's own size", { style: 'page', fixedSize: 15 }],
    ['numbered pages without a last page', { style: 'page', noLastPage: true }],
    ['numbered pages with only a has-next flag', { style: 'page', noLastPage: true, reportsNextPage: true }],
    ['a last page that is too high', { style: 'page', lastPage: 1_000_000_000 }],
    ['a total that is too high', { style: 'page', total: 100_000 }],
  ];
  for (const [name, habits] of kinds) {
    it(`ends without duplicates, and misses no lasting row without reporting it: ${name}`, async () => {
      await histories(
        fc.asyncProperty(fc.record(inputs), async ({ count, shifts, ...options }) => {
          const result = await loadAll(new ShiftingList(count, habits, shifts), options);
          if (!result.list.hasMore && !result.list.mayLackRows) assert.deepEqual(findMissing(result), []);
        }),
      );
    });
  }

  for (const [name, habits] of [
    ...kinds,
    ['cursors, with moved rows that keep their update time', { style: 'cursor', movesSilently: true }] as const,
  ]) {
    it(`misses no row that moves to the top without reporting it: ${name}`, async () => {
      await histories(
        fc.asyncProperty(
          fc.record({ ...inputs, shifts: fc.array(move, { maxLength: 20 }) }),
          async ({ count, shifts, ...options }) => {
            const result = await loadAll(new ShiftingList(count, habits, shifts), options);
            if (!result.list.hasMore && !result.list.mayLackRows) assert.deepEqual(findMissing(result), []);
          },
        ),
      );
    });
  }

  it('reports no missing rows if the list is unchanged', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, shifts: _, ...options }) => {
          const result = await loadAll(new ShiftingList(count, { style }), options);
          assert.equal(result.list.mayLackRows, false);
          assert.equal(result.list.hasMore, false);
          assert.equal(result.ids.length, count);
        },
      ),
    );
  });

  it('counts each invalid row once and not as missing if the list is unchanged', async () => {
    const invalidRow = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 420 }), fc.constantFrom<JsonValue>(null, { error: 'gone' })),
      { maxLength: 6 },
    );
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, invalidRow, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, invalidRow: rows, shifts: _, ...options }) => {
          const invalidRows = new Map(rows.filter(([row]) => row <= count));
          const result = await loadAll(new ShiftingList(count, { style, broken: invalidRows }), options);
          assert.deepEqual(
            [result.list.rejected, result.list.mayLackRows, result.ids.length],
            [invalidRows.size, false, count - invalidRows.size],
          );
        },
      ),
    );
  });

  it('never counts more invalid rows than exist, even if the list changes', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, shifts, ...options }) => {
          const invalidRows = new Map(
            [2, 50, 51, 200, 333].map((row) => [row, { row, created_at: '2026-11-20 08:14:03' }]),
          );
          const result = await loadAll(new ShiftingList(count, { style, broken: invalidRows }, shifts), options);
          assert.ok(result.list.rejected <= invalidRows.size, `${result.list.rejected} are counted`);
          const ids = new Set([...invalidRows.keys()].map(idOf));
          if (!result.list.hasMore && !result.list.mayLackRows)
            assert.deepEqual(
              findMissing(result).filter((id) => !ids.has(id)),
              [],
            );
        },
      ),
    );
  });

  it('misses no row and rarely reports missing rows if a few rows change', async () => {
    let uncertainCount = 0;
    const smallShift = fc.record({ inserts: fc.nat(2), deletes: fc.array(position, { maxLength: 2 }) });
    const runs = await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, clicks: fc.constant(0), shifts: fc.array(smallShift, { maxLength: 12 }) }),
        async ({ count, shifts, ...options }) => {
          const result = await loadAll(new ShiftingList(count, { style: 'page' }, shifts), options);
          assert.deepEqual(findMissing(result), []);
          if (result.list.mayLackRows) uncertainCount += 1;
        },
      ),
    );
    assert.ok(uncertainCount < runs / 10, `${uncertainCount} of ${runs} reported missing rows`);
  });

  it('can be canceled at any request and continued with Load More', async () => {
    await histories(
      fc.asyncProperty(fc.record({ ...inputs, cancelAfter: fc.nat(12) }), async ({ count, shifts, ...options }) => {
        const result = await loadAll(new ShiftingList(count, { style: 'page' }, shifts), options);
        if (!result.list.mayLackRows) assert.deepEqual(findMissing(result), []);
      }),
    );
  });
});

describe('page range', () => {
  it('contains the requested row and the rows after it', () => {
    for (let offset = -20; offset < 20_000; offset += 1) {
      const window = findRangeAt(offset);
      assert.ok(window.page >= 1 && window.size >= 50 && window.size <= 100);
      assert.ok((window.page - 1) * window.size <= Math.max(offset, 0));
      assert.ok(endOf(window) - offset >= 50, `at ${offset}`);
    }
  });
});
