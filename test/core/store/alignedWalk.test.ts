import assert from 'node:assert/strict';
import type { ConversationPage } from '../../../src/core/api/api';
import type { PageEnvelope } from '../../../src/core/api/paging/paging';
import { walkAligned, type AlignedOutcome } from '../../../src/core/store/walks';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type Shift } from '../../properties/support/shiftingList';

const noShift: Shift = { inserts: 0, deletes: [] };

/** Opens a list, loads more `loadMoreCount` times, then loads all of it. */
async function load(
  server: ShiftingList,
  pageSize: number,
  loadMoreCount = 0,
  {
    cancel = new AbortController().signal,
    onProgress,
  }: { cancel?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
): Promise<{ store: ConversationStore; maxConcurrent: number }> {
  let [openRequests, maxConcurrent] = [0, 0];
  const store = new ConversationStore({
    pageSize: () => pageSize,
    queryOf: () => ({}),
    onUnexpectedError: (error) => assert.fail(String(error)),
  });
  store.connect(
    apiOver(async (_, page) => {
      openRequests += 1;
      maxConcurrent = Math.max(maxConcurrent, openRequests);
      await new Promise((resolve) => setImmediate(resolve));
      server.shift();
      openRequests -= 1;
      return server.answer(page);
    }),
  );
  await store.open(everyType);
  for (let loadIndex = 0; loadIndex < loadMoreCount; loadIndex += 1) await store.loadMore(everyType);
  await store.loadAll(everyType, cancel, onProgress);
  return { store, maxConcurrent };
}

describe("Load All of a list that doesn't change", () => {
  it('requests each page of 100 once, eight at a time, after the page that was already loaded', async () => {
    const server = new ShiftingList(2030, { style: 'page' });
    const { store, maxConcurrent } = await load(server, 30);
    assert.equal(store.snapshot.rows.length, 2030);
    assert.equal(server.requests, 1 + 21);
    // The rate gate, which this test leaves out, would allow four.
    assert.equal(maxConcurrent, 8);
  });

  it('requests no page twice if the first page had 100 rows', async () => {
    const server = new ShiftingList(1000, { style: 'page' });
    await load(server, 100);
    assert.equal(server.requests, 1 + 10);
  });
});

describe('Load All of a list that changes', () => {
  const moves: readonly (readonly [name: string, shift: Shift])[] = [
    ['a row is removed', { inserts: 0, deletes: [0.1] }],
    ['a row is added', { inserts: 1, deletes: [] }],
    ['a row is removed as another is added', { inserts: 1, deletes: [0.1] }],
    ['a lower row is removed as another is added', { inserts: 1, deletes: [0.9] }],
  ];
  for (const [name, shift] of moves) {
    it(`misses no row if ${name}`, async () => {
      const server = new ShiftingList(1000, { style: 'page' }, [...Array<Shift>(5).fill(noShift), shift]);
      const before = new Set(server.alive.map(idOf));
      const { store } = await load(server, 100);
      const read = new Set(store.snapshot.rows.map(({ id }) => id));
      // Newer rows are loaded by the next refresh.
      assert.deepEqual(
        server.alive.map(idOf).filter((id) => before.has(id) && !read.has(id)),
        [],
      );
      assert.equal(store.snapshot.lists.get(everyType)?.mayLackRows, false);
    });
  }

  it('misses no row after a first page with only new rows, even if the total matches', async () => {
    const moves = [
      { inserts: 101, deletes: [] },
      { inserts: 0, deletes: [0] },
    ];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(noShift), ...moves]);
    const { store } = await load(server, 50, 2);
    const read = new Set(store.snapshot.rows.map(({ id }) => id));
    assert.deepEqual(
      server.alive.map(idOf).filter((id) => !read.has(id)),
      [],
    );
  });

  it('reports possibly missing rows if it was stopped after a page with only new rows', async () => {
    const moves = [
      { inserts: 120, deletes: [] },
      { inserts: 0, deletes: Array.from({ length: 20 }, (_, row) => 0.35 + row / 400) },
    ];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(noShift), ...moves]);
    const cancel = new AbortController();
    const { store } = await load(server, 50, 2, {
      cancel: cancel.signal,
      onProgress: ({ loaded }) => loaded === 250 && cancel.abort(),
    });
    const list = (): ListSnapshot => store.snapshot.lists.get(everyType) ?? assert.fail();
    assert.deepEqual([list().loaded, list().hasMore, list().state.kind], [250, true, 'ready']);
    while (list().hasMore) await store.loadMore(everyType);
    assert.deepEqual([list().loaded, list().total], [400, 400], 'as many rows were removed as were skipped');
    assert.equal(list().mayLackRows, true);
    await store.reload([everyType]);
    assert.deepEqual(
      [store.snapshot.rows.map(({ id }) => id).toSorted(), list().mayLackRows],
      [server.alive.map(idOf).toSorted(), false],
    );
  });
});

