import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import type { PageEnvelope } from '../../../src/core/api/paging/paging';
import { walkAligned, type AlignedOutcome } from '../../../src/core/store/walks';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type Shift } from '../../properties/support/shiftingList';

const still: Shift = { inserts: 0, deletes: [] };

/** Opens a list, reads on so many times and loads all of it, in as many steps as there are requests in flight. */
async function load(
  server: ShiftingList,
  pageSize: number,
  clicks = 0,
  {
    cancel = new AbortController().signal,
    told,
  }: { cancel?: AbortSignal; told?: (progress: LoadProgress) => void } = {},
): Promise<{ store: ConversationStore; atOnce: number }> {
  let [open, atOnce] = [0, 0];
  const store = new ConversationStore({
    pageSize: () => pageSize,
    queryOf: () => ({}),
    defect: (error) => assert.fail(String(error)),
  });
  store.connect(
    apiOver(async (_, page) => {
      open += 1;
      atOnce = Math.max(atOnce, open);
      await new Promise((resolve) => setImmediate(resolve));
      server.shift();
      open -= 1;
      return server.answer(page);
    }),
  );
  await store.open(everyType);
  for (let click = 0; click < clicks; click += 1) await store.loadMore(everyType);
  await store.loadAll(everyType, cancel, told);
  return { store, atOnce };
}

describe('Load All of a list that stands still', () => {
  it('asks for each page of 100 once, eight ahead, behind the one that was read to begin with', async () => {
    const server = new ShiftingList(2030, { style: 'page' });
    const { store, atOnce } = await load(server, 30);
    assert.equal(store.snapshot.rows.length, 2030);
    assert.equal(server.requests, 1 + 21);
    // The rate gate, which is not here, lets four of them through.
    assert.equal(atOnce, 8);
  });

  it('asks for no page twice where the first was one of 100', async () => {
    const server = new ShiftingList(1000, { style: 'page' });
    await load(server, 100);
    assert.equal(server.requests, 1 + 10);
  });
});

describe('Load All of a list that moves', () => {
  const moves: readonly (readonly [name: string, shift: Shift])[] = [
    ['a row goes', { inserts: 0, deletes: [0.1] }],
    ['a row comes', { inserts: 1, deletes: [] }],
    ['one goes as another comes', { inserts: 1, deletes: [0.1] }],
    ['one goes below as another comes', { inserts: 1, deletes: [0.9] }],
  ];
  for (const [name, shift] of moves) {
    it(`misses nothing: ${name}`, async () => {
      const server = new ShiftingList(1000, { style: 'page' }, [...Array<Shift>(5).fill(still), shift]);
      const before = new Set(server.alive.map(idOf));
      const { store } = await load(server, 100);
      const read = new Set(store.snapshot.rows.map(({ id }) => id));
      // What is newer is for the next refresh.
      assert.deepEqual(
        server.alive.map(idOf).filter((id) => before.has(id) && !read.has(id)),
        [],
      );
      assert.equal(store.snapshot.lists.get(everyType)?.mayLackRows, false);
    });
  }

  it('misses nothing between a first page of new rows alone and what was read before, though the count comes out even', async () => {
    const moves = [
      { inserts: 101, deletes: [] },
      { inserts: 0, deletes: [0] },
    ];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(still), ...moves]);
    const { store } = await load(server, 50, 2);
    const read = new Set(store.snapshot.rows.map(({ id }) => id));
    assert.deepEqual(
      server.alive.map(idOf).filter((id) => !read.has(id)),
      [],
    );
  });

  it('says that rows may be missing where it was stopped between such a page and what was read before', async () => {
    const moves = [
      { inserts: 120, deletes: [] },
      { inserts: 0, deletes: Array.from({ length: 20 }, (_, row) => 0.35 + row / 400) },
    ];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(still), ...moves]);
    const cancel = new AbortController();
    const { store } = await load(server, 50, 2, {
      cancel: cancel.signal,
      told: ({ loaded }) => loaded === 250 && cancel.abort(),
    });
    const list = (): ListSnapshot => store.snapshot.lists.get(everyType) ?? assert.fail();
    assert.deepEqual([list().loaded, list().hasMore, list().state.kind], [250, true, 'ready']);
    while (list().hasMore) await store.loadMore(everyType);
    assert.deepEqual([list().loaded, list().total], [400, 400], 'as many have gone as were skipped');
    assert.equal(list().mayLackRows, true);
    await store.reload([everyType]);
    assert.deepEqual(
      [store.snapshot.rows.map(({ id }) => id).toSorted(), list().mayLackRows],
      [server.alive.map(idOf).toSorted(), false],
    );
  });
});

