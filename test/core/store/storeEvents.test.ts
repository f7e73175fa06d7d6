import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { ListQuery } from '../../../src/core/model/query';
import type { ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, rowOf, ShiftingList } from '../../properties/support/shiftingList';

const origin = 'https://call.example';
const noSignal = new AbortController().signal;
const nextTick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A store with a list of 45 rows per type, whose responses wait while `shouldHold` is true. */
class World {
  readonly store: ConversationStore;
  readonly unexpectedErrors: unknown[] = [];
  /** Each change event: the changed lists with their new state. */
  readonly changes: string[] = [];
  requestCount = 0;
  shouldHold = false;
  failure: unknown;
  filters: ListQuery = {};
  private readonly heldRequests: (() => void)[] = [];

  constructor() {
    const options = {
      pageSize: () => 10,
      queryOf: (type: string): ListQuery => ({ type, ...(type === 'api' ? {} : this.filters) }),
      onUnexpectedError: (error: unknown): void => void this.unexpectedErrors.push(error),
    };
    this.store = new ConversationStore(options);
    this.store.onDidChange((keys) =>
      this.changes.push([...keys].map((key) => `${key} ${this.describe(key)}`).join(', ')),
    );
    this.connect();
  }

  connect(): void {
    const servers = new Map<string, ShiftingList>();
    this.store.connect(
      apiOver(async (query, page, { signal }) => {
        this.requestCount += 1;
        // The response must come after the busy event.
        await nextTick();
        await nextTick();
        if (this.shouldHold) {
          await new Promise<void>((resolve, reject) => {
            this.heldRequests.push(resolve);
            signal.addEventListener('abort', () => reject(new ApiError({ kind: 'cancelled', origin })));
          });
        }
        if (this.failure !== undefined) throw this.failure as Error;
        const type = query.type ?? '';
        const server = servers.get(type) ?? new ShiftingList(45, { style: 'page' });
        servers.set(type, server);
        const answer = server.answer(page, query);
        return { ...answer, rows: answer.rows.map((row) => ({ ...row, id: `${type} ${row.id}` })) };
      }, origin),
    );
    this.changes.length = 0;
  }

  list(key: string): ListSnapshot {
    return this.store.snapshot.lists.get(key) ?? assert.fail(`no list ${key}`);
  }

  release(): void {
    this.shouldHold = false;
    for (const answer of this.heldRequests.splice(0)) answer();
  }

  async whenHeld(count = 1): Promise<void> {
    while (this.heldRequests.length < count) await nextTick();
  }

  private describe(key: string): string {
    const list = this.store.snapshot.lists.get(key);
    if (list === undefined) return 'is gone';
    return `${list.state.kind}${list.state.kind === 'busy' ? ` with ${list.state.work}` : ''}, ${list.loaded} loaded`;
  }
}

