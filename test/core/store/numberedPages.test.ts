import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

describe('Load All of numbered pages', () => {
  it('reads the top until it meets what was read before, and on behind that', async () => {
    const world = new ListWorld(1000, { style: 'page' }, 100);
    await world.read(8);
    world.insert(3);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
    assert.ok(world.asked.length <= 5, world.asked.join(', '));
    assert.ok(world.priorities.every((priority) => priority === 'background'));
  });

  for (const [what, total] of [
    ['a total that is too high', 100_000],
    ['one that is too low', 950],
  ] as const) {
    it(`asks for hardly a page behind the last, whatever the total says: ${what}`, async () => {
      const world = new ListWorld(1000, { style: 'page', total }, 100);
      await world.read(3);
      await world.loadAll();
      assert.deepEqual(world.missing, []);
      for (const each of world.asked) {
        const [page = 0, size = 0] = each.split(' of ').map(Number);
        assert.ok((page - 1) * size < 1000 + size, each);
      }
    });
  }

  it('looks at the top once more where the server counts more than was listed', async () => {
    const world = new ListWorld(250, { style: 'page' }, 30);
    await world.read(1);
    let added: readonly string[] = [];
    world.before = ({ pointer, pageSize }) => {
      if (pageSize === 100 && pointer?.style === 'page' && pointer.page === 3 && added.length === 0)
        added = world.insert(2);
    };
    await world.loadAll();
    assert.equal(added.length, 2);
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  it('reads on one by one, in doubt, where pages are no longer honoured', async () => {
    const world = new ListWorld(300, { style: 'page' }, 30);
    await world.read(1);
    world.change = (answer, { pageSize }) =>
      pageSize === 30 || answer.envelope.style !== 'page'
        ? answer
        : { ...answer, envelope: { ...answer.envelope, currentPage: undefined } };
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, true]);
    assert.ok(world.asked.length < 10);
  });

  it('counts as read, not as barren, what a Load More had read in vain', async () => {
    const world = new ListWorld(300, { style: 'page' }, 30);
    await world.read(1);
    await world.store.loadMore(everyType, () => false);
    assert.equal(world.list.barren, 90);
    await world.loadAll();
    assert.equal(world.list.barren, 0);
  });

  for (const noLastPage of [false, true]) {
    for (const pages of [1, 2, 4, 6]) {
      it(`reads on from where it was where the server gives 50 rows a page at most: behind ${pages} of 30${noLastPage ? ', without an end' : ''}`, async () => {
        const world = new ListWorld(400, { style: 'page', noLastPage }, 30);
        world.change = (answer, page) => (page.pageSize > 50 ? world.server.answer({ ...page, pageSize: 50 }) : answer);
        await world.read(pages);
        await world.loadAll();
        assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
        assert.ok(world.asked.length < 16, world.asked.join(', '));
        const [fresh = ''] = world.insert(1);
        await world.refresh();
        await world.store.reload([everyType]);
        assert.deepEqual([world.missing, world.list.loaded], [[], 401]);
        assert.deepEqual(world.arrived, [fresh]);
      });
    }
  }

  for (const told of [0, 15, 100]) {
    it(`misses nothing where the server does as asked, but says that its pages have ${told} rows`, async () => {
      const world = new ListWorld(400, { style: 'page', noLastPage: true }, 30);
      world.change = ({ envelope, ...answer }) => ({
        ...answer,
        envelope: envelope.style === 'page' ? { ...envelope, perPage: told } : envelope,
      });
      await world.read(2);
      await world.loadAll();
      assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
    });
  }
});
