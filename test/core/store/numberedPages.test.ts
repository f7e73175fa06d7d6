import assert from 'node:assert/strict';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

describe('Load All of numbered pages', () => {
  it('loads the top until it reaches known rows, then continues after them', async () => {
    const world = new ListWorld(1000, { style: 'page' }, 100);
    await world.loadPages(8);
    world.insert(3);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
    assert.ok(world.requested.length <= 5, world.requested.join(', '));
    assert.ok(world.priorities.every((priority) => priority === 'background'));
  });

  for (const [name, total] of [
    ['a total that is too high', 100_000],
    ['a total that is too low', 950],
  ] as const) {
    it(`requests hardly any page after the last with ${name}`, async () => {
      const world = new ListWorld(1000, { style: 'page', total }, 100);
      await world.loadPages(3);
      await world.loadAll();
      assert.deepEqual(world.missing, []);
      for (const each of world.requested) {
        const [page = 0, size = 0] = each.split(' of ').map(Number);
        assert.ok((page - 1) * size < 1000 + size, each);
      }
    });
  }

  it("loads the top again if the server's total exceeds the listed rows", async () => {
    const world = new ListWorld(250, { style: 'page' }, 30);
    await world.loadPages(1);
    let added: readonly string[] = [];
    world.before = ({ pointer, pageSize }) => {
      if (pageSize === 100 && pointer?.style === 'page' && pointer.page === 3 && added.length === 0)
        added = world.insert(2);
    };
    await world.loadAll();
    assert.equal(added.length, 2);
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  it('continues page by page and reports possibly missing rows if page numbers disappear', async () => {
    const world = new ListWorld(300, { style: 'page' }, 30);
    await world.loadPages(1);
    world.change = (answer, { pageSize }) =>
      pageSize === 30 || answer.envelope.style !== 'page'
        ? answer
        : { ...answer, envelope: { ...answer.envelope, currentPage: undefined } };
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, true]);
    assert.ok(world.requested.length < 10);
  });

  it('resets the count of rows loaded without a match', async () => {
    const world = new ListWorld(300, { style: 'page' }, 30);
    await world.loadPages(1);
    await world.store.loadMore(everyType, () => false);
    assert.equal(world.list.rowsWithoutMatch, 90);
    await world.loadAll();
    assert.equal(world.list.rowsWithoutMatch, 0);
  });

  for (const noLastPage of [false, true]) {
    for (const pages of [1, 2, 4, 6]) {
      it(`continues after ${pages} pages of 30 if the server limits pages to 50 rows${noLastPage ? ' and reports no last page' : ''}`, async () => {
        const world = new ListWorld(400, { style: 'page', noLastPage }, 30);
        world.change = (answer, page) => (page.pageSize > 50 ? world.server.answer({ ...page, pageSize: 50 }) : answer);
        await world.loadPages(pages);
        await world.loadAll();
        assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
        assert.ok(world.requested.length < 16, world.requested.join(', '));
        const [fresh = ''] = world.insert(1);
        await world.refresh();
        await world.store.reload([everyType]);
        assert.deepEqual([world.missing, world.list.loaded], [[], 401]);
        assert.deepEqual(world.arrived, [fresh]);
      });
    }
  }

  for (const claimedSize of [0, 15, 100]) {
    it(`misses no row if the server claims ${claimedSize} rows per page but respects the requested size`, async () => {
      const world = new ListWorld(400, { style: 'page', noLastPage: true }, 30);
      world.change = ({ envelope, ...answer }) => ({
        ...answer,
        envelope: envelope.style === 'page' ? { ...envelope, perPage: claimedSize } : envelope,
      });
      await world.loadPages(2);
      await world.loadAll();
      assert.deepEqual([world.missing, world.list.hasMore], [[], false]);
    });
  }
});
