import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonValue } from '../../src/core/model/json';
import { everyType, type ListSnapshot } from '../../src/core/store/snapshot';
import { ConversationStore } from '../../src/core/store/store';
import { endOf, windowFrom } from '../../src/core/api/paging/pageSizes';
import { histories } from './support/histories';
import { apiOver, idOf, ShiftingList, type ServerHabits, type Shift } from './support/shiftingList';

const place = fc.double({ min: 0, max: 0.999, noNaN: true });
const shift: fc.Arbitrary<Shift> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ inserts: 0, deletes: [] }) },
  { weight: 3, arbitrary: fc.record({ inserts: fc.nat(3), deletes: fc.array(place, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ inserts: fc.nat(60), deletes: fc.array(place, { maxLength: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      inserts: fc.constant(1),
      deletes: fc.array(place, { maxLength: 1 }),
      transient: fc.constant(true),
    }),
  },
);
/** In a list that is ordered by last update. */
const move: fc.Arbitrary<Shift> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ inserts: 0, deletes: [] }) },
  {
    weight: 4,
    arbitrary: fc.record({
      inserts: fc.nat(2),
      deletes: fc.array(place, { maxLength: 2 }),
      moves: fc.array(place, { maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      inserts: fc.nat(3),
      deletes: fc.array(place, { maxLength: 3 }),
      moves: fc.array(place, { maxLength: 150 }),
    }),
  },
);

interface Read {
  readonly list: ListSnapshot;
  readonly ids: readonly string[];
  readonly server: ShiftingList;
  /** Rows that were there from the beginning of Load All to its end; none where there was nothing left to load. */
  readonly throughout: readonly string[];
}

/** Opens a list, reads on so many times, and loads all of it, while the list shifts before each answer. */
async function loadAll(
  server: ShiftingList,
  {
    pageSize,
    clicks,
    scheduler,
    cancelAfter,
  }: { pageSize: number; clicks: number; scheduler: fc.Scheduler; cancelAfter?: number },
): Promise<Read> {
  const defects: unknown[] = [];
  const store = new ConversationStore({
    pageSize: () => pageSize,
    queryOf: () => ({}),
    defect: (error) => defects.push(error),
  });
  const cancel = new AbortController();
  let asked = 0;
  store.connect(
    apiOver(async (_, page) => {
      asked += 1;
      assert.ok(asked < 2000, 'it does not end');
      if (asked === cancelAfter) cancel.abort();
      // On its way to the server; the list shifts; on its way back. Answers overtake each other.
      await scheduler.schedule(Promise.resolve());
      server.shift();
      const answer = server.answer(page);
      await scheduler.schedule(Promise.resolve());
      return answer;
    }),
  );
  const done = async (work: Promise<unknown>): Promise<void> => {
    await scheduler.waitFor(work);
  };
  const atOpening = server.alive.map(idOf);
  await done(store.open(everyType));
  for (let click = 0; click < clicks; click += 1) await done(store.loadMore(everyType));
  const get = (): ListSnapshot | undefined => store.snapshot.lists.get(everyType);
  const atFirst = get()?.hasMore === true ? server.alive.map(idOf) : [];
  await done(store.loadAll(everyType, cancel.signal));
  if (cancelAfter !== undefined) {
    server.stand();
    for (let clicked = 0; get()?.hasMore === true; clicked += 1) {
      assert.ok(clicked < 1000, 'reading on does not end');
      await done(store.loadMore(everyType));
    }
  }
  const alive = new Set(server.alive.map(idOf));
  const list = store.snapshot.lists.get(everyType);
  assert.ok(list);
  assert.deepEqual(defects, []);
  assert.equal(list.state.kind, 'ready');
  const ids = store.snapshot.rows.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'a conversation stands there twice');
  // Load More alone does not look for what is new at the top.
  const before = cancelAfter === undefined ? atFirst : atOpening;
  return { list, ids, server, throughout: before.filter((id) => alive.has(id)) };
}

function missing({ ids, throughout }: Read): readonly string[] {
  const read = new Set(ids);
  return throughout.filter((id) => !read.has(id));
}

const inputs = {
  count: fc.nat(420),
  pageSize: fc.constantFrom(5, 30, 50, 100),
  clicks: fc.nat(3),
  shifts: fc.array(shift, { maxLength: 12 }),
  scheduler: fc.scheduler(),
};

