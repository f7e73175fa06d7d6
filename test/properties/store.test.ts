import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConversationPage, ConversationsApi } from '../../src/core/api/api';
import { ApiError } from '../../src/core/api/errors';
import type { ListQuery } from '../../src/core/model/query';
import { ConversationStore } from '../../src/core/store/store';
import { histories } from './support/histories';
import { apiOver, ShiftingList } from './support/shiftingList';

/** An action of the user or the session. */
type Step =
  | {
      readonly does: 'open' | 'loadMore' | 'loadAll' | 'refresh' | 'reload' | 'retry';
      readonly list: 'test' | 'widget';
    }
  | { readonly does: 'cancel' }
  | { readonly does: 'filter'; readonly from: string }
  | { readonly does: 'connect'; readonly account: string | undefined }
  | { readonly does: 'answer'; readonly count: number };

const list = fc.constantFrom('test' as const, 'widget' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'open' as const,
        'loadMore' as const,
        'loadAll' as const,
        'refresh' as const,
        'reload' as const,
        'retry' as const,
      ),
      list,
    }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('answer' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('cancel' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('filter' as const), from: fc.constantFrom('2026-01-01', '2026-02-02') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('connect' as const), account: fc.constantFrom('ada', 'bob', undefined) }),
  },
);

interface World {
  readonly store: ConversationStore;
  readonly defects: unknown[];
  readonly requests: readonly {
    readonly signal: AbortSignal;
    hasResponse: boolean;
    readonly account: string;
    readonly from: string | undefined;
  }[];
  readonly account: () => string | undefined;
  readonly from: () => string | undefined;
  play(step: Step): Promise<void>;
  /** Waits until all work is done. */
  whenIdle(): Promise<void>;
}

