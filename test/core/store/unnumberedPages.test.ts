import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld, serverError } from './support/listWorld';

describe('Load All without a last page number', () => {
  const habits = { style: 'page', noLastPage: true } as const;

  for (const reason of ['canceled', 'failing'] as const) {
    it(`lets Load More continue when it is ${reason} before its first page of 100`, async () => {
      const world = new ListWorld(200, habits, 30);
      await world.loadPages(1);
      const cancel = new AbortController();
      world.before = ({ pageSize }) => {
        if (pageSize !== 100) return;
        if (reason === 'failing') throw serverError;
        cancel.abort();
      };
      await world.loadAll(cancel.signal);
      assert.deepEqual([world.list.loaded, world.list.hasMore], [30, true]);
      world.clearRequested();
      await (reason === 'failing' ? world.store.retry(everyType) : world.loadMore());
      assert.deepEqual(world.requested, ['2 of 29'], 'overlapping the previous page by one row');
      assert.deepEqual([world.list.loaded, world.list.hasMore], [58, true]);
      world.before = () => undefined;
      await world.loadAll();
      assert.deepEqual([world.list.loaded, world.list.hasMore], [200, false]);
    });
  }

  it('loads up to three visible pages from the top, then pages of 100 in the background', async () => {
    const world = new ListWorld(230, habits, 30);
    await world.loadPages(1);
    const [fresh] = world.insert(1);
    await world.loadAll();
    assert.deepEqual(world.requested, ['1 of 30', '2 of 29', '3 of 28', '2 of 83', '3 of 82', '4 of 81', '1 of 100']);
    assert.deepEqual(world.priorities, [...Array<string>(3).fill('visible'), ...Array<string>(4).fill('background')]);
    assert.ok(fresh !== undefined && world.store.find(fresh));
    assert.deepEqual(world.missing, []);
  });

  it('starts with a page of 100 if nothing was loaded, and loads the top again at the end', async () => {
    const world = new ListWorld(150, habits, 30);
    const reports: number[] = [];
    await world.loadAll(undefined, ({ loaded }) => reports.push(loaded));
    assert.deepEqual(world.requested, ['1 of 100', '2 of 99', '3 of 98', '1 of 100']);
    assert.deepEqual(world.priorities, Array(4).fill('background'));
    assert.deepEqual(reports, [100, 150, 150, 150]);
  });

  it('stops after ten pages without new rows', async () => {
    const world = new ListWorld(30, { style: 'page', noLastPage: true }, 10);
    await world.loadPages(1);
    // Pages that contain only rows that can't be decoded.
    world.change = (answer, { pointer }) =>
      pointer === undefined
        ? answer
        : {
            ...answer,
            rows: [],
            envelope: { style: 'page', currentPage: undefined, lastPage: 1000, perPage: undefined, total: undefined },
          };
    await world.loadAll();
    assert.equal(world.priorities.filter((priority) => priority === 'background').length, 10);
    assert.deepEqual([world.list.loaded, world.list.hasMore, world.list.state.kind], [10, true, 'ready']);
  });
});
