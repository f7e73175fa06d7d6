import assert from 'node:assert/strict';
import { ListWorld } from './support/listWorld';

describe('A hole that a refresh leaves, since it reads three pages at most', () => {
  for (const [what, noLastPage] of [['a server that counts', false], ['one that tells no end', true]] as const) {
    it(`is read to its end in a list that was read whole, also where rows above are pushed down into it (${what})`, async () => {
      const world = new ListWorld(60, { style: 'page', noLastPage });
      await world.read(7);
      assert.equal(world.list.hasMore, false);
      world.insert(45);
      assert.equal((await world.refresh()).added, 30);
      const newest = world.insert(10);
      await world.loadToEnd();
      assert.deepEqual(world.missing, newest);
    });
  }
});
