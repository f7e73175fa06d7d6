import assert from 'node:assert/strict';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { RowWalk } from '../../../src/core/store/rowWalk';
import { everyType } from '../../../src/core/store/snapshot';
import { apiOver, idOf, ShiftingList } from '../../properties/support/shiftingList';
import { ListWorld, serverError } from './support/listWorld';

/** Moves rows that aren't loaded yet to the top before the second page is answered. */
function moveOnce(world: ListWorld, ...rows: readonly number[]): void {
  let hasMoved = false;
  world.before = ({ pointer }) => {
    if (hasMoved || pointer === undefined) return;
    hasMoved = true;
    for (const row of rows) world.server.move(row);
  };
}

describe('Rows that move to the top of a cursor list while it is loading', () => {
  it('are found by Load All, which loads the top page again', async () => {
    const world = new ListWorld(450, { style: 'cursor' }, 100);
    moveOnce(world, 3, 120, 7);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
    assert.deepEqual(world.requested, [
      '1 of 100',
      'c351 of 100',
      'c251 of 100',
      'c151 of 100',
      'c50 of 100',
      '1 of 100',
    ]);
  });

  it('are found even if they fill more than one page', async () => {
    const world = new ListWorld(600, { style: 'cursor' }, 100);
    moveOnce(world, ...Array.from({ length: 250 }, (_, index) => index + 1));
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
    assert.ok(world.requested.length <= 5 + 3 + 1, `${world.requested.length} requests`);
  });

  it('are found by loading page by page, without another Load More', async () => {
    const world = new ListWorld(45, { style: 'cursor' });
    await world.loadPages(3);
    world.server.move(2);
    await world.loadMore();
    await world.loadMore();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('stay in the list when all is reloaded', async () => {
    const world = new ListWorld(250, { style: 'cursor' });
    await world.loadAll();
    world.clearRequested();
    moveOnce(world, 3, 120);
    await world.store.reload([everyType]);
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  it('can hide new rows from a poll, which leaves them to Load More', async () => {
    const world = new ListWorld(60, { style: 'cursor' });
    await world.loadAll();
    const [, , lowest] = world.insert(3);
    for (const row of [9, 8, 7, 6, 5, 4, 3, 2]) world.server.move(row);
    await world.store.poll(everyType, new AbortController().signal);
    assert.deepEqual([world.missing, world.list.hasMore], [[lowest], true]);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
  });

  it('are reported as possibly missing if the list never stops changing', async () => {
    const world = new ListWorld(300, { style: 'cursor' }, 100);
    world.before = () => {
      for (const row of world.server.alive.slice(-100)) world.server.move(row);
    };
    await world.loadAll();
    assert.deepEqual([world.list.hasMore, world.list.mayLackRows], [false, true]);
    assert.ok(world.requested.length <= 3 + 10 + 3, `${world.requested.length} requests`);
  });

  it('are found when loading the top is retried after a failure', async () => {
    const world = new ListWorld(250, { style: 'cursor' }, 100);
    let shouldFail = true;
    world.before = ({ pointer }) => {
      if (pointer === undefined && world.requested.length > 1 && shouldFail) throw serverError;
      if (pointer !== undefined) world.server.move(3);
    };
    await world.loadAll();
    assert.equal(world.list.hasMore, true, 'the list is incomplete until its top is loaded');
    shouldFail = false;
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
    assert.equal(walk.progress.complete, true);
  });
});

describe('Rows that move to the top of numbered pages while they are loading', () => {
  it('are found even if as many rows are removed as are missing', async () => {
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

  it('cost no extra request if nothing moved', async () => {
    const world = new ListWorld(450, { style: 'page' }, 100);
    await world.loadAll();
    assert.equal(world.requested.length, 5);
  });
});
