import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { ListQuery } from '../../../src/core/model/query';
import type { ListSnapshot } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { apiOver, rowOf, ShiftingList } from '../../properties/support/shiftingList';

const origin = 'https://call.example';
const noSignal = new AbortController().signal;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A store over lists of 45, of each type its own, whose answers wait while `holds`. */
class World {
  readonly store: ConversationStore;
  readonly defects: unknown[] = [];
  /** What a listener is told: which lists changed, and what each is then. */
  readonly told: string[] = [];
  asked = 0;
  holds = false;
  failure: unknown;
  filters: ListQuery = {};
  private readonly waiting: (() => void)[] = [];

  constructor() {
    const options = {
      pageSize: () => 10,
      queryOf: (type: string): ListQuery => ({ type, ...(type === 'api' ? {} : this.filters) }),
      defect: (error: unknown): void => void this.defects.push(error),
    };
    this.store = new ConversationStore(options);
    this.store.onDidChange((keys) => this.told.push([...keys].map((key) => `${key} ${this.describe(key)}`).join(', ')));
    this.connect();
  }

  connect(): void {
    const servers = new Map<string, ShiftingList>();
    this.store.connect(
      apiOver(async (query, page, { signal }) => {
        this.asked += 1;
        // An answer takes longer than to tell that it is waited for.
        await settled();
        await settled();
        if (this.holds) {
          await new Promise<void>((resolve, reject) => {
            this.waiting.push(resolve);
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
    this.told.length = 0;
  }

  list(key: string): ListSnapshot {
    return this.store.snapshot.lists.get(key) ?? assert.fail(`no list ${key}`);
  }

  release(): void {
    this.holds = false;
    for (const go of this.waiting.splice(0)) go();
  }

  async held(count = 1): Promise<void> {
    while (this.waiting.length < count) await settled();
  }

  private describe(key: string): string {
    const list = this.store.snapshot.lists.get(key);
    if (list === undefined) return 'is gone';
    return `${list.state.kind}${list.state.kind === 'busy' ? ` with ${list.state.work}` : ''}, ${list.loaded} loaded`;
  }
}

describe('Who listens to the store', () => {
  it('is told that a list is busy, and what it brought', async () => {
    const world = new World();
    await world.store.open('test');
    assert.deepEqual(world.told, ['test busy with open, 0 loaded', 'test ready, 10 loaded']);
    world.told.length = 0;
    await world.store.loadMore('test');
    assert.deepEqual(world.told, ['test busy with more, 10 loaded', 'test ready, 20 loaded']);
  });

  it('is told of each page that brought nothing that is looked for', async () => {
    const world = new World();
    await world.store.open('test');
    world.told.length = 0;
    await world.store.loadMore('test', () => false);
    assert.deepEqual(world.told, [
      'test busy with more, 10 loaded',
      'test busy with more, 20 loaded',
      'test busy with more, 30 loaded',
      'test busy with more, 40 loaded',
      'test ready, 40 loaded',
    ]);
  });

  it('is told nothing where there is nothing to do', async () => {
    const world = new World();
    await world.store.loadAll('test', noSignal);
    world.told.length = 0;
    world.asked = 0;
    await world.store.open('test');
    await world.store.loadMore('test');
    await world.store.loadAll('test', noSignal);
    await world.store.retry('test');
    world.store.requery();
    assert.deepEqual([world.told, world.asked], [[], 0]);
  });

  it('sees one snapshot until something changes, and another then', async () => {
    const world = new World();
    await world.store.open('test');
    const before = world.store.snapshot;
    assert.equal(world.store.snapshot, before);
    await world.store.loadMore('test');
    assert.notEqual(world.store.snapshot, before);
    assert.equal(before.lists.get('test')?.loaded, 10);
    assert.equal(before.rows.length, 10);
  });

  it('is told once of all lists that another account or filter dropped', async () => {
    const world = new World();
    for (const key of ['test', 'widget', 'api']) await world.store.open(key);
    world.told.length = 0;
    world.filters = { dateFrom: '2026-01-01' };
    world.store.requery();
    assert.deepEqual(world.told, ['test is gone, widget is gone']);
    assert.deepEqual([world.store.snapshot.rows.length, world.list('api').loaded], [10, 10]);
    assert.ok(world.store.snapshot.rows.every(({ id }) => id.startsWith('api ')));
    world.told.length = 0;
    world.store.connect(undefined);
    assert.deepEqual([world.told, world.store.snapshot.rows], [['api is gone'], []]);
  });

  for (const [what, other] of [
    ['type of assistant', { assistantId: 4 }],
    ['first day', { dateFrom: '2026-01-01' }],
    ['last day', { dateTo: '2026-01-01' }],
    ['type', { type: 'widget' }],
  ] as const) {
    it(`has a list dropped whose query has another ${what}`, async () => {
      const world = new World();
      await world.store.open('test');
      world.filters = other;
      world.store.requery();
      assert.equal(world.store.snapshot.lists.size, 0);
    });
  }

  it('is told nothing after the end, and what was under way is given up', async () => {
    const world = new World();
    await world.store.open('test');
    world.holds = true;
    const work = [
      world.store.loadMore('test'),
      world.store.refresh(['test']),
      world.store.open('widget'),
      world.store.poll('api', noSignal),
    ];
    await world.held(3);
    world.store.dispose();
    world.told.length = 0;
    const asked = world.asked;
    await Promise.all(work);
    await settled();
    assert.deepEqual([world.told, world.asked, world.store.snapshot.rows, world.defects], [[], asked, [], []]);
  });
});

describe('Work of the store that is stopped', () => {
  it('leaves a list that was never read as it was, and one that was read ready', async () => {
    const world = new World();
    world.holds = true;
    const cancel = new AbortController();
    const loading = world.store.loadAll('test', cancel.signal);
    await world.held();
    assert.deepEqual(world.list('test').state, { kind: 'busy', work: 'all' });
    cancel.abort();
    await loading;
    assert.deepEqual([world.list('test').state, world.list('test').read], [{ kind: 'unopened' }, false]);
    world.release();
    await world.store.open('test');
    assert.deepEqual(world.list('test').state, { kind: 'ready' });
  });

  it('asks nothing where it was cancelled before it began', async () => {
    const world = new World();
    await world.store.open('test');
    world.told.length = world.asked = 0;
    await world.store.loadAll('test', AbortSignal.abort());
    await world.store.reload(['test'], AbortSignal.abort());
    assert.deepEqual(await world.store.poll('test', AbortSignal.abort()), { kind: 'given up' });
    assert.deepEqual([world.told, world.asked], [[], 0]);
  });

  it('says what failed and whom it asked, also where it is a defect, and does that again on retry', async () => {
    for (const [failure, kind, defects] of [
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
          [state.error.kind, state.error.origin, loaded, world.defects.length],
          [kind, origin, 10, defects],
        );
        world.failure = undefined;
        world.asked = 0;
        await world.store.retry('test');
        assert.deepEqual([world.list('test').state, world.asked], [{ kind: 'ready' }, 1]);
        assert.equal(world.list('test').loaded, work.startsWith('load') ? 20 : 10);
      }
    }
  });

  it('reads the first page again on a refresh that follows a failed opening, and counts what that brings', async () => {
    const world = new World();
    world.failure = new ApiError({ kind: 'network', origin });
    await world.store.open('test');
    assert.deepEqual(await world.store.refresh(['test']), { added: 0, changed: 0, failed: 1 });
    assert.equal(world.list('test').state.kind, 'failed');
    world.failure = undefined;
    assert.deepEqual(await world.store.refresh(['test']), { added: 10, changed: 0, failed: 0 });
  });

  it('is over for a refresh that comes while the list is opened: that brings the top', async () => {
    const world = new World();
    world.holds = true;
    const opening = world.store.open('test');
    await world.held();
    const refreshing = world.store.refresh(['test']);
    world.release();
    assert.deepEqual(await refreshing, { added: 0, changed: 0, failed: 0 });
    await opening;
    assert.equal(world.asked, 1);
  });
});

describe('A refresh of a list that is opened by other work', () => {
  it('reads the top for itself where that is Load All, once that is over', async () => {
    const world = new World();
    world.holds = true;
    const loading = world.store.loadAll('test', noSignal);
    await world.held();
    const refreshing = world.store.refresh(['test']);
    await settled();
    assert.equal(world.asked, 1);
    world.release();
    await Promise.all([loading, refreshing]);
    assert.deepEqual([world.asked, world.list('test').loaded], [2, 45]);
  });

  it('reads nothing where the account is left while it waits', async () => {
    const world = new World();
    await world.store.open('test');
    world.holds = true;
    const work = [world.store.loadMore('test'), world.store.refresh(['test'])];
    await world.held();
    world.connect();
    await Promise.all(work);
    await settled();
    assert.deepEqual([world.asked, world.told, world.store.snapshot.lists.size], [2, [], 0]);
  });
});

describe('The rows of the store', () => {
  for (const work of ['loaded', 'loaded again'] as const) {
    it(`are looked through about ten times as often where ten times as many are ${work}`, async () => {
      /** How many rows a listener that looks through all of them after each change has looked at. */
      const looked = async (count: number): Promise<number> => {
        const store = new ConversationStore({
          pageSize: () => 100,
          queryOf: () => ({}),
          defect: (error) => assert.fail(String(error)),
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
        if (work === 'loaded again') {
          store.onDidChange(() => (sum += store.snapshot.rows.length));
          await store.reload(['test']);
        }
        assert.equal(store.snapshot.rows.length, count);
        return sum;
      };
      const [some, many] = [await looked(5000), await looked(50_000)];
      assert.ok(many <= 30 * some, `${some} of 5,000, ${many} of 50,000`);
    });
  }

  it('stay as long as one list has them', async () => {
    const store = new ConversationStore({
      pageSize: () => 10,
      queryOf: (key) => (key === 'b' ? { dateFrom: from } : {}),
      defect: (error) => assert.fail(String(error)),
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
