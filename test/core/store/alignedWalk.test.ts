import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type Shift } from '../../properties/support/shiftingList';

const still: Shift = { inserts: 0, deletes: [] };

/** Opens a list and loads all of it, in as many steps as there are requests in flight. */
async function load(server: ShiftingList, pageSize: number): Promise<{ store: ConversationStore; atOnce: number }> {
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
  await store.loadAll(everyType, new AbortController().signal);
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
});
