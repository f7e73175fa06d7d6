import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationsApi } from '../../src/core/api/api';
import { writeAtomically } from '../../src/core/export/atomicFile';
import { ExportRun } from '../../src/core/export/exportText';
import type { ExportAbout } from '../../src/core/export/format';
import { createJsonSerializer } from '../../src/core/export/json';
import type { Filter } from '../../src/core/model/query';
import { RowWalk } from '../../src/core/store/rowWalk';
import { everyType, type ListSnapshot } from '../../src/core/store/snapshot';
import { ConversationStore } from '../../src/core/store/store';
import { toServerQuery } from '../../src/core/view/filter';
import { TreeModel } from '../../src/core/view/treeModel';
import type { TreeNode } from '../../src/core/view/treeNodes';
import { clientFor, ImpatientClock, createOpenGate } from '../core/api/support/client';
import { Laravel } from './laravel';

const conversations = 1234;
const pagings = ['paginate', 'simplePaginate', 'cursorPaginate'] as const;
const signal = new AbortController().signal;

describe('With a real Laravel', function () {
  this.timeout(120_000);
  let laravel: Laravel;

  // Filters use the user's days, which must equal the database's days here.
  const zone = process.env['TZ'];
  before(() => void (process.env['TZ'] = 'UTC'));
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  afterEach(() => laravel.stop());

  /** @param beforeRequest is called before each list request */
  function createClient(path: string, beforeRequest: () => Promise<void> = () => Promise.resolve()): ConversationsApi {
    const clock = new ImpatientClock();
    const { api } = clientFor(`${laravel.address}${path}/api`, { clock, gate: createOpenGate(clock) });
    return {
      ...api,
      listConversations: async (...args) => {
        await beforeRequest();
        return api.listConversations(...args);
      },
    };
  }

  function createStore(api: ConversationsApi, filter: Filter = {}): ConversationStore {
    const store = new ConversationStore({
      pageSize: () => 30,
      queryOf: (key) => toServerQuery(filter, key, { now: Date.now(), zone: 'UTC' }),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    store.connect(api);
    return store;
  }

  const listOf = (store: ConversationStore): ListSnapshot =>
    store.snapshot.lists.get(everyType) ?? assert.fail('no list');
  const isComplete = (list: ListSnapshot): boolean => !list.hasMore && !list.mayLackRows && list.rejected === 0;

  /** Returns the IDs of the conversations in the tree. */
  function collectTreeIds(store: ConversationStore, filter: Filter = {}): readonly string[] {
    const tree = new TreeModel(store.snapshot, {
      grouping: 'assistant',
      filter,
      now: Date.now(),
      zone: 'UTC',
      limitOf: () => Infinity,
    });
    const collectIds = (node?: TreeNode): readonly string[] =>
      tree
        .children(node)
        .flatMap((child) => (child.kind === 'conversation' ? [child.conversationId] : collectIds(child)));
    return collectIds();
  }

  async function runExport(
    api: ConversationsApi,
  ): Promise<{ readonly ids: readonly string[]; readonly complete: boolean }> {
    const folder = await mkdtemp(join(tmpdir(), 'aiployees-export-'));
    try {
      const walk = new RowWalk(api, {});
      const about: ExportAbout = {
        exportedAt: '',
        source: '',
        covers: 'filter',
        filter: '',
        transcripts: false,
        masked: [],
      };
      const run: ExportRun = new ExportRun({
        ...{ about, serializer: createJsonSerializer(), api, signal, onProgress: () => undefined },
        askUser: () => Promise.resolve('discard'),
        formatMissingReason: ({ kind }) => kind,
        createSummary: (progress) => ({
          conversations: progress.conversations,
          complete: walk.progress.complete,
          missed: [],
        }),
      });
      const sources = async function* () {
        for await (const row of walk.rows({ signal, onFailure: (error) => run.listFailed(error) }))
          yield { id: row.id, conversation: row };
      };
      await writeAtomically(join(folder, 'export.json'), run.text(sources()), signal);
      const file = JSON.parse(await readFile(join(folder, 'export.json'), 'utf8')) as {
        readonly conversations: readonly { readonly conversation: { readonly id: string } }[];
        readonly summary: { readonly complete: boolean };
      };
      return { ids: file.conversations.map(({ conversation }) => conversation.id), complete: file.summary.complete };
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  for (const paging of pagings) {
    for (const shape of ['plain', 'resource'] as const) {
      for (const order of ['id', 'updated'] as const) {
        const path = `/${paging}/${shape}/${order}`;

        it(`loads and exports each conversation once: ${path}`, async () => {
          laravel = await Laravel.start(conversations);
          const store = createStore(createClient(path));
          await store.open(everyType);
          await store.loadAll(everyType, signal);
          const sql = (await laravel.ids()).toSorted();
          assert.deepEqual(collectTreeIds(store).toSorted(), sql);
          assert.equal(isComplete(listOf(store)), true, 'the list is not marked as complete');
          const file = await runExport(createClient(path));
          assert.deepEqual([file.ids.toSorted(), file.complete], [sql, true]);
        });

        it(`loses and duplicates no row during changes, or reports it: ${path}`, async () => {
          laravel = await Laravel.start(conversations);
          let requests = 0;
          const change = async (): Promise<void> => {
            requests += 1;
            await laravel.change('update', 0.9);
            if (requests % 2 === 0) await laravel.change('insert', 0);
            if (requests % 5 === 0) await laravel.change('delete', 0.2);
          };
          const findLost = async (before: readonly string[], ids: readonly string[]): Promise<readonly string[]> => {
            assert.equal(new Set(ids).size, ids.length, 'a conversation is duplicated');
            const after = new Set(await laravel.ids());
            return before.filter((id) => after.has(id) && !ids.includes(id));
          };
          let before = await laravel.ids();
          const store = createStore(createClient(path, change));
          await store.open(everyType);
          await store.loadAll(everyType, signal);
          if (isComplete(listOf(store))) assert.deepEqual(await findLost(before, collectTreeIds(store)), []);
          before = await laravel.ids();
          const file = await runExport(createClient(path, change));
          if (file.complete) assert.deepEqual(await findLost(before, file.ids), []);
          // Cursors keep their position and the top is loaded again, so no row may be missing.
          if (paging === 'cursorPaginate') assert.deepEqual([isComplete(listOf(store)), file.complete], [true, true]);
        });
      }
    }

    it(`shows a complete day although the server ends it at midnight: ${paging}`, async () => {
      laravel = await Laravel.start(600);
      const filter: Filter = { dates: { kind: 'between', from: '2026-11-03', to: '2026-11-03' } };
      const store = createStore(createClient(`/${paging}/plain/id`), filter);
      await store.open(everyType);
      await store.loadAll(everyType, signal);
      assert.deepEqual(collectTreeIds(store, filter).toSorted(), (await laravel.ids('2026-11-03')).toSorted());
      assert.equal((await laravel.ids('2026-11-03')).length, 144);
    });
  }

  const maintenanceModes: readonly (readonly [name: string, options: readonly string[]])[] = [
    ['as JSON', ['--retry=60']],
    ['as a web page', ['--retry=60', '--render=errors::503']],
    ['as a redirect', ['--redirect=/']],
  ];
  for (const [name, options] of maintenanceModes) {
    it(`keeps loaded rows through maintenance reported ${name} and continues after it`, async () => {
      laravel = await Laravel.start(300);
      const store = createStore(createClient('/cursorPaginate/plain/id'));
      await store.open(everyType);
      laravel.artisan('down', ...options);
      await store.loadMore(everyType);
      assert.equal(listOf(store).state.kind, 'failed');
      assert.equal(store.snapshot.rows.length, 30);
      laravel.artisan('up');
      await store.retry(everyType);
      await store.loadAll(everyType, signal);
      assert.deepEqual(collectTreeIds(store).toSorted(), (await laravel.ids()).toSorted());
    });
  }

  it('reports throttling as a rate limit and keeps loaded rows', async () => {
    laravel = await Laravel.start(300);
    const store = createStore(createClient('/throttled'));
    for (
      let pages = 0;
      pages < 12 && (store.snapshot.lists.get(everyType)?.state.kind ?? 'ready') !== 'failed';
      pages += 1
    ) {
      if (pages === 0) await store.open(everyType);
      else await store.loadMore(everyType);
      if (listOf(store).hasMore === false) break;
    }
    for (let more = 0; more < 12 && listOf(store).state.kind !== 'failed'; more += 1) await store.refresh([everyType]);
    const { state } = listOf(store);
    assert.equal(state.kind === 'failed' && state.error.kind, 'rateLimited');
    assert.ok(store.snapshot.rows.length > 0);
  });

  for (const isOn of [false, true]) {
    it(`reports a server error ${isOn ? 'with' : 'without'} its debug page`, async () => {
      laravel = await Laravel.start(3);
      laravel.setDebug(isOn);
      const store = createStore(createClient('/broken'));
      await store.open(everyType);
      const { state } = listOf(store);
      assert.equal(state.kind === 'failed' && state.error.kind, 'server');
    });
  }
});
