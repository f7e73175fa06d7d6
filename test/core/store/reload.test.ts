import assert from 'node:assert/strict';
import type { Priority } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type ServerHabits } from '../../properties/support/shiftingList';

const origin = 'https://call.example';
const cancelled = new ApiError({ kind: 'cancelled', origin });
const refused = new ApiError({ kind: 'server', status: 500, origin });
const noSignal = new AbortController().signal;

interface Asked extends PageRequest {
  readonly priority: Priority | undefined;
}

/** A store with all of a list of so many rows loaded. From then on answers can be held back, and rows are written to by `touch`. */
class World {
  readonly server: ShiftingList;
  readonly store: ConversationStore;
  readonly arrived: string[] = [];
  asked: Asked[] = [];
  /** Which requests wait until they are released. */
  holds: (page: Asked) => boolean = () => false;
  fails: (page: Asked) => boolean = () => false;
  costs = new Map<string, number>();
  private readonly waiting: (() => void)[] = [];
  private readonly loading: Promise<void>;

  constructor(count: number, habits: ServerHabits = { style: 'page' }, pageSize = 30) {
    this.server = new ShiftingList(count, habits);
    this.store = new ConversationStore({
      pageSize: () => pageSize,
      queryOf: () => ({}),
      defect: (error) => assert.fail(String(error)),
    });
    this.store.onDidArrive((rows) => this.arrived.push(...rows.map(({ id }) => id)));
    this.store.connect(
      apiOver(async (_, page, { signal, priority }) => {
        const request = { ...page, priority };
        this.asked.push(request);
        if (this.holds(request)) {
          await new Promise<void>((resolve, reject) => {
            this.waiting.push(resolve);
            signal.addEventListener('abort', () => reject(cancelled));
          });
        }
        if (this.fails(request)) throw refused;
        const answer = this.server.answer(page);
        return { ...answer, rows: answer.rows.map((row) => ({ ...row, totalCost: this.costs.get(row.id) ?? 0 })) };
      }),
    );
    this.loading = this.load();
  }

  static async of(...of: ConstructorParameters<typeof World>): Promise<World> {
    const world = new World(...of);
    await world.loading;
    world.asked = [];
    return world;
  }

  get list(): ListSnapshot {
    return this.store.snapshot.lists.get(everyType) ?? assert.fail();
  }

  get ids(): readonly string[] {
    return this.store.snapshot.rows.map(({ id }) => id);
  }