describe('walkAligned', () => {
  type Change = (page: ConversationPage) => ConversationPage;

  /** Walks over 950 rows and changes the answer for one page. */
  async function walk(
    changedPage: number,
    change: Change,
  ): Promise<{ outcome: AlignedOutcome; acceptedPages: number[]; signals: AbortSignal[] }> {
    const server = new ShiftingList(950, { style: 'page' });
    const acceptedPages: number[] = [];
    const signals: AbortSignal[] = [];
    const loadedIds = new Set<string>();
    const outcome = await walkAligned(
      {
        has: (id) => loadedIds.has(id),
        take: ({ page, size }, { rows }) => {
          assert.equal(size, 100);
          acceptedPages.push(page);
          for (const { id } of rows) loadedIds.add(id);
        },
      },
      ({ page, size }, signal) => {
        signals.push(signal);
        const answer = server.answer({ pointer: { style: 'page', page }, pageSize: size });
        return Promise.resolve(page === changedPage ? change(answer) : answer);
      },
    );
    return { outcome, acceptedPages, signals };
  }

  const withEnvelope =
    (change: Partial<PageEnvelope & { style: 'page' }>): Change =>
    ({ envelope, ...page }) => ({
      ...page,
      envelope: envelope.style === 'page' ? { ...envelope, ...change } : envelope,
    });

  it('accepts all pages, even if no page has a page size', async () => {
    for (const change of [withEnvelope({}), withEnvelope({ perPage: undefined })]) {
      const { outcome, acceptedPages } = await walk(3, change);
      assert.deepEqual([outcome, acceptedPages], ['end', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
    }
  });

  const unfitChanges: readonly (readonly [name: string, change: Change])[] = [
    ['a cursor', (page) => ({ ...page, envelope: { style: 'cursor', nextCursor: 'x' } })],
    ['no total', withEnvelope({ total: undefined })],
    ['another page', withEnvelope({ currentPage: 7 })],
    ['another size', withEnvelope({ perPage: 50 })],
    ['another last page', withEnvelope({ lastPage: 11 })],
    ['fewer rows', (page) => ({ ...page, rows: page.rows.slice(1) })],
    [
      'a row that cannot be decoded',
      (page) => ({ ...page, rejected: [{ marks: ['odd'], above: undefined, below: undefined }] }),
    ],
    ['a duplicate row', ({ rows, ...page }) => ({ ...page, rows: [...rows.slice(1), ...rows.slice(-1)] })],
  ];
  for (const [name, change] of unfitChanges) {
    it(`keeps the rows before a page with ${name} and requests nothing more`, async () => {
      for (const changedPage of [1, 4]) {
        const { outcome, acceptedPages, signals } = await walk(changedPage, change);
        assert.deepEqual([outcome, acceptedPages], [{ pages: changedPage - 1 }, [1, 2, 3].slice(0, changedPage - 1)]);
        assert.ok(signals.every(({ aborted }) => aborted));
      }
    });
  }

  it('keeps the rows before a page with another total than the first', async () => {
    for (const [changedPage, pages] of [
      [1, 1],
      [4, 3],
    ] as const) {
      const { outcome, acceptedPages } = await walk(changedPage, withEnvelope({ total: 951 }));
      assert.deepEqual([outcome, acceptedPages.length], [{ pages }, pages]);
    }
  });

  it('keeps the rows before a page that repeats an earlier row', async () => {
    const firstRows = new ShiftingList(950, { style: 'page' }).answer({ pointer: undefined, pageSize: 1 }).rows;
    const { outcome, acceptedPages } = await walk(4, ({ rows, ...page }) => ({
      ...page,
      rows: [...firstRows, ...rows.slice(1)],
    }));
    assert.deepEqual([outcome, acceptedPages], [{ pages: 3 }, [1, 2, 3]]);
  });

  it('accepts an empty list as complete', async () => {
    const emptyPage: Change = ({ envelope, ...page }) =>
      withEnvelope({ total: 0, lastPage: 1 })({ ...page, rows: [], envelope });
    const { outcome, acceptedPages } = await walk(1, emptyPage);
    assert.deepEqual([outcome, acceptedPages], ['end', [1]]);
  });
});
