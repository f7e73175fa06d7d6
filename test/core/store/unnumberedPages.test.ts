import assert from 'node:assert/strict';
import type { PageRequest } from '../../../src/core/api/api';
import { ApiError } from '../../../src/core/api/errors';
import { everyType, type ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, ShiftingList } from '../../properties/support/shiftingList';

const origin = 'https://call.example';
const refused = new ApiError({ kind: 'server', status: 500, origin });
const noSignal = new AbortController().signal;

/** A list of 200 on a server that numbers its pages and does not say which is the last: Load All reads them one by one. */
class World {
  readonly server = new ShiftingList(200, { style: 'page', noLastPage: true });
  readonly store: ConversationStore;
  asked: string[] = [];
  pageSize = 30;
  before: (page: PageRequest) => void = () => undefined;

  constructor() {
    this.store = new ConversationStore({ pageSize: () => this.pageSize, queryOf: () => ({}), defect: (error) => assert.fail(String(error)) });
    this.store.connect(
      apiOver(async (_, page) => {
        this.asked.push(`${page.pointer?.style === 'page' ? page.pointer.page : 1} of ${page.pageSize}`);
        this.before(page);
        return Promise.resolve(this.server.answer(page));
      }),
    );
  }

  get list(): ListSnapshot {
    return this.store.snapshot.lists.get(everyType) ?? assert.fail();
  }
}

describe('Pages that are read one by one, in two sizes', () => {
  for (const how of ['cancelled', 'failing'] as const) {
    it(`are read on from where they were, when Load All is ${how} before its first page of 100`, async () => {
      const world = new World();
      await world.store.open(everyType);
      const cancel = new AbortController();
      world.before = ({ pageSize }) => {
        if (pageSize !== 100) return;
        if (how === 'failing') throw refused;
        cancel.abort();
      };
      await world.store.loadAll(everyType, cancel.signal);
      assert.deepEqual([world.list.loaded, world.list.hasMore], [30, true]);
      world.asked = [];
      await (how === 'failing' ? world.store.retry(everyType) : world.store.loadMore(everyType));
      assert.deepEqual(world.asked, ['2 of 30']);
      assert.deepEqual([world.list.loaded, world.list.hasMore], [60, true]);
      world.before = () => undefined;
      await world.store.loadAll(everyType, noSignal);
      assert.deepEqual([world.list.loaded, world.list.hasMore], [200, false]);
    });
  }
});