describe('Load All over a list that shifts', () => {
  const kinds: readonly (readonly [name: string, habits: ServerHabits])[] = [
    ['numbered pages', { style: 'page' }],
    ['numbered pages that do not say how long they are', { style: 'page', untoldSize: true }],
    ['cursors', { style: 'cursor' }],
    ['numbered pages of a length of their own', { style: 'page', fixedSize: 15 }],
    ['numbered pages without an end', { style: 'page', noLastPage: true }],
    ['numbered pages that only tell whether one follows', { style: 'page', noLastPage: true, reportsNextPage: true }],
    ['a last page that is too late', { style: 'page', lastPage: 1_000_000_000 }],
    ['a total that is too high', { style: 'page', total: 100_000 }],
  ];
  for (const [name, habits] of kinds) {
    it(`ends, has no row twice, and misses none that was there throughout or says so: ${name}`, async () => {
      await histories(
        fc.asyncProperty(fc.record(inputs), async ({ count, shifts, ...how }) => {
          const read = await loadAll(new ShiftingList(count, habits, shifts), how);
          if (!read.list.hasMore && !read.list.mayLackRows) assert.deepEqual(missing(read), []);
        }),
      );
    });
  }

  for (const [name, habits] of [
    ...kinds,
    ['cursors, rows that say the same after they moved', { style: 'cursor', movesSilently: true }] as const,
  ]) {
    it(`loses no row that moves to the top while it is read, or says so: ${name}`, async () => {
      await histories(
        fc.asyncProperty(
          fc.record({ ...inputs, shifts: fc.array(move, { maxLength: 20 }) }),
          async ({ count, shifts, ...how }) => {
            const read = await loadAll(new ShiftingList(count, habits, shifts), how);
            if (!read.list.hasMore && !read.list.mayLackRows) assert.deepEqual(missing(read), []);
          },
        ),
      );
    });
  }

  it('says nothing of missing rows where nothing has changed', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, shifts: _, ...how }) => {
          const read = await loadAll(new ShiftingList(count, { style }), how);
          assert.equal(read.list.mayLackRows, false);
          assert.equal(read.list.hasMore, false);
          assert.equal(read.ids.length, count);
        },
      ),
    );
  });

  it('counts each row that can not be read once where nothing has changed, and takes none of them for one that is missing', async () => {
    const broken = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 420 }), fc.constantFrom<JsonValue>(null, { error: 'gone' })),
      { maxLength: 6 },
    );
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, broken, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, broken: rows, shifts: _, ...how }) => {
          const some = new Map(rows.filter(([row]) => row <= count));
          const read = await loadAll(new ShiftingList(count, { style, broken: some }), how);
          assert.deepEqual(
            [read.list.rejected, read.list.mayLackRows, read.ids.length],
            [some.size, false, count - some.size],
          );
        },
      ),
    );
  });

  it('never counts more rows that can not be read than there are, whatever comes and goes', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, style: fc.constantFrom('page' as const, 'cursor' as const) }),
        async ({ count, style, shifts, ...how }) => {
          const some = new Map([2, 50, 51, 200, 333].map((row) => [row, { row, created_at: '2026-11-20 08:14:03' }]));
          const read = await loadAll(new ShiftingList(count, { style, broken: some }, shifts), how);
          assert.ok(read.list.rejected <= some.size, `${read.list.rejected} are counted`);
          const ids = new Set([...some.keys()].map(idOf));
          if (!read.list.hasMore && !read.list.mayLackRows)
            assert.deepEqual(
              missing(read).filter((id) => !ids.has(id)),
              [],
            );
        },
      ),
    );
  });

  it('is rarely in doubt where a few rows come and go, and then reads all of them', async () => {
    let doubted = 0;
    const few = fc.record({ inserts: fc.nat(2), deletes: fc.array(place, { maxLength: 2 }) });
    const runs = await histories(
      fc.asyncProperty(
        fc.record({ ...inputs, clicks: fc.constant(0), shifts: fc.array(few, { maxLength: 12 }) }),
        async ({ count, shifts, ...how }) => {
          const read = await loadAll(new ShiftingList(count, { style: 'page' }, shifts), how);
          assert.deepEqual(missing(read), []);
          if (read.list.mayLackRows) doubted += 1;
        },
      ),
    );
    assert.ok(doubted < runs / 10, `${doubted} of ${runs} in doubt`);
  });

  it('can be cancelled at any request, and reading on brings the rest', async () => {
    await histories(
      fc.asyncProperty(fc.record({ ...inputs, cancelAfter: fc.nat(12) }), async ({ count, shifts, ...how }) => {
        const read = await loadAll(new ShiftingList(count, { style: 'page' }, shifts), how);
        if (!read.list.mayLackRows) assert.deepEqual(missing(read), []);
      }),
    );
  });
});

describe('a window', () => {
  it('holds the row that it is asked for, and reads on from there', () => {
    for (let offset = -20; offset < 20_000; offset += 1) {
      const window = windowFrom(offset);
      assert.ok(window.page >= 1 && window.size >= 50 && window.size <= 100);
      assert.ok((window.page - 1) * window.size <= Math.max(offset, 0));
      assert.ok(endOf(window) - offset >= 50, `at ${offset}`);
    }
  });
});