  /** Until a request waits. */
  async held(): Promise<void> {
    while (this.waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets go what waits; what comes later is not held back. */
  release(): void {
    this.holds = () => false;
    for (const go of this.waiting.splice(0)) go();
  }

  insert(count: number): string[] {
    const newest = Math.max(...this.server.alive);
    const added = Array.from({ length: count }, (_, index) => newest + count - index);
    this.server.alive = [...added, ...this.server.alive];
    return added.map(idOf);
  }

  remove(row: number): void {
    this.server.alive = this.server.alive.filter((each) => each !== row);
  }

  private async load(): Promise<void> {
    await this.store.open(everyType);
    await this.store.loadAll(everyType, noSignal);
    assert.equal(this.list.hasMore, false);
  }
}

/** A request of the slow part. */
const behind = ({ priority }: Asked): boolean => priority === 'background';

describe('Reload of a list of many pages', () => {
  for (const style of ['page', 'cursor'] as const) {
    it(`reads the top for whoever looks at it, the rest behind that, and forgets what is gone (${style}s)`, async () => {
      const world = await World.of(450, { style });
      world.remove(7);
      const [fresh] = world.insert(1);
      world.costs.set('c20', 5);
      await world.store.reload([everyType]);
      const [top, rest] = [world.asked.slice(0, -6), world.asked.slice(-6)];
      assert.ok(
        top.length > 0 &&
          top.length <= 3 &&
          top.every(({ priority, pageSize }) => priority === 'visible' && pageSize === 30),
      );
      assert.deepEqual(
        rest.map(({ priority, pageSize }) => [priority, pageSize]),
        Array(6).fill(['background', 100]),
      );
      assert.deepEqual(
        rest.map(({ pointer }) => pointer === undefined),
        [true, false, false, false, false, true],
        'the top comes once more',
      );
      assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
      assert.equal(world.store.find('c20')?.totalCost, 5);
      assert.deepEqual(world.arrived, [fresh]);
      assert.deepEqual([world.list.hasMore, world.list.mayLackRows, world.list.state.kind], [false, false, 'ready']);
    });
  }

  it('shows the top before the rest has come, and then what has changed page by page', async () => {
    const world = await World.of(450);
    const [fresh] = world.insert(1);
    world.costs.set('c440', 1).set('c2', 2);
    world.holds = behind;
    const reloading = world.store.reload([everyType]);
    await world.held();
    assert.deepEqual([world.list.state, world.list.loaded], [{ kind: 'busy', work: 'reload' }, 451]);
    assert.ok(world.ids.includes(fresh ?? ''));
    assert.deepEqual([world.store.find('c440')?.totalCost, world.store.find('c2')?.totalCost], [1, 0]);
    world.release();
    const told: (number | string | undefined)[] = [];
    world.holds = (page) => behind(page) && page.pointer?.style === 'page' && page.pointer.page === 5;
    world.costs.set('c80', 3);
    world.store.onDidChange(() => told.push(world.store.snapshot.rows.find(({ id }) => id === 'c80')?.totalCost));
    await world.held();
    assert.deepEqual(told, [0, 0, 0, 3]);
    world.release();
    await reloading;
    assert.equal(world.store.find('c2')?.totalCost, 2);
  });

  it('tells all who asked how far it is, and goes on while one of them wants it', async () => {
    const world = await World.of(450);
    world.holds = behind;
    const cancel = new AbortController();
    const [first, second]: [LoadProgress[], LoadProgress[]] = [[], []];
    const one = world.store.reload([everyType], cancel.signal, (_, progress) => first.push(progress));
    await world.held();
    const two = world.store.reload(
      [everyType],
      noSignal,
      (key, progress) => key === everyType && second.push(progress),
    );
    cancel.abort();
    await one;
    world.release();
    await two;
    assert.deepEqual(first, []);
    assert.deepEqual(
      second,
      [100, 200, 300, 400, 450].map((loaded) => ({ loaded, total: 450 })),
    );
  });

  for (const [how, stop] of [
    ['cancelled', (_: World, cancel: AbortController): void => cancel.abort()],
    ['failing', (world: World): void => void (world.fails = () => true)],
  ] as const) {
    it(`keeps all that was loaded, with its top fresh, when it is ${how}`, async () => {
      const world = await World.of(450);
      const before = world.ids;
      const [fresh] = world.insert(1);
      // Deep down stands what was never listed before: it must not stay without a list.
      world.server.alive = [...world.server.alive.slice(0, 80), 9000, ...world.server.alive.slice(80)];
      world.remove(2);
      world.holds = (page) => behind(page) && page.pointer?.style === 'page' && page.pointer.page === 3;
      const cancel = new AbortController();
      const reloading = world.store.reload([everyType], cancel.signal);
      await world.held();
      stop(world, cancel);
      world.release();
      await reloading;
      assert.deepEqual(world.ids.toSorted(), [...before, fresh].toSorted());
      assert.deepEqual([world.list.loaded, world.list.hasMore], [451, false]);
      assert.equal(world.list.state.kind, how === 'failing' ? 'failed' : 'ready');
      world.fails = () => false;
      await (how === 'failing' ? world.store.retry(everyType) : world.store.reload([everyType]));
      assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
    });
  }

  it('forgets nothing where it is cancelled as its last page comes', async () => {
    const world = await World.of(150);
    world.remove(9);
    const cancel = new AbortController();
    await world.store.reload([everyType], cancel.signal, (_, { loaded }) => loaded === 149 && cancel.abort());
    assert.deepEqual([world.ids.includes('c9'), world.list.state.kind], [true, 'ready']);
  });

  it('leaves nothing of an account that is left while it tells of its last page', async () => {
    const world = await World.of(150);
    world.insert(1);
    await world.store.reload(
      [everyType],
      noSignal,
      (_, { loaded, total }) => loaded === total && world.store.connect(undefined),
    );
    assert.deepEqual([world.ids, world.store.snapshot.lists.size], [[], 0]);
  });

  it('is cancelled at once where it waits for its turn', async () => {
    const world = await World.of(450);
    world.holds = () => true;
    const refreshing = world.store.refresh([everyType]);
    await world.held();
    const cancel = new AbortController();
    const reloading = world.store.reload([everyType], cancel.signal);
    cancel.abort();
    await reloading;
    world.release();
    await refreshing;
    assert.equal(world.asked.length, 1);
  });
});

describe('Refresh while a reload goes on', () => {
  it('waits for the top alone, where that is on its way', async () => {
    const world = await World.of(450);
    world.insert(2);
    world.holds = () => true;
    const reloading = world.store.reload([everyType]);
    await world.held();
    const refreshing = world.store.refresh([everyType]);
    world.release();
    world.holds = behind;
    assert.deepEqual(await refreshing, { added: 2, changed: 0, failed: 0 });
    assert.deepEqual(world.list.state, { kind: 'busy', work: 'reload' });
    await world.held();
    world.release();
    await reloading;
  });

  it('has the top read once more where that has come, and what it brings outlasts the reload', async () => {
    const world = await World.of(450);
    world.holds = (page) => behind(page) && page.pointer?.style === 'page' && page.pointer.page === 3;
    const reloading = world.store.reload([everyType]);
    await world.held();
    const added = world.insert(2);
    world.costs.set('c449', 3);
    const refreshing = Promise.all([world.store.refresh([everyType]), world.store.refresh([everyType])]);
    world.release();
    world.holds = behind;
    assert.deepEqual(await refreshing, Array(2).fill({ added: 2, changed: 1, failed: 0 }));
    assert.deepEqual(world.list.state, { kind: 'busy', work: 'reload' });
    assert.deepEqual(world.arrived, added);
    await world.held();
    world.release();
    await reloading;
    assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
    assert.deepEqual([world.list.hasMore, world.list.mayLackRows], [false, false]);
  });

  it('reads for itself where the reload is stopped, and says so where it fails', async () => {
    const world = await World.of(450);
    for (const [fails, failed] of [
      [false, 0],
      [true, 1],
    ] as const) {
      world.holds = behind;
      const cancel = new AbortController();
      const reloading = world.store.reload([everyType], cancel.signal);
      await world.held();
      const refreshing = world.store.refresh([everyType]);
      world.fails = () => fails;
      if (!fails) cancel.abort();
      world.release();
      assert.deepEqual(await refreshing, { added: 0, changed: 0, failed });
      await reloading;
    }
  });

  it('costs nothing where one page is all there is', async () => {
    const world = await World.of(60);
    const [fresh] = world.insert(1);
    world.holds = () => true;
    const reloading = world.store.reload([everyType]);
    await world.held();
    const refreshing = world.store.refresh([everyType]);
    world.release();
    assert.deepEqual(await refreshing, { added: 1, changed: 0, failed: 0 });
    await reloading;
    assert.deepEqual(
      world.asked.map(({ pageSize, priority }) => [pageSize, priority]),
      [[100, 'visible']],
    );
    assert.deepEqual(world.arrived, [fresh]);
  });
});
