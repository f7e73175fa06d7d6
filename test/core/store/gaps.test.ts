import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

const noSignal = new AbortController().signal;

describe('A gap left by a refresh, which loads three pages at most', () => {
  for (const [name, noLastPage] of [
    ['a server with totals', false],
    ['a server without a last page', true],
  ] as const) {
    it(`is loaded to its end even if rows above are pushed down into it (${name})`, async () => {
      const world = new ListWorld(60, { style: 'page', noLastPage });
      await world.loadPages(noLastPage ? 12 : 7);
      assert.equal(world.list.hasMore, false);
      world.insert(45);
      // Without totals, pages overlap and the top is checked after the end.
      const { added } = await world.refresh();
      assert.equal(added, noLastPage ? 28 : 30);
      const newest = world.insert(10);
      await world.loadToEnd();
      // With totals, the total shows the missing rows; without, the top is loaded again.
      assert.deepEqual([world.missing, world.list.mayLackRows], noLastPage ? [[], false] : [newest, true]);
    });
  }

  it('ends at a page of known rows and continues with the pages that were never loaded', async () => {
    const world = new ListWorld(200, { style: 'page' });
    await world.loadPages(10);
    world.insert(45);
    await world.refresh();
    assert.deepEqual(world.requested, ['1 of 10', '2 of 10', '3 of 10']);
    world.clearRequested();
    for (let click = 0; click < 4; click += 1) await world.loadMore();
    assert.deepEqual(world.requested.slice(0, 4), ['4 of 10', '5 of 10', '6 of 10', '11 of 10']);
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it("isn't mistaken for the end if rows after it are removed", async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.loadPages(2);
    world.insert(45);
    await world.refresh();
    world.remove(...world.server.alive.slice(30, 45), 60);
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it('is abandoned if cursors form a cycle', async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.loadPages(6);
    world.insert(45);
    await world.refresh();
    const cycle = world.requested.slice(1).map((each) => each.slice(1).split(' ')[0]);
    world.change = (answer) => ({
      ...answer,
      rows: answer.rows.map((row) => ({ ...row, id: `other ${row.id}` })),
      envelope: { style: 'cursor', nextCursor: cycle[0] },
    });
    world.clearRequested();
    await world.loadToEnd();
    assert.deepEqual([world.requested.length, world.list.hasMore], [4, false], 'one cycle, then the top');
  });

  it('is filled by Load All, which loads everything from the top', async () => {
    const world = new ListWorld(450, { style: 'page' }, 100);
    await world.loadPages(4);
    world.insert(350);
    await world.refresh();
    world.clearRequested();
    await world.loadAll();
    assert.deepEqual(world.requested, [
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

  it('is where Load More continues even after the page size changes', async () => {
    const world = new ListWorld(200, { style: 'page' }, 30);
    await world.loadPages(4);
    world.insert(130);
    await world.refresh();
    for (const size of [100, 7, 30]) {
      world.pageSize = size;
      await world.loadMore();
    }
    await world.loadToEnd();
    assert.deepEqual(world.missing, []);
  });

  it('is closed by a refresh that reaches known, unchanged rows within three pages', async () => {
    const world = new ListWorld(200, { style: 'page' });
    await world.loadPages(10);
    world.insert(15);
    assert.deepEqual(await world.refresh(), { added: 15, changed: 0, failed: 0 });
    assert.deepEqual(world.requested, ['1 of 10', '2 of 10', '3 of 10']);
    world.clearRequested();
    await world.loadMore();
    assert.deepEqual(world.requested, ['11 of 10', '12 of 10'], 'page 11 has no new rows');
  });

  it('is opened by a poll that finds only new rows, without loading more', async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.loadPages(6);
    const added = world.insert(25);
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.arrived, world.list.hasMore], [added.slice(0, 10), true]);
    assert.deepEqual([world.requested, world.priorities], [['1 of 10'], ['background']]);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.arrived.length], [[], 10]);
  });

  it("isn't opened by a poll that finds a known row or an empty list", async () => {
    const world = new ListWorld(20, { style: 'page' });
    await world.loadPages(2);
    world.insert(9);
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.list.loaded, world.list.hasMore], [29, false]);
    world.server.alive = [];
    await world.store.poll(everyType, noSignal);
    assert.deepEqual([world.list.loaded, world.list.hasMore], [29, false]);
  });
});

describe('New conversations', () => {
  it('are reported by a refresh, but not below a known row', async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.loadPages(1);
    const added = world.insert(12);
    assert.deepEqual(await world.refresh(), { added: 30 - 10, changed: 0, failed: 0 });
    assert.deepEqual(world.arrived, added);
  });

  it("aren't reported if another list already has them", async () => {
    const world = new ListWorld(60, { style: 'page' });
    await world.loadPages(1);
    const added = world.insert(1);
    await world.store.open('test');
    await world.refresh();
    await world.store.poll(everyType, noSignal);
    assert.deepEqual(world.arrived, []);
    assert.ok(world.store.find(added[0] ?? ''));
  });
});
