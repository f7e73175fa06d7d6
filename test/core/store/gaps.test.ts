import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

const noSignal = new AbortController().signal;

describe('A hole that a refresh leaves, since it reads three pages at most', () => {
  for (const [what, noLastPage] of [
    ['a server that counts', false],
    ['one that tells no end', true],
  ] as const) {
    it(`is read to its end in a list that was read whole, also where rows above are pushed down into it (${what})`, async () => {
      const world = new ListWorld(60, { style: 'page', noLastPage });
      await world.read(noLastPage ? 12 : 7);
      assert.equal(world.list.hasMore, false);
      world.insert(45);
      // Where the server counts nothing, pages overlap, and the end is followed by a look at the top.
      const { added } = await world.refresh();
      assert.equal(added, noLastPage ? 28 : 30);
      const newest = world.insert(10);
      await world.loadToEnd();
      // Where the server counts, the total says that these are missing; elsewhere the top is read again.
      assert.deepEqual([world.missing, world.list.mayLackRows], noLastPage ? [[], false] : [newest, true]);
    });
  }

  it('ends at a page of known rows, and what comes then are the pages that were never read', async () => {
    const world = new ListWorld(200, { style: 'page' });
    await world.read(10);
    world.insert(45);
    await world.refresh();
    assert.deepEqual(world.asked, ['1 of 10', '2 of 10', '3 of 10']);
    world.forget();
    for (let click = 0; click < 4; click += 1) await world.loadMore();
    assert.deepEqual(world.asked.slice(0, 4), ['4 of 10', '5 of 10', '6 of 10', '11 of 10']);
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it('is not taken for the end where the server lists no more behind it than it did', async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.read(2);
    world.insert(45);
    await world.refresh();
    world.remove(...world.server.alive.slice(30, 45), 60);
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it('is left where cursors go round in a circle', async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.read(6);
    world.insert(45);
    await world.refresh();
    const circle = world.asked.slice(1).map((each) => each.slice(1).split(' ')[0]);
    world.change = (answer) => ({
      ...answer,
      rows: answer.rows.map((row) => ({ ...row, id: `other ${row.id}` })),
      envelope: { style: 'cursor', nextCursor: circle[0] },
    });
    world.forget();
    await world.loadToEnd();
    assert.deepEqual([world.asked.length, world.list.hasMore], [4, false], 'once, and then from the top');
  });

  it('is filled by Load All, which reads all from the top', async () => {
    const world = new ListWorld(450, { style: 'page' }, 100);
    await world.read(4);
    world.insert(350);
    await world.refresh();
    world.forget();
    await world.loadAll();
    assert.deepEqual(world.asked, [
      '1 of 100',
      '2 of 100',
      '3 of 100',
      '4 of 100',
      '5 of 100',
      '6 of 100',
      '7 of 100',
      '8 of 100',
    ]);
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('is where Load More goes on also after other page sizes', async () => {
    const world = new ListWorld(200, { style: 'page' }, 30);
    await world.read(4);
    world.insert(130);
    await world.refresh();
    for (const size of [100, 7, 30]) {
      world.pageSize = size;
      await world.loadMore();
    }
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it('is closed by a refresh that meets, within three pages, what is known and unchanged', async () => {
    const world = new ListWorld(200, { style: 'page' });
    await world.read(10);
    world.insert(15);
    assert.deepEqual(await world.refresh(), { added: 15, changed: 0, failed: 0 });
    assert.deepEqual(world.asked, ['1 of 10', '2 of 10', '3 of 10']);
    world.forget();
    await world.loadMore();
    assert.deepEqual(world.asked, ['11 of 10', '12 of 10'], 'page 11 brings nothing new');
  });

  it('is opened by a poll of nothing but new rows, and told by it no further', async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.read(6);
    const added = world.insert(25);
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.arrived, world.list.hasMore], [added.slice(0, 10), true]);
    assert.deepEqual([world.asked, world.priorities], [['1 of 10'], ['background']]);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.arrived.length], [[], 10]);
  });

  it('is not opened by a poll that meets a row which is known, or a list that is empty', async () => {
    const world = new ListWorld(20, { style: 'page' });
    await world.read(2);
    world.insert(9);
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.list.loaded, world.list.hasMore], [29, false]);
    world.server.alive = [];
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.list.loaded, world.list.hasMore], [29, false]);
  });
});

describe('What has begun', () => {
  it('is told as far as a refresh reads, but not what stands below a known row', async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.read(1);
    const added = world.insert(12);
    assert.deepEqual(await world.refresh(), { added: 30 - 10, changed: 0, failed: 0 });
    assert.deepEqual(world.arrived, added);
  });

  it('is not told where another list has it already', async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.read(1);
    const added = world.insert(1);
    await world.store.open('test');
    await world.refresh();
    await world.store.poll(everyType, noSignal);
    assert.deepEqual(world.arrived, []);
    assert.ok(world.store.find(added[0] ?? ''));
  });
});
