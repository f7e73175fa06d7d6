import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import { everyType } from '../../../src/core/store/snapshot';
import { ConversationStore } from '../../../src/core/store/store';
import { TreeModel } from '../../../src/core/view/treeModel';
import { loadAll, reload, retryList } from '../../../src/shell/commands/loading';
import { countNotLoaded } from '../../../src/shell/notLoaded';
import { apiOver, idOf, rowOf, ShiftingList } from '../../properties/support/shiftingList';
import { eventually } from '../../support/workbench/eventually';
import { shown, notifications } from '../../support/vscodeStub';

describe('commands that load lists', () => {
  let server: ShiftingList;
  let store: ConversationStore;
  let releaseResponse: (() => void) | undefined;
  let shouldHold: () => boolean;
  let shouldFail: () => boolean;
  let failure: Error;
  const model = (): TreeModel =>
    new TreeModel(store.snapshot, { grouping: 'day', filter: {}, now: Date.now(), zone: 'UTC', limitOf: () => 200 });
  const app = {
    get store() {
      return store;
    },
    get model() {
      return model();
    },
    rowTest: () => () => true,
  };
  const refusedError = new Error('refused');
  const unauthorizedError = new ApiError({ kind: 'unauthorized', origin: 'https://call.example', status: 401 });

  async function begin(count: number): Promise<void> {
    server = new ShiftingList(count, { style: 'page' });
    store.connect(
      apiOver(async (_, page, { signal }) => {
        if (shouldHold())
          await new Promise<void>((resolve, reject) => {
            releaseResponse = resolve;
            signal.addEventListener('abort', () => reject(refusedError));
          });
        if (shouldFail()) throw failure;
        return server.answer(page);
      }),
    );
    await store.open(everyType);
  }

  beforeEach(() => {
    store = new ConversationStore({
      pageSize: () => 30,
      queryOf: () => ({}),
      onUnexpectedError: (error) => assert.equal(error, refusedError),
    });
    [releaseResponse, shouldHold, shouldFail, failure] = [undefined, () => false, () => false, refusedError];
    for (const list of Object.values(shown)) list.length = 0;
  });
  afterEach(() => store.dispose());

  it('Reload asks for confirmation if it takes minutes, and sends no request if the user declines', async () => {
    await begin(10_000);
    await store.loadAll(everyType, new AbortController().signal);
    const [{ requests }, deletedRow] = [server, server.alive.at(-1) ?? 0];
    server.alive = server.alive.slice(0, -1);
    shown.answers.push(undefined);
    await reload(app);
    assert.deepEqual(shown.questions, [
      'Reload 10000 conversations?\nThis takes about 2 minutes, at 40 requests per minute with 100 conversations each.\nYou can keep working, and cancel at any time. The conversations already loaded stay in the view.',
    ]);
    assert.equal(server.requests, requests);
    shown.answers.push('Reload All');
    await reload(app);
    assert.equal(store.find(idOf(deletedRow)), undefined);
    assert.deepEqual(shown.statusBar, []);
  });

  it('Reload of a few pages needs no confirmation, shows progress if it takes long, and can be canceled', async () => {
    await begin(450);
    await store.loadAll(everyType, new AbortController().signal);
    const { requests } = server;
    shouldHold = () => server.requests >= requests + 2;
    const reloading = reload(app);
    await eventually(() => assert.equal(shown.progress.at(-1)?.title, 'Reloading conversations'));
    assert.deepEqual([shown.questions, shown.progress.at(-1)?.messages], [[], ['100 of 450']]);
    shown.progress.at(-1)?.cancel();
    await reloading;
    assert.deepEqual(shown.statusBar, ['Reload canceled. Loaded conversations are unchanged.']);
    assert.equal(store.snapshot.rows.length, 450);
  });

  it('a failed Reload can be canceled when it is retried', async () => {
    await begin(450);
    await store.loadAll(everyType, new AbortController().signal);
    shouldFail = () => true;
    await reload(app);
    assert.equal(model().list(everyType)?.state.kind, 'failed');
    shouldFail = () => false;
    shouldHold = () => true;
    const retrying = retryList(app, everyType);
    await eventually(() => assert.equal(shown.progress.at(-1)?.title, 'Reloading conversations'));
    shown.progress.at(-1)?.cancel();
    await retrying;
    assert.equal(model().list(everyType)?.state.kind === 'busy', false);
  });

  it('a canceled Load All reports how many conversations are loaded while another Load All continues', async () => {
    await begin(450);
    shouldHold = () => true;
    const first = loadAll(app);
    await eventually(() => assert.ok(releaseResponse));
    const second = loadAll(app);
    await eventually(() => assert.equal(shown.progress.length, 2));
    shown.progress[1]?.cancel();
    await second;
    assert.deepEqual(shown.statusBar, ['Canceled. 30 conversations loaded.']);
    shouldHold = () => false;
    releaseResponse?.();
    await first;
    assert.deepEqual(shown.statusBar.slice(1), ['450 conversations loaded.']);
  });

  it('a failed Load All reports the count and the reason, and Continue resumes it', async () => {
    await begin(450);
    failure = unauthorizedError;
    shouldFail = () => server.requests >= 3;
    notifications.length = 0;
    const loading = (): Promise<void> => loadAll(app);
    await loading();
    assert.equal(model().list(everyType)?.state.kind, 'failed');
    const message = 'Loading stopped early, with 200 conversations loaded. The server rejected this API key.';
    assert.deepEqual([notifications.slice(1), shown.statusBar], [[message], []]);

    shown.answers.push('Continue');
    store.onDidChange(() => {
      if (model().list(everyType)?.state.kind === 'failed') shouldFail = () => false;
    });
    await loading();
    assert.deepEqual(
      [notifications.filter((each) => each === message).length, shown.statusBar],
      [2, ['450 conversations loaded.']],
    );
  });

  it('Load All counts as complete if it is canceled when its last page arrives', async () => {
    await begin(450);
    const loading = loadAll(app);
    store.onDidChange(() => {
      if (model().list(everyType)?.state.kind === 'ready') shown.progress[0]?.cancel();
    });
    await loading;
    assert.deepEqual(shown.statusBar, ['450 conversations loaded.']);
  });

  describe('in a tree grouped by type', () => {
    const byType = (): TreeModel =>
      new TreeModel(store.snapshot, { grouping: 'type', filter: {}, now: Date.now(), zone: 'UTC', limitOf: () => 200 });
    let requestedTypes: string[];

    function serve(types: readonly string[]): void {
      const all = types.map((type, index) => rowOf(index, { type }));
      store.dispose();
      store = new ConversationStore({
        pageSize: () => 30,
        queryOf: (key) => (key === everyType ? {} : { type: key }),
        onUnexpectedError: (error) => assert.equal(error, refusedError),
      });
      requestedTypes = [];
      store.connect(
        apiOver(({ type }, { pointer, pageSize }) => {
          requestedTypes.push(type ?? everyType);
          if (type === undefined && shouldFail()) return Promise.reject(failure);
          const listed = all.filter((row) => type === undefined || row.type === type);
          const page = pointer?.style === 'page' ? pointer.page : 1;
          const lastPage = Math.max(1, Math.ceil(listed.length / pageSize));
          return Promise.resolve({
            rows: listed.slice((page - 1) * pageSize, page * pageSize),
            rejected: [],
            envelope: { style: 'page', currentPage: page, lastPage, perPage: pageSize, total: listed.length },
          });
        }),
      );
    }

    it('Load All also loads conversations of unknown types', async () => {
      serve([...Array<string>(60).fill('test'), ...Array<string>(60).fill('fax')]);
      await loadAll({
        store,
        get model() {
          return byType();
        },
      });
      assert.deepEqual([store.snapshot.rows.length, shown.statusBar], [120, ['120 conversations loaded.']]);
      assert.deepEqual(countNotLoaded(byType()), { any: false, count: 0, atLeast: 0 });
    });

    it('Load All requests the list of all types once if its total shows that there are no other types', async () => {
      serve(Array<string>(60).fill('test'));
      await loadAll({
        store,
        get model() {
          return byType();
        },
      });
      assert.deepEqual(
        requestedTypes.filter((type) => type === everyType),
        [everyType],
      );
      assert.deepEqual([shown.statusBar, countNotLoaded(byType()).any], [['60 conversations loaded.'], false]);
    });

    it("Load All stops and reports the reason if the list of all types can't be opened, and Continue resumes it", async () => {
      serve([...Array<string>(60).fill('test'), ...Array<string>(60).fill('fax')]);
      failure = unauthorizedError;
      shouldFail = () => true;
      notifications.length = 0;
      shown.answers.push('Continue');
      store.onDidChange(() => {
        if (byType().list(everyType)?.state.kind === 'failed') shouldFail = () => false;
      });
      await loadAll({
        store,
        get model() {
          return byType();
        },
      });
      assert.deepEqual(
        notifications.filter((each) => each.startsWith('Loading stopped')),
        ['Loading stopped early, with 60 conversations loaded. The server rejected this API key.'],
      );
      assert.deepEqual([store.snapshot.rows.length, shown.statusBar], [120, ['120 conversations loaded.']]);
    });
  });
});
