import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConversationPage, ConversationsApi } from '../../src/core/api/api';
import { ApiError } from '../../src/core/api/errors';
import type { ListQuery } from '../../src/core/model/query';
import { ConversationStore } from '../../src/core/store/store';
import { histories } from './support/histories';
import { apiOver, ShiftingList } from './support/shiftingList';

/** What a reader or the session does, in any order, at any time. */
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
  readonly asked: readonly {
    readonly signal: AbortSignal;
    answered: boolean;
    readonly account: string;
    readonly from: string | undefined;
  }[];
  readonly account: () => string | undefined;
  readonly from: () => string | undefined;
  play(step: Step): Promise<void>;
  /** Until nothing is under way any more. */
  rest(): Promise<void>;
}

/** A store over two accounts, whose servers list 45 rows; each row's id says whose it is and what was asked. */
function worldOf(scheduler: fc.Scheduler, failures: readonly boolean[], heedsAbort: boolean): World {
  let account: string | undefined;
  let from: string | undefined;
  let cancel = new AbortController();
  const underWay: Promise<unknown>[] = [];
  const defects: unknown[] = [];
  const asked: { signal: AbortSignal; answered: boolean; account: string; from: string | undefined }[] = [];
  const outcomes = [...failures];
  const store = new ConversationStore({
    pageSize: () => 10,
    queryOf: (key): ListQuery => ({ type: key, ...(from === undefined ? {} : { dateFrom: from }) }),
    defect: (error) => defects.push(error),
  });
  const apiOf = (name: string): ConversationsApi => {
    const server = new ShiftingList(45, { style: 'page' });
    const origin = `https://${name}.example`;
    return apiOver(async (query, page, { signal }): Promise<ConversationPage> => {
      const entry = { signal, answered: false, account: name, from: query.dateFrom };
      asked.push(entry);
      const fails = outcomes.shift() === true;
      const answering = scheduler.schedule(Promise.resolve()).then(() => {
        entry.answered = true;
        if (fails) throw new ApiError({ kind: 'server', origin, status: 500 });
        const { rows, ...rest } = server.answer(page, query);
        return {
          ...rest,
          rows: rows.map((row) => ({ ...row, id: `${name} ${query.dateFrom ?? ''} ${query.type ?? ''} ${row.id}` })),
        };
      });
      if (!heedsAbort) return answering;
      answering.catch(() => undefined);
      const aborted = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new ApiError({ kind: 'cancelled', origin }))),
      );
      return Promise.race([answering, aborted]);
    }, origin);
  };
  const onlyTheirs = (): void => {
    const prefix = `${account ?? 'nobody'} ${from ?? ''} `;
    for (const { id } of store.snapshot.rows) assert.ok(id.startsWith(prefix), `${id} is shown for ${prefix}`);
  };
  store.onDidChange(onlyTheirs);
  const start = (work: Promise<unknown>): void => void underWay.push(work);

  return {
    store,
    defects,
    asked,
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
          return store.connect(account === undefined ? undefined : apiOf(account));
        case 'answer':
          for (let count = 0; count < does.count && scheduler.count() > 0; count += 1) await scheduler.waitOne();
          // What follows from an answer happens before the next one comes.
          await new Promise((resolve) => setImmediate(resolve));
      }
    },
    async rest() {
      await scheduler.waitFor(Promise.all(underWay));
      onlyTheirs();
    },
  };
}

const history = {
  scheduler: fc.scheduler(),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
  heedsAbort: fc.boolean(),
};
const failures = fc.array(fc.boolean(), { maxLength: 8 });

describe('The store, whatever is asked of it and in whatever order answers come', () => {
  it('comes to rest: no list is busy, no row is of an old account or filter, none is there twice, and nothing old is still asked', async () => {
    await histories(
      fc.asyncProperty(fc.record({ ...history, failures }), async ({ scheduler, steps, heedsAbort, ...rest }) => {
        const world = worldOf(scheduler, rest.failures, heedsAbort);
        await world.play({ does: 'connect', account: 'ada' });
        for (const each of steps) await world.play(each);
        await world.rest();
        const { store, asked } = world;
        for (const { state, key } of store.snapshot.lists.values())
          assert.notEqual(state.kind, 'busy', `${key} is busy`);
        const ids = store.snapshot.rows.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        for (const each of asked)
          assert.ok(each.answered || each.signal.aborted, 'somebody still waits for an old answer');
        assert.deepEqual(world.defects, []);
      }),
    );
  });

  it('ends where the last wish wanted it: all of the list for Load All, its first page for a look, nothing without an account', async () => {
    const last = fc.constantFrom('loadAll' as const, 'open' as const, 'connect' as const);
    await histories(
      fc.asyncProperty(fc.record({ ...history, last }), async ({ scheduler, steps, heedsAbort, last: wish }) => {
        const world = worldOf(scheduler, [], heedsAbort);
        await world.play({ does: 'connect', account: 'ada' });
        for (const each of steps) await world.play(each);
        if (world.account() === undefined) await world.play({ does: 'connect', account: 'bob' });
        const { store } = world;
        await world.play(wish === 'connect' ? { does: 'connect', account: undefined } : { does: wish, list: 'test' });
        await world.rest();
        if (wish === 'connect') return assert.deepEqual([store.snapshot.rows, store.snapshot.lists.size], [[], 0]);
        const listed = store.snapshot.lists.get('test');
        assert.equal(listed?.state.kind, 'ready');
        assert.ok((listed?.loaded ?? 0) >= 10);
        if (wish === 'loadAll') assert.deepEqual([listed?.loaded, listed?.hasMore], [45, false]);
      }),
    );
  });

  it('tells nobody and asks for nothing more once it is disposed', async () => {
    await histories(
      fc.asyncProperty(fc.record({ ...history, failures }), async ({ scheduler, steps, heedsAbort, ...rest }) => {
        const world = worldOf(scheduler, rest.failures, heedsAbort);
        await world.play({ does: 'connect', account: 'ada' });
        for (const each of steps) await world.play(each);
        let disposed = false;
        world.store.onDidChange(() => assert.ok(!disposed, 'told after its end'));
        world.store.dispose();
        disposed = true;
        const askedBefore = world.asked.length;
        await world.rest();
        assert.equal(world.asked.length, askedBefore);
        assert.deepEqual(world.defects, []);
      }),
    );
  });
});
