import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld, refused } from './support/listWorld';

describe('Load All on a server that does not say which page is the last', () => {
  const habits = { style: 'page', noLastPage: true } as const;

  for (const how of ['cancelled', 'failing'] as const) {
    it(`has Load More read on from where it was, when it is ${how} before its first page of 100`, async () => {
      const world = new ListWorld(200, habits, 30);
      await world.read(1);
      const cancel = new AbortController();
      world.before = ({ pageSize }) => {
        if (pageSize !== 100) return;
        if (how === 'failing') throw refused;
        cancel.abort();
      };
      await world.loadAll(cancel.signal);
      assert.deepEqual([world.list.loaded, world.list.hasMore], [30, true]);
      world.forget();
      await (how === 'failing' ? world.store.retry(everyType) : world.loadMore());
      assert.deepEqual(world.asked, ['2 of 29'], 'with one row of the page before');
      assert.deepEqual([world.list.loaded, world.list.hasMore], [58, true]);
      world.before = () => undefined;
      await world.loadAll();
      assert.deepEqual([world.list.loaded, world.list.hasMore], [200, false]);
    });
  }

  it('looks at the top first, three pages at most, then reads one page of 100 after the other, behind what is looked at', async () => {
    const world = new ListWorld(230, habits, 30);
    await world.read(1);
    const [fresh] = world.insert(1);
    await world.loadAll();
    assert.deepEqual(world.asked, ['1 of 30', '2 of 29', '3 of 28', '2 of 83', '3 of 82', '4 of 81', '1 of 100']);
    assert.deepEqual(world.priorities, [...Array<string>(3).fill('visible'), ...Array<string>(4).fill('background')]);
    assert.ok(fresh !== undefined && world.store.find(fresh));
    assert.deepEqual(world.missing, []);
  });

  it('begins with a page of 100 where nothing was read before, and looks at the top once more', async () => {
    const world = new ListWorld(150, habits, 30);
    const told: number[] = [];
    await world.loadAll(undefined, ({ loaded }) => told.push(loaded));
    assert.deepEqual(world.asked, ['1 of 100', '2 of 99', '3 of 98', '1 of 100']);
    assert.deepEqual(world.priorities, Array(4).fill('background'));
    assert.deepEqual(told, [100, 150, 150, 150]);
  });

  it('is left after ten pages that bring nothing, in a list that seems to go on for ever', async () => {
    const world = new ListWorld(30, { style: 'page', noLastPage: true }, 10);
    await world.read(1);
    // Pages of nothing but rows that can't be read.
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
