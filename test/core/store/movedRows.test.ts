import assert from 'node:assert/strict';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { everyType } from '../../../src/core/store/snapshot';
import { apiOver, idOf, ShiftingList } from '../../properties/support/shiftingList';
import { ListWorld, refused } from './support/listWorld';

/** Moves a row that was not read yet to the top before the second page is answered. */
function moveOnce(world: ListWorld, ...rows: readonly number[]): void {
  let moved = false;
  world.before = ({ pointer }) => {
    if (moved || pointer === undefined) return;
    moved = true;
    for (const row of rows) world.server.move(row);
  };
}

describe('Rows that move to the top of a list of cursors while it is read', () => {
  it('are found by Load All, which reads one page at the top once more', async () => {
    const world = new ListWorld(450, { style: 'cursor' }, 100);
    moveOnce(world, 3, 120, 7);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
    assert.deepEqual(world.asked, ['1 of 100', 'c351 of 100', 'c251 of 100', 'c151 of 100', 'c50 of 100', '1 of 100']);
  });

  it('are found also where they are more than a page holds', async () => {
    const world = new ListWorld(600, { style: 'cursor' }, 100);
    moveOnce(world, ...Array.from({ length: 250 }, (_, index) => index + 1));
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
    assert.ok(world.asked.length <= 5 + 3 + 1, `${world.asked.length} requests`);
  });

  it('are found by loading page by page, without another Load More', async () => {
    const world = new ListWorld(45, { style: 'cursor' });
    await world.read(3);
    world.server.move(2);
    await world.loadMore();
    await world.loadMore();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('stay in the tree when all is reloaded', async () => {
    const world = new ListWorld(250, { style: 'cursor' });
    await world.loadAll();
    world.forget();
    moveOnce(world, 3, 120);
    await world.store.reload([everyType]);
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  it('hide new ones from a poll, which leaves them to Load More', async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.loadAll();
    const [, , lowest] = world.insert(3);
    for (const row of [9, 8, 7, 6, 5, 4, 3, 2]) world.server.move(row);
    await world.store.poll(everyType, new AbortController().signal);
    assert.deepEqual([world.missing, world.list.hasMore], [[lowest], true]);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
  });

  it('are waited for no longer where the list never stands still, which is said', async () => {
    const world = new ListWorld(300, { style: 'cursor' }, 100);
    world.before = () => {
      for (const row of world.server.alive.slice(-100)) world.server.move(row);
    };
    await world.loadAll();
    assert.deepEqual([world.list.hasMore, world.list.mayLackRows], [false, true]);
    assert.ok(world.asked.length <= 3 + 10 + 3, `${world.asked.length} requests`);
  });

  it('are found after the reading of the top failed, and was tried again', async () => {
    const world = new ListWorld(250, { style: 'cursor' }, 100);
    let failing = true;
    world.before = ({ pointer }) => {
      if (pointer === undefined && world.asked.length > 1 && failing) throw refused;
      if (pointer !== undefined) world.server.move(3);
    };
    await world.loadAll();
    assert.equal(world.list.hasMore, true, 'the list is not whole before its top was read');
    failing = false;
    await world.store.retry(everyType);
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('are each exported once', async () => {
    const list = new ShiftingList(450, { style: 'cursor' });
    const before = list.alive.map(idOf);
    const walk = new RowWalk(
      apiOver((_, page: PageRequest) => {
        if (page.pointer !== undefined) list.move(list.alive.at(-1));
        return Promise.resolve(list.answer(page));
      }),
      {},
    );
    const ids: string[] = [];
    const options = { signal: new AbortController().signal, onFailure: () => Promise.resolve(false) };
    for await (const { id } of walk.rows(options)) ids.push(id);
    assert.deepEqual(ids.toSorted(), before.toSorted());
    assert.equal(walk.standing.complete, true);
  });
});

describe('Rows that move to the top of numbered pages while they are read', () => {
  it('are found although as many are gone as are missing', async () => {
    const world = new ListWorld(450, { style: 'page' }, 100);
    let answers = 0;
    world.before = () => {
      answers += 1;
      if (answers === 3) world.server.move(3);
      if (answers === 5) world.remove(449);
    };
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('cost no request where nothing moved', async () => {
    const world = new ListWorld(450, { style: 'page' }, 100);
    await world.loadAll();
    assert.equal(world.asked.length, 5);
  });
});