describe('A listener of the store', () => {
  it('is notified when a list becomes busy and when its rows are loaded', async () => {
    const world = new World();
    await world.store.open('test');
    assert.deepEqual(world.changes, ['test busy with open, 0 loaded', 'test ready, 10 loaded']);
    world.changes.length = 0;
    await world.store.loadMore('test');
    assert.deepEqual(world.changes, ['test busy with more, 10 loaded', 'test ready, 20 loaded']);
  });

  it('is notified of each page without a match', async () => {
    const world = new World();
    await world.store.open('test');
    world.changes.length = 0;
    await world.store.loadMore('test', () => false);
    assert.deepEqual(world.changes, [
      'test busy with more, 10 loaded',
      'test busy with more, 20 loaded',
      'test busy with more, 30 loaded',
      'test busy with more, 40 loaded',
      'test ready, 40 loaded',
    ]);
  });

  it("isn't notified if there is nothing to do", async () => {
    const world = new World();
    await world.store.loadAll('test', noSignal);
    world.changes.length = 0;
    world.requestCount = 0;
    await world.store.open('test');
    await world.store.loadMore('test');
    await world.store.loadAll('test', noSignal);
    await world.store.retry('test');
    world.store.requery();
    assert.deepEqual([world.changes, world.requestCount], [[], 0]);
  });

  it('sees the same snapshot until something changes', async () => {
    const world = new World();
    await world.store.open('test');
    const before = world.store.snapshot;
    assert.equal(world.store.snapshot, before);
    await world.store.loadMore('test');
    assert.notEqual(world.store.snapshot, before);
    assert.equal(before.lists.get('test')?.loaded, 10);
    assert.equal(before.rows.length, 10);
  });

  it('is notified once of all lists dropped by another account or filter', async () => {
    const world = new World();
    for (const key of ['test', 'widget', 'api']) await world.store.open(key);
    world.changes.length = 0;
    world.filters = { dateFrom: '2026-01-01' };
    world.store.requery();
    assert.deepEqual(world.changes, ['test is gone, widget is gone']);
    assert.deepEqual([world.store.snapshot.rows.length, world.list('api').loaded], [10, 10]);
    assert.ok(world.store.snapshot.rows.every(({ id }) => id.startsWith('api ')));
    world.changes.length = 0;
    world.store.connect(undefined);
    assert.deepEqual([world.changes, world.store.snapshot.rows], [['api is gone'], []]);
  });

  for (const [name, other] of [
    ['assistant', { assistantId: 4 }],
    ['first day', { dateFrom: '2026-01-01' }],
    ['last day', { dateTo: '2026-01-01' }],
    ['type', { type: 'widget' }],
  ] as const) {
    it(`sees a list dropped if its query has another ${name}`, async () => {
      const world = new World();
      await world.store.open('test');
      world.filters = other;
      world.store.requery();
      assert.equal(world.store.snapshot.lists.size, 0);
    });
  }

  it("isn't notified after dispose, which cancels all tasks", async () => {
    const world = new World();
    await world.store.open('test');
    world.shouldHold = true;
    const work = [
      world.store.loadMore('test'),
      world.store.refresh(['test']),
      world.store.open('widget'),
      world.store.poll('api', noSignal),
    ];
    await world.whenHeld(3);
    world.store.dispose();
    world.changes.length = 0;
    const requestsBefore = world.requestCount;
    await Promise.all(work);
    await nextTick();
    assert.deepEqual(
      [world.changes, world.requestCount, world.store.snapshot.rows, world.unexpectedErrors],
      [[], requestsBefore, [], []],
    );
  });
});

describe('A task of the store', () => {
  it('leaves the list unopened if its first load is canceled', async () => {
    const world = new World();
    world.shouldHold = true;
    const cancel = new AbortController();
    const loading = world.store.loadAll('test', cancel.signal);
    await world.whenHeld();
    assert.deepEqual(world.list('test').state, { kind: 'busy', work: 'all' });
    cancel.abort();
    await loading;
    assert.deepEqual([world.list('test').state, world.list('test').read], [{ kind: 'unopened' }, false]);
    world.release();
    await world.store.open('test');
    assert.deepEqual(world.list('test').state, { kind: 'ready' });
  });

  it('sends nothing if it was canceled before it started', async () => {
    const world = new World();
    await world.store.open('test');
    world.changes.length = world.requestCount = 0;
    await world.store.loadAll('test', AbortSignal.abort());
    await world.store.reload(['test'], AbortSignal.abort());
    assert.deepEqual(await world.store.poll('test', AbortSignal.abort()), { kind: 'skipped' });
    assert.deepEqual([world.changes, world.requestCount], [[], 0]);
  });

  it("reports errors and bugs with the server's origin, and repeats the task on retry", async () => {
    for (const [failure, kind, unexpectedErrors] of [
      [new ApiError({ kind: 'server', status: 500, origin }), 'server', 0],
      [new TypeError('broken'), 'unexpected', 1],
    ] as const) {
      for (const work of ['loadMore', 'loadAll', 'refresh', 'reload'] as const) {
        const world = new World();
        await world.store.open('test');
        world.failure = failure;
        await (work === 'loadMore'
          ? world.store.loadMore('test')
          : work === 'loadAll'
            ? world.store.loadAll('test', noSignal)
            : world.store[work](['test']));
        const { state, loaded } = world.list('test');
        assert.ok(state.kind === 'failed');
        assert.deepEqual(
          [state.error.kind, state.error.origin, loaded, world.unexpectedErrors.length],
          [kind, origin, 10, unexpectedErrors],
        );
        world.failure = undefined;
        world.requestCount = 0;
        await world.store.retry('test');
        assert.deepEqual([world.list('test').state, world.requestCount], [{ kind: 'ready' }, 1]);
        assert.equal(world.list('test').loaded, work.startsWith('load') ? 20 : 10);
      }
    }
  });

  it('loads the first page again on a refresh after a failed open, and counts its rows', async () => {
    const world = new World();
    world.failure = new ApiError({ kind: 'network', origin });
    await world.store.open('test');
    assert.deepEqual(await world.store.refresh(['test']), { added: 0, changed: 0, failed: 1 });
    assert.equal(world.list('test').state.kind, 'failed');
    world.failure = undefined;
    assert.deepEqual(await world.store.refresh(['test']), { added: 10, changed: 0, failed: 0 });
  });

  it('satisfies a refresh during an open, which loads the top anyway', async () => {
    const world = new World();
    world.shouldHold = true;
    const opening = world.store.open('test');
    await world.whenHeld();
    const refreshing = world.store.refresh(['test']);
    world.release();
    assert.deepEqual(await refreshing, { added: 0, changed: 0, failed: 0 });
    await opening;
    assert.equal(world.requestCount, 1);
  });
});