/** Creates a store for two accounts with 45 rows each. Row IDs contain the account and the query. */
function createWorld(scheduler: fc.Scheduler, failures: readonly boolean[], respectsAbort: boolean): World {
  let account: string | undefined;
  let from: string | undefined;
  let cancel = new AbortController();
  const pendingWork: Promise<unknown>[] = [];
  const defects: unknown[] = [];
  const requests: { signal: AbortSignal; hasResponse: boolean; account: string; from: string | undefined }[] = [];
  const outcomes = [...failures];
  const store = new ConversationStore({
    pageSize: () => 10,
    queryOf: (key): ListQuery => ({ type: key, ...(from === undefined ? {} : { dateFrom: from }) }),
    onUnexpectedError: (error) => defects.push(error),
  });
  const createApi = (name: string): ConversationsApi => {
    const server = new ShiftingList(45, { style: 'page' });
    const origin = `https://${name}.example`;
    return apiOver(async (query, page, { signal }): Promise<ConversationPage> => {
      const entry = { signal, hasResponse: false, account: name, from: query.dateFrom };
      requests.push(entry);
      const shouldFail = outcomes.shift() === true;
      const response = scheduler.schedule(Promise.resolve()).then(() => {
        entry.hasResponse = true;
        if (shouldFail) throw new ApiError({ kind: 'server', origin, status: 500 });
        const { rows, ...whenIdle } = server.answer(page, query);
        return {
          ...whenIdle,
          rows: rows.map((row) => ({ ...row, id: `${name} ${query.dateFrom ?? ''} ${query.type ?? ''} ${row.id}` })),
        };
      });
      if (!respectsAbort) return response;
      response.catch(() => undefined);
      const aborted = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new ApiError({ kind: 'cancelled', origin }))),
      );
      return Promise.race([response, aborted]);
    }, origin);
  };
  const assertCurrentRows = (): void => {
    const prefix = `${account ?? 'none'} ${from ?? ''} `;
    for (const { id } of store.snapshot.rows) assert.ok(id.startsWith(prefix), `${id} is shown for ${prefix}`);
  };
  store.onDidChange(assertCurrentRows);
  const start = (work: Promise<unknown>): void => void pendingWork.push(work);

  return {
    store,
    defects,
    requests,
    account: () => account,
    from: () => from,
    async play(does) {
      switch (does.does) {
        case 'open':
        case 'loadMore':
        case 'retry':
          return start(store[does.does](does.list));
        case 'loadAll':
          cancel = new AbortController();
          return start(store.loadAll(does.list, cancel.signal));
        case 'refresh':
        case 'reload':
          return start(store[does.does](['test', 'widget']));
        case 'cancel':
          return cancel.abort();
        case 'filter':
          from = does.from;
          return store.requery();
        case 'connect':
          account = does.account;
          return store.connect(account === undefined ? undefined : createApi(account));
        case 'answer':
          for (let count = 0; count < does.count && scheduler.count() > 0; count += 1) await scheduler.waitOne();
          // Handle this response before the next one arrives.
          await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async whenIdle() {
      await scheduler.waitFor(Promise.all(pendingWork));
      assertCurrentRows();
    },
  };
}

const history = {
  scheduler: fc.scheduler(),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  respectsAbort: fc.boolean(),
};
const failures = fc.array(fc.boolean(), { maxLength: 8 });

describe('store with any sequence of actions and responses', () => {
  it('settles without busy lists, outdated or duplicate rows, or pending requests', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...history, failures }),
        async ({ scheduler, steps, respectsAbort, ...whenIdle }) => {
          const world = createWorld(scheduler, whenIdle.failures, respectsAbort);
          await world.play({ does: 'connect', account: 'ada' });
          for (const each of steps) await world.play(each);
          await world.whenIdle();
          const { store, requests } = world;
          for (const { state, key } of store.snapshot.lists.values())
            assert.notEqual(state.kind, 'busy', `${key} is busy`);
          const ids = store.snapshot.rows.map(({ id }) => id);
          assert.equal(new Set(ids).size, ids.length);
          for (const each of requests)
            assert.ok(each.hasResponse || each.signal.aborted, 'an outdated request is still pending');
          assert.deepEqual(world.defects, []);
        },
      ),
    );
  });

  it('ends in the state of the last action: a complete list, a first page, or no list without an account', async () => {
    const last = fc.constantFrom('loadAll' as const, 'open' as const, 'connect' as const);
    await histories(
      fc.asyncProperty(
        fc.record({ ...history, last }),
        async ({ scheduler, steps, respectsAbort, last: lastAction }) => {
          const world = createWorld(scheduler, [], respectsAbort);
          await world.play({ does: 'connect', account: 'ada' });
          for (const each of steps) await world.play(each);
          if (world.account() === undefined) await world.play({ does: 'connect', account: 'bob' });
          const { store } = world;
          await world.play(
            lastAction === 'connect' ? { does: 'connect', account: undefined } : { does: lastAction, list: 'test' },
          );
          await world.whenIdle();
          if (lastAction === 'connect')
            return assert.deepEqual([store.snapshot.rows, store.snapshot.lists.size], [[], 0]);
          const listed = store.snapshot.lists.get('test');
          assert.equal(listed?.state.kind, 'ready');
          assert.ok((listed?.loaded ?? 0) >= 10);
          if (lastAction === 'loadAll') assert.deepEqual([listed?.loaded, listed?.hasMore], [45, false]);
        },
      ),
    );
  });

  it('emits nothing and sends no request after it is disposed', async () => {
    await histories(
      fc.asyncProperty(
        fc.record({ ...history, failures }),
        async ({ scheduler, steps, respectsAbort, ...whenIdle }) => {
          const world = createWorld(scheduler, whenIdle.failures, respectsAbort);
          await world.play({ does: 'connect', account: 'ada' });
          for (const each of steps) await world.play(each);
          let isDisposed = false;
          world.store.onDidChange(() => assert.ok(!isDisposed, 'emitted after dispose'));
          world.store.dispose();
          isDisposed = true;
          const requestsBefore = world.requests.length;
          await world.whenIdle();
          assert.equal(world.requests.length, requestsBefore);
          assert.deepEqual(world.defects, []);
        },
      ),
    );
  });
});
