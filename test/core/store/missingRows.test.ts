import assert from 'node:assert/strict';
import type { PageEnvelope } from '../../../src/core/api/paging/paging';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

describe('A list that is loaded page by page', () => {
  it('reports possibly missing rows if one moved up across a page border', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.loadPages(1);
    // c30 has moved to the first page; the total is one lower.
    world.remove(40);
    await world.loadToEnd();
    assert.deepEqual(world.missing, ['c30']);
    assert.deepEqual([world.list.loaded, world.list.total], [39, 39]);
    assert.equal(world.list.mayLackRows, true);
  });

  it('reports possibly missing rows if one moved up between the pages of a refresh', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.loadPages(4);
    world.insert(25);
    world.before = ({ pointer }) =>
      pointer !== undefined && pointer.style === 'page' && pointer.page === 2 && world.remove(65);
    await world.refresh();
    world.before = () => undefined;
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.mayLackRows], [['c55'], true]);
  });

  it('is complete if rows were only added or removed after the last page', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.loadPages(2);
    world.insert(3);
    await world.loadToEnd();
    await world.refresh();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('is complete with cursors even if rows were removed', async () => {
    const world = new ListWorld(40, { style: 'cursor' });
    await world.loadPages(1);
    world.remove(40, 25);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  for (const reportsNextPage of [false, true]) {
    const server = reportsNextPage ? 'reports only whether another page follows' : 'reports no totals';
    it(`is complete by overlapping pages if the server ${server} and nothing changed`, async () => {
      for (const [count, pageSize] of [
        [40, 10],
        [30, 10],
        [7, 2],
        [61, 30],
        [250, 100],
        [9, 1],
      ] as const) {
        const world = new ListWorld(count, { style: 'page', noLastPage: true, reportsNextPage }, pageSize);
        await world.loadPages(1);
        assert.equal(world.list.mayLackRows, false, 'the list has more rows anyway');
        await world.loadToEnd();
        assert.deepEqual([world.missing, world.list.mayLackRows], [[], false], `${count} in pages of ${pageSize}`);
        await world.store.reload([everyType]);
        assert.deepEqual([world.list.loaded, world.list.hasMore, world.list.mayLackRows], [count, false, false]);
      }
    });

    it(`misses no row that moved up if the server ${server}, or reports it`, async () => {
      const world = new ListWorld(40, { style: 'page', noLastPage: true, reportsNextPage });
      await world.loadPages(1);
      world.remove(40, 39, 38, 37);
      await world.loadToEnd();
      assert.ok(world.missing.length === 0 || world.list.mayLackRows, world.missing.join(', '));
    });
  }

  it('is complete if a server with a fixed page size reports that no page follows', async () => {
    const world = new ListWorld(40, { style: 'page', noLastPage: true, reportsNextPage: true, fixedSize: 15 }, 30);
    await world.loadPages(1);
    await world.loadToEnd();
    assert.deepEqual(
      [world.list.loaded, world.list.mayLackRows, world.requested],
      [40, false, ['2 of 15', '3 of 15', '1 of 15']],
    );
  });

  it('is complete after one short page, even without a total', async () => {
    const world = new ListWorld(7, { style: 'page', noLastPage: true });
    await world.loadPages(1);
    await world.loadToEnd();
    assert.deepEqual([world.list.loaded, world.list.mayLackRows], [7, false]);
  });

  it("treats a page as full if it has the server's page size or rows that can't be decoded", async () => {
    const fixed = new ListWorld(40, { style: 'page', fixedSize: 8 });
    await fixed.loadPages(1);
    fixed.remove(40);
    await fixed.loadToEnd();
    assert.deepEqual([fixed.missing, fixed.list.mayLackRows], [['c32'], true]);
    const broken = new ListWorld(40, { style: 'page', broken: new Map([[35, null]]) });
    await broken.loadPages(1);
    broken.remove(40);
    await broken.loadToEnd();
    assert.deepEqual([broken.missing.filter((id) => id !== 'c35'), broken.list.mayLackRows], [['c30'], true]);
  });

  const ends: readonly (readonly [name: string, mayLack: boolean, envelope: PageEnvelope])[] = [
    ['another page', true, { style: 'page', currentPage: 2, lastPage: 4, perPage: 10, total: 10 }],
    ['no other page', false, { style: 'page', currentPage: 2, lastPage: 2, perPage: 10, total: 10 }],
    ['a cursor', true, { style: 'cursor', nextCursor: 'further' }],
    ['no cursor', false, { style: 'cursor', nextCursor: undefined }],
  ];
  for (const [name, mayLack, envelope] of ends) {
    it(`stops at a repeated page that announces ${name}, so rows ${mayLack ? 'may be' : "aren't"} missing`, async () => {
      const world = new ListWorld(40, { style: envelope.style });
      const first = world.server.answer({ pointer: undefined, pageSize: 10 });
      world.change = (answer, { pointer }) => ({
        ...first,
        envelope: pointer === undefined ? { ...answer.envelope, total: 10 } : envelope,
      });
      await world.loadPages(1);
      await world.loadMore();
      assert.deepEqual([world.list.loaded, world.list.hasMore, world.list.mayLackRows], [10, false, mayLack]);
    });
  }

  it('distrusts totals after a wrong one and reports a missing total as unknown', async () => {
    const world = new ListWorld(40, { style: 'page' });
    const setTotal = (newTotal: number | undefined): void => {
      world.change = (answer) => ({
        ...answer,
        envelope: answer.envelope.style === 'page' ? { ...answer.envelope, total: newTotal } : answer.envelope,
      });
    };
    await world.loadPages(1);
    assert.equal(world.list.total, 40);
    setTotal(undefined);
    await world.loadMore();
    assert.equal(world.list.total, undefined);
    setTotal(40);
    await world.loadMore();
    assert.equal(world.list.total, 40);
    setTotal(5);
    await world.refresh();
    setTotal(40);
    await world.refresh();
    assert.equal(world.list.total, undefined);
  });

  it('makes Load All start from the top if rows may have been skipped', async () => {
    const world = new ListWorld(800, { style: 'page' }, 100);
    await world.loadPages(1);
    world.remove(800);
    await world.loadMore();
    await world.loadMore();
    assert.deepEqual(world.missing.slice(0, 1), ['c700']);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });
});
