import assert from 'node:assert/strict';
import type { PageEnvelope } from '../../../src/core/api/paging/paging';
import { everyType } from '../../../src/core/store/snapshot';
import { ListWorld } from './support/listWorld';

describe('A list that is read page by page', () => {
  it('says that rows may be missing where one was pulled up, past the border between two pages', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.read(1);
    // c30 is on the first page by now. The list counts one fewer, as it should.
    world.remove(40);
    await world.loadToEnd();
    assert.deepEqual(world.missing, ['c30']);
    assert.deepEqual([world.list.loaded, world.list.total], [39, 39]);
    assert.equal(world.list.mayLackRows, true);
  });

  it('says so too where such a row goes between the pages of a refresh', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.read(4);
    world.insert(25);
    world.before = ({ pointer }) =>
      pointer !== undefined && pointer.style === 'page' && pointer.page === 2 && world.remove(65);
    await world.refresh();
    world.before = () => undefined;
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.mayLackRows], [['c55'], true]);
  });

  it('is told whole where rows only came, or none went before the last page', async () => {
    const world = new ListWorld(40, { style: 'page' });
    await world.read(2);
    world.insert(3);
    await world.loadToEnd();
    await world.refresh();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });

  it('is told whole where cursors hold its place, whatever went', async () => {
    const world = new ListWorld(40, { style: 'cursor' });
    await world.read(1);
    world.remove(40, 25);
    await world.loadToEnd();
    assert.deepEqual([world.missing, world.list.mayLackRows], [[], false]);
  });

  for (const tellsNext of [false, true]) {
    const server = tellsNext ? 'tells no more than whether a page follows' : 'counts nothing';
    it(`is told whole where the server ${server} and nothing moved, by pages that overlap`, async () => {
      for (const [count, pageSize] of [
        [40, 10],
        [30, 10],
        [7, 2],
        [61, 30],
        [250, 100],
        [9, 1],
      ] as const) {
        const world = new ListWorld(count, { style: 'page', noLastPage: true, tellsNext }, pageSize);
        await world.read(1);
        assert.equal(world.list.mayLackRows, false, 'there is more to read, which says it all');
        await world.loadToEnd();
        assert.deepEqual([world.missing, world.list.mayLackRows], [[], false], `${count} in pages of ${pageSize}`);
        await world.store.reload([everyType]);
        assert.deepEqual([world.list.loaded, world.list.hasMore, world.list.mayLackRows], [count, false, false]);
      }
    });

    it(`misses no row that was pulled up where the server ${server}, or says so`, async () => {
      const world = new ListWorld(40, { style: 'page', noLastPage: true, tellsNext });
      await world.read(1);
      world.remove(40, 39, 38, 37);
      await world.loadToEnd();
      assert.ok(world.missing.length === 0 || world.list.mayLackRows, world.missing.join(', '));
    });
  }

  it('is told whole where a server that keeps its own page size tells that no page follows', async () => {
    const world = new ListWorld(40, { style: 'page', noLastPage: true, tellsNext: true, fixedSize: 15 }, 30);
    await world.read(1);
    await world.loadToEnd();
    assert.deepEqual(
      [world.list.loaded, world.list.mayLackRows, world.asked],
      [40, false, ['2 of 15', '3 of 15', '1 of 15']],
    );
  });

  it('is told whole where one short page was all there is, though nothing was counted', async () => {
    const world = new ListWorld(7, { style: 'page', noLastPage: true });
    await world.read(1);
    await world.loadToEnd();
    assert.deepEqual([world.list.loaded, world.list.mayLackRows], [7, false]);
  });

  it('takes a page for full that has as many rows as the server gives, or as can not be read', async () => {
    const fixed = new ListWorld(40, { style: 'page', fixedSize: 8 });
    await fixed.read(1);
    fixed.remove(40);
    await fixed.loadToEnd();
    assert.deepEqual([fixed.missing, fixed.list.mayLackRows], [['c32'], true]);
    const broken = new ListWorld(40, { style: 'page', broken: new Map([[35, null]]) });
    await broken.read(1);
    broken.remove(40);
    await broken.loadToEnd();
    assert.deepEqual([broken.missing.filter((id) => id !== 'c35'), broken.list.mayLackRows], [['c30'], true]);
  });

  const ends: readonly (readonly [what: string, mayLack: boolean, envelope: PageEnvelope])[] = [
    ['a page behind it', true, { style: 'page', currentPage: 2, lastPage: 4, perPage: 10, total: 10 }],
    ['none', false, { style: 'page', currentPage: 2, lastPage: 2, perPage: 10, total: 10 }],
    ['a cursor', true, { style: 'cursor', nextCursor: 'further' }],
    ['no cursor', false, { style: 'cursor', nextCursor: undefined }],
  ];
  for (const [what, mayLack, envelope] of ends) {
    it(`ends at a page that came before: it tells of ${what}, so rows ${mayLack ? 'may be' : 'are not'} missing`, async () => {
      const world = new ListWorld(40, { style: envelope.style });
      const first = world.server.answer({ pointer: undefined, pageSize: 10 });
      world.change = (answer, { pointer }) => ({
        ...first,
        envelope: pointer === undefined ? { ...answer.envelope, total: 10 } : envelope,
      });
      await world.read(1);
      await world.loadMore();
      assert.deepEqual([world.list.loaded, world.list.hasMore, world.list.mayLackRows], [10, false, mayLack]);
    });
  }

  it('believes no total any more once one did not fit, and says of a total that is not told that it is not told', async () => {
    const world = new ListWorld(40, { style: 'page' });
    const total = (told: number | undefined): void => {
      world.change = (answer) => ({
        ...answer,
        envelope: answer.envelope.style === 'page' ? { ...answer.envelope, total: told } : answer.envelope,
      });
    };
    await world.read(1);
    assert.equal(world.list.total, 40);
    total(undefined);
    await world.loadMore();
    assert.equal(world.list.total, undefined);
    total(40);
    await world.loadMore();
    assert.equal(world.list.total, 40);
    total(5);
    await world.refresh();
    total(40);
    await world.refresh();
    assert.equal(world.list.total, undefined);
  });

  it('has Load All read from the top what may have been skipped', async () => {
    const world = new ListWorld(800, { style: 'page' }, 100);
    await world.read(1);
    world.remove(800);
    await world.loadMore();
    await world.loadMore();
    assert.deepEqual(world.missing.slice(0, 1), ['c700']);
    await world.loadAll();
    assert.deepEqual([world.missing, world.list.hasMore, world.list.mayLackRows], [[], false, false]);
  });
});