describe('A refresh of a list that is opened by another task', () => {
  it('loads the top itself after Load All has ended', async () => {
    const world = new World();
    world.shouldHold = true;
    const loading = world.store.loadAll('test', noSignal);
    await world.whenHeld();
    const refreshing = world.store.refresh(['test']);
    await nextTick();
    assert.equal(world.requestCount, 1);
    world.release();
    await Promise.all([loading, refreshing]);
    assert.deepEqual([world.requestCount, world.list('test').loaded], [2, 45]);
  });

  it('loads nothing if the account changes while it waits', async () => {
    const world = new World();
    await world.store.open('test');
    world.shouldHold = true;
    const work = [world.store.loadMore('test'), world.store.refresh(['test'])];
    await world.whenHeld();
    world.connect();
    await Promise.all(work);
    await nextTick();
    assert.deepEqual([world.requestCount, world.changes, world.store.snapshot.lists.size], [2, [], 0]);
  });
});

describe('The rows of the store', () => {
  for (const work of ['loaded', 'reloaded'] as const) {
    it(`are iterated about ten times as often if ten times as many are ${work}`, async () => {
      /** Counts the rows seen by a listener that iterates over all rows after each change. */
      const countIterated = async (count: number): Promise<number> => {
        const store = new ConversationStore({
          pageSize: () => 100,
          queryOf: () => ({}),
          onUnexpectedError: (error) => assert.fail(String(error)),
        });
        store.connect(
          apiOver((_, { pointer, pageSize }) => {
            const page = pointer?.style === 'page' ? pointer.page : 1;
            const rows = Array.from(
              { length: Math.max(0, Math.min(pageSize, count - (page - 1) * pageSize)) },
              (__, index) => rowOf((page - 1) * pageSize + index),
            );
            const envelope = {
              style: 'page',
              currentPage: page,
              lastPage: Math.ceil(count / pageSize),
              perPage: pageSize,
              total: count,
            } as const;
            return Promise.resolve({ rows, rejected: [], envelope });
          }),
        );
        await store.open('test');
        let sum = 0;
        if (work === 'loaded') store.onDidChange(() => (sum += store.snapshot.rows.length));
        await store.loadAll('test', noSignal);
        if (work === 'reloaded') {
          store.onDidChange(() => (sum += store.snapshot.rows.length));
          await store.reload(['test']);
        }
        assert.equal(store.snapshot.rows.length, count);
        return sum;
      };
      const [few, many] = [await countIterated(5000), await countIterated(50_000)];
      assert.ok(many <= 30 * few, `${few} of 5,000, ${many} of 50,000`);
    });
  }

  it('stay as long as one list has them', async () => {
    const store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (key) => (key === 'b' ? { dateFrom: from } : {}),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    let from = '2026-01-01';
    store.connect(
      apiOver(() =>
        Promise.resolve({
          rows: [rowOf(1), rowOf(2)],
          rejected: [],
          envelope: { style: 'cursor', nextCursor: undefined },
        }),
      ),
    );
    await store.open('a');
    await store.open('b');
    from = '2026-01-02';
    store.requery();
    assert.deepEqual(
      [store.snapshot.rows.map(({ id }) => id), [...store.snapshot.lists.keys()]],
      [['c1', 'c2'], ['a']],
    );
    assert.ok(store.find('c2'));
    store.connect(undefined);
    assert.equal(store.find('c2'), undefined);
  });
});
