import assert from 'node:assert/strict';
import type { Priority } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type ServerHabits } from '../../properties/support/shiftingList';

const origin = 'https://call.example';
const cancellation = new ApiError({ kind: 'cancelled', origin });
const serverError = new ApiError({ kind: 'server', status: 500, origin });
const noSignal = new AbortController().signal;

interface LoggedRequest extends PageRequest {
  readonly priority: Priority | undefined;
}

/** A store with a fully loaded list. Afterwards responses can be held, and rows changed through `costs`. */
class World {
  readonly server: ShiftingList;
  readonly store: ConversationStore;
  readonly arrived: string[] = [];
  requests: LoggedRequest[] = [];
  /** Selects the requests that wait for `release`. */
  shouldHold: (page: LoggedRequest) => boolean = () => false;
  shouldFail: (page: LoggedRequest) => boolean = () => false;
  costs = new Map<string, number>();
  private readonly heldRequests: (() => void)[] = [];
  private readonly loading: Promise<void>;

  constructor(count: number, habits: ServerHabits = { style: 'page' }, pageSize = 30) {
    this.server = new ShiftingList(count, habits);
    this.store = new ConversationStore({
      pageSize: () => pageSize,
      queryOf: () => ({}),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    this.store.onDidArrive((rows) => this.arrived.push(...rows.map(({ id }) => id)));
    this.store.connect(
      apiOver(async (_, page, { signal, priority }) => {
        const request = { ...page, priority };
        this.requests.push(request);
        if (this.shouldHold(request)) {
          await new Promise<void>((resolve, reject) => {
            this.heldRequests.push(resolve);
            signal.addEventListener('abort', () => reject(cancellation));
          });
        }
        if (this.shouldFail(request)) throw serverError;
        const answer = this.server.answer(page);
        return { ...answer, rows: answer.rows.map((row) => ({ ...row, totalCost: this.costs.get(row.id) ?? 0 })) };
      }),
    );
    this.loading = this.load();
  }

  static async create(...args: ConstructorParameters<typeof World>): Promise<World> {
    const world = new World(...args);
    await world.loading;
    world.requests = [];
    return world;
  }

  get list(): ListSnapshot {
    return this.store.snapshot.lists.get(everyType) ?? assert.fail();
  }

  get ids(): readonly string[] {
    return this.store.snapshot.rows.map(({ id }) => id);
  }

  /** Resolves when a request is held. */
  async whenHeld(): Promise<void> {
    while (this.heldRequests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Answers held requests and holds no later ones. */
  release(): void {
    this.shouldHold = () => false;
    for (const answer of this.heldRequests.splice(0)) answer();
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

/** True for requests of the background part. */
const isBackground = ({ priority }: LoggedRequest): boolean => priority === 'background';

describe('Reload of a list with many pages', () => {
  for (const style of ['page', 'cursor'] as const) {
    it(`loads the top as visible, the rest in the background, and drops removed rows (${style}s)`, async () => {
      const world = await World.create(450, { style });
      world.remove(7);
      const [fresh] = world.insert(1);
      world.costs.set('c20', 5);
      await world.store.reload([everyType]);
      const [top, rest] = [world.requests.slice(0, -6), world.requests.slice(-6)];
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
        'the top is loaded once more',
      );
      assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
      assert.equal(world.store.find('c20')?.totalCost, 5);
      assert.deepEqual(world.arrived, [fresh]);
      assert.deepEqual([world.list.hasMore, world.list.mayLackRows, world.list.state.kind], [false, false, 'ready']);
    });
  }

  it('shows the top before the rest, then changes page by page', async () => {
    const world = await World.create(450);
    const [fresh] = world.insert(1);
    world.costs.set('c440', 1).set('c2', 2);
    world.shouldHold = isBackground;
    const reloading = world.store.reload([everyType]);
    await world.whenHeld();
    assert.deepEqual([world.list.state, world.list.loaded], [{ kind: 'busy', work: 'reload' }, 451]);
    assert.ok(world.ids.includes(fresh ?? ''));
    assert.deepEqual([world.store.find('c440')?.totalCost, world.store.find('c2')?.totalCost], [1, 0]);
    world.release();
    const costs: (number | string | undefined)[] = [];
    world.shouldHold = (page) => isBackground(page) && page.pointer?.style === 'page' && page.pointer.page === 5;
    world.costs.set('c80', 3);
    world.store.onDidChange(() => costs.push(world.store.snapshot.rows.find(({ id }) => id === 'c80')?.totalCost));
    await world.whenHeld();
    assert.deepEqual(costs, [0, 0, 0, 3]);
    world.release();
    await reloading;
    assert.equal(world.store.find('c2')?.totalCost, 2);
  });

  it('reports progress to all callers and continues while one of them waits', async () => {
    const world = await World.create(450);
    world.shouldHold = isBackground;
    const cancel = new AbortController();
    const [first, second]: [LoadProgress[], LoadProgress[]] = [[], []];
    const one = world.store.reload([everyType], cancel.signal, (_, progress) => first.push(progress));
    await world.whenHeld();
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

  for (const [reason, stop] of [
    ['canceled', (_: World, cancel: AbortController): void => cancel.abort()],
    ['failing', (world: World): void => void (world.shouldFail = () => true)],
  ] as const) {
    it(`keeps all loaded rows and the fresh top when it is ${reason}`, async () => {
      const world = await World.create(450);
      const before = world.ids;
      const [fresh] = world.insert(1);
      // A row further down that was never listed must not stay without a list.
      world.server.alive = [...world.server.alive.slice(0, 80), 9000, ...world.server.alive.slice(80)];
      world.remove(2);
      world.shouldHold = (page) => isBackground(page) && page.pointer?.style === 'page' && page.pointer.page === 3;
      const cancel = new AbortController();
      const reloading = world.store.reload([everyType], cancel.signal);
      await world.whenHeld();
      stop(world, cancel);
      world.release();
      await reloading;
      assert.deepEqual(world.ids.toSorted(), [...before, fresh].toSorted());
      assert.deepEqual([world.list.loaded, world.list.hasMore], [451, false]);
      assert.equal(world.list.state.kind, reason === 'failing' ? 'failed' : 'ready');
      world.shouldFail = () => false;
      await (reason === 'failing' ? world.store.retry(everyType) : world.store.reload([everyType]));
      assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
    });
  }

  it('drops nothing if it is canceled with its last page', async () => {
    const world = await World.create(150);
    world.remove(9);
    const cancel = new AbortController();
    await world.store.reload([everyType], cancel.signal, (_, { loaded }) => loaded === 149 && cancel.abort());
    assert.deepEqual([world.ids.includes('c9'), world.list.state.kind], [true, 'ready']);
  });

  it('leaves no rows of an account that is left during the last progress report', async () => {
    const world = await World.create(150);
    world.insert(1);
    await world.store.reload(
      [everyType],
      noSignal,
      (_, { loaded, total }) => loaded === total && world.store.connect(undefined),
    );
    assert.deepEqual([world.ids, world.store.snapshot.lists.size], [[], 0]);
  });

  it('is canceled immediately while it is queued', async () => {
    const world = await World.create(450);
    world.shouldHold = () => true;
    const refreshing = world.store.refresh([everyType]);
    await world.whenHeld();
    const cancel = new AbortController();
    const reloading = world.store.reload([everyType], cancel.signal);
    cancel.abort();
    await reloading;
    world.release();
    await refreshing;
    assert.equal(world.requests.length, 1);
  });
});

describe('Refresh during a reload', () => {
  it('waits only for the top if that is loading', async () => {
    const world = await World.create(450);
    world.insert(2);
    world.shouldHold = () => true;
    const reloading = world.store.reload([everyType]);
    await world.whenHeld();
    const refreshing = world.store.refresh([everyType]);
    world.release();
    world.shouldHold = isBackground;
    assert.deepEqual(await refreshing, { added: 2, changed: 0, failed: 0 });
    assert.deepEqual(world.list.state, { kind: 'busy', work: 'reload' });
    await world.whenHeld();
    world.release();
    await reloading;
  });

  it('loads the top again if that was already loaded, and its rows survive the reload', async () => {
    const world = await World.create(450);
    world.shouldHold = (page) => isBackground(page) && page.pointer?.style === 'page' && page.pointer.page === 3;
    const reloading = world.store.reload([everyType]);
    await world.whenHeld();
    const added = world.insert(2);
    world.costs.set('c449', 3);
    const refreshing = Promise.all([world.store.refresh([everyType]), world.store.refresh([everyType])]);
    world.release();
    world.shouldHold = isBackground;
    assert.deepEqual(await refreshing, Array(2).fill({ added: 2, changed: 1, failed: 0 }));
    assert.deepEqual(world.list.state, { kind: 'busy', work: 'reload' });
    assert.deepEqual(world.arrived, added);
    await world.whenHeld();
    world.release();
    await reloading;
    assert.deepEqual(world.ids.toSorted(), world.server.alive.map(idOf).toSorted());
    assert.deepEqual([world.list.hasMore, world.list.mayLackRows], [false, false]);
  });

  it('loads the top itself if the reload is canceled, and reports a failure', async () => {
    const world = await World.create(450);
    for (const [isFailing, failed] of [
      [false, 0],
      [true, 1],
    ] as const) {
      world.shouldHold = isBackground;
      const cancel = new AbortController();
      const reloading = world.store.reload([everyType], cancel.signal);
      await world.whenHeld();
      const refreshing = world.store.refresh([everyType]);
      world.shouldFail = () => isFailing;
      if (!isFailing) cancel.abort();
      world.release();
      assert.deepEqual(await refreshing, { added: 0, changed: 0, failed });
      await reloading;
    }
  });

  it('costs no request if the list has one page', async () => {
    const world = await World.create(60);
    const [fresh] = world.insert(1);
    world.shouldHold = () => true;
    const reloading = world.store.reload([everyType]);
    await world.whenHeld();
    const refreshing = world.store.refresh([everyType]);
    world.release();
    assert.deepEqual(await refreshing, { added: 1, changed: 0, failed: 0 });
    await reloading;
    assert.deepEqual(
      world.requests.map(({ pageSize, priority }) => [pageSize, priority]),
      [[100, 'visible']],
    );
    assert.deepEqual(world.arrived, [fresh]);
  });
});
