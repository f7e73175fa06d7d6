import assert from 'node:assert/strict';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type Shift } from '../../properties/support/shiftingList';

const still: Shift = { inserts: 0, deletes: [] };

/** Opens a list, reads on so many times and loads all of it, in as many steps as there are requests in flight. */
async function load(
  server: ShiftingList,
  pageSize: number,
  clicks = 0,
  { cancel = new AbortController().signal, told }: { cancel?: AbortSignal; told?: (progress: LoadProgress) => void } = {},
): Promise<{ store: ConversationStore; atOnce: number }> {
  let [open, atOnce] = [0, 0];
  const store = new ConversationStore({ pageSize: () => pageSize, queryOf: () => ({}), defect: (error) => assert.fail(String(error)) });
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
      assert.deepEqual(server.alive.map(idOf).filter((id) => before.has(id) && !read.has(id)), []);
      assert.equal(store.snapshot.lists.get(everyType)?.mayLackRows, false);
    });
  }

  it('misses nothing between a first page of new rows alone and what was read before, though the count comes out even', async () => {
    const moves = [{ inserts: 101, deletes: [] }, { inserts: 0, deletes: [0] }];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(still), ...moves]);
    const { store } = await load(server, 50, 2);
    const read = new Set(store.snapshot.rows.map(({ id }) => id));
    assert.deepEqual(server.alive.map(idOf).filter((id) => !read.has(id)), []);
  });

  it('says that rows may be missing where it was stopped between such a page and what was read before', async () => {
    const moves = [{ inserts: 120, deletes: [] }, { inserts: 0, deletes: Array.from({ length: 20 }, (_, row) => 0.35 + row / 400) }];
    const server = new ShiftingList(300, { style: 'page' }, [...Array<Shift>(3).fill(still), ...moves]);
    const cancel = new AbortController();
    const { store } = await load(server, 50, 2, { cancel: cancel.signal, told: ({ loaded }) => loaded === 250 && cancel.abort() });
    const list = (): ListSnapshot => store.snapshot.lists.get(everyType) ?? assert.fail();
    assert.deepEqual([list().loaded, list().hasMore, list().state.kind], [250, true, 'ready']);
    while (list().hasMore) await store.loadMore(everyType);
    assert.deepEqual([list().loaded, list().total], [400, 400], 'as many have gone as were skipped');
    assert.equal(list().mayLackRows, true);
    await store.reload([everyType]);
    assert.deepEqual([store.snapshot.rows.map(({ id }) => id).toSorted(), list().mayLackRows], [server.alive.map(idOf).toSorted(), false]);
  });
});