describe('a walk over pages that do not overlap', () => {
  type Change = (page: ConversationPage) => ConversationPage;

  /** Walks over 950 rows, of which one page is answered otherwise. */
  async function walk(
    changed: number,
    change: Change,
  ): Promise<{ outcome: AlignedOutcome; taken: number[]; wanted: AbortSignal[] }> {
    const server = new ShiftingList(950, { style: 'page' });
    const taken: number[] = [];
    const wanted: AbortSignal[] = [];
    const brought = new Set<string>();
    const outcome = await walkAligned(
      {
        has: (id) => brought.has(id),
        take: ({ page, size }, { rows }) => {
          assert.equal(size, 100);
          taken.push(page);
          for (const { id } of rows) brought.add(id);
        },
      },
      ({ page, size }, signal) => {
        wanted.push(signal);
        const answer = server.answer({ pointer: { style: 'page', page }, pageSize: size });
        return Promise.resolve(page === changed ? change(answer) : answer);
      },
    );
    return { outcome, taken, wanted };
  }

  const enveloped =
    (change: Partial<PageEnvelope & { style: 'page' }>): Change =>
    ({ envelope, ...page }) => ({
      ...page,
      envelope: envelope.style === 'page' ? { ...envelope, ...change } : envelope,
    });

  it('takes all of them, also where none says how many rows it has', async () => {
    for (const change of [enveloped({}), enveloped({ perPage: undefined })]) {
      const { outcome, taken } = await walk(3, change);
      assert.deepEqual([outcome, taken], ['end', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
    }
  });

  const unfit: readonly (readonly [what: string, change: Change])[] = [
    ['a cursor', (page) => ({ ...page, envelope: { style: 'cursor', nextCursor: 'x' } })],
    ['no total', enveloped({ total: undefined })],
    ['another page', enveloped({ currentPage: 7 })],
    ['another size', enveloped({ perPage: 50 })],
    ['another last page', enveloped({ lastPage: 11 })],
    ['fewer rows', (page) => ({ ...page, rows: page.rows.slice(1) })],
    [
      'a row that can not be read',
      (page) => ({ ...page, rejected: [{ marks: ['odd'], above: undefined, below: undefined }] }),
    ],
    ['a row twice', ({ rows, ...page }) => ({ ...page, rows: [...rows.slice(1), ...rows.slice(-1)] })],
  ];
  for (const [what, change] of unfit) {
    it(`keeps what came before a page with ${what}, and wants nothing more`, async () => {
      for (const place of [1, 4]) {
        const { outcome, taken, wanted } = await walk(place, change);
        assert.deepEqual([outcome, taken], [{ pages: place - 1 }, [1, 2, 3].slice(0, place - 1)]);
        assert.ok(wanted.every(({ aborted }) => aborted));
      }
    });
  }

  it('keeps what came before a page that counts another total than the first', async () => {
    for (const [place, pages] of [
      [1, 1],
      [4, 3],
    ] as const) {
      const { outcome, taken } = await walk(place, enveloped({ total: 951 }));
      assert.deepEqual([outcome, taken.length], [{ pages }, pages]);
    }
  });

  it('keeps what came before a page with a row of an earlier one', async () => {
    const again = new ShiftingList(950, { style: 'page' }).answer({ pointer: undefined, pageSize: 1 }).rows;
    const { outcome, taken } = await walk(4, ({ rows, ...page }) => ({ ...page, rows: [...again, ...rows.slice(1)] }));
    assert.deepEqual([outcome, taken], [{ pages: 3 }, [1, 2, 3]]);
  });

  it('takes an empty list for one that was read', async () => {
    const nothing: Change = ({ envelope, ...page }) =>
      enveloped({ total: 0, lastPage: 1 })({ ...page, rows: [], envelope });
    const { outcome, taken } = await walk(1, nothing);
    assert.deepEqual([outcome, taken], ['end', [1]]);
  });
});
