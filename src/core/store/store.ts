import { isDeepStrictEqual } from 'node:util';
import type { ConversationsApi } from '../api/api';
import type { Conversation } from '../model/conversation';
import { type ListQuery, isSameQuery } from '../model/query';
import { type Disposable, Emitter } from '../util/event';
import { RunningTask, TaskQueue } from './taskQueue';
import { ConversationList } from './list';
import {
  ConversationRows,
  type ListKey,
  type LoadProgress,
  type PollOutcome,
  type RefreshOutcome,
  type StoreSnapshot,
  type TopFound,
} from './snapshot';
import { ListReader, pollTop } from './listReader';
import { reloadList } from './reload';

export interface StoreOptions {
  /** Conversations per page, 1 to 100; read before each request. */
  readonly pageSize: () => number;
  readonly queryOf: (key: ListKey) => ListQuery;
  /** Called with unexpected errors (bugs), including a listener's. */
  readonly onUnexpectedError: (error: unknown) => void;
}

/**
 * Owns all loaded lists. Failures are part of a list's state and never reject.
 * Runs one task per list at a time: an equal task joins the running one, others queue.
 */
export class ConversationStore implements Disposable {
  private readonly changed = new Emitter<ReadonlySet<ListKey>>();
  /** Fires with the keys of the lists that changed. */
  readonly onDidChange = this.changed.event;

  private readonly arrived = new Emitter<readonly Conversation[]>();
  /** Fires before `onDidChange` with conversations that are new since their list was last loaded. */
  readonly onDidArrive = this.arrived.event;

  private readonly lists = new Map<ListKey, ConversationList>();
  private readonly rows = new ConversationRows();
  private generation = 0;
  private api: ConversationsApi | undefined;
  private current: StoreSnapshot | undefined;
  private readonly reader: ListReader;

  private readonly queue: TaskQueue<ConversationList>;

  constructor(private readonly options: StoreOptions) {
    this.reader = new ListReader({ pageSize: options.pageSize, api: () => this.api, rows: this.rows });
    this.queue = new TaskQueue({
      owns: (list) => this.owns(list),
      fire: (list) => this.fire(list),
      origin: () => this.api?.origin,
      onUnexpectedError: options.onUnexpectedError,
    });
  }

  get snapshot(): StoreSnapshot {
    this.current ??= {
      generation: this.generation,
      rows: this.rows.all,
      lists: new Map([...this.lists].map(([key, list]) => [key, list.snapshot()])),
    };
    return this.current;
  }

  find(id: string): Conversation | undefined {
    return this.rows.find(id);
  }

  /** Drops everything and switches to another account, or to none if `api` is undefined. */
  connect(api: ConversationsApi | undefined): void {
    this.api = api;
    this.drop([...this.lists.keys()]);
  }

  /** Drops the lists whose server-side query has changed. */
  requery(): void {
    const stale = [...this.lists.values()].filter(({ key, query }) => !isSameQuery(query, this.options.queryOf(key)));
    if (stale.length > 0) this.drop(stale.map(({ key }) => key));
  }

  /**
   * Loads the first page unless it is loaded. A list that failed to open is loaded again only by `retry`.
   * @param matches if given, loads up to three pages until it returns true for a conversation
   */
  async open(key: ListKey, matches?: (added: Conversation) => boolean): Promise<void> {
    const list = this.getList(key);
    // Other work may load the first page, or be stopped before it does.
    while (this.isLoadedByOtherTask(list)) {
      this.showOpeningPoll(list);
      await this.waitForChange(key);
    }
    if (list.state.kind === 'unopened' || list.current?.work === 'open') await this.readFirst(list, matches);
  }

  /** Loads up to three pages until `matches` returns true for an added conversation. */
  async loadMore(key: ListKey, matches: (added: Conversation) => boolean = () => true): Promise<void> {
    const list = this.getList(key);
    // The first page is still loading: wait for that instead.
    if (!list.wasRead && list.state.kind === 'busy') return this.open(key);
    if (!list.hasMore) return;
    await this.queue.run(list, 'more', ({ signal }) => this.readUntilMatch(list, signal, matches));
  }

  /**
   * Loads all pages, 100 conversations each. Aborting `cancel` keeps the loaded rows; the task continues for other
   * callers.
   * @param report receives the progress, also of a task that another caller started
   */
  async loadAll(key: ListKey, cancel: AbortSignal, report?: (progress: LoadProgress) => void): Promise<void> {
    const list = this.getList(key);
    if (!list.hasMore) return;
    const readAll = async (work: RunningTask): Promise<void> => {
      const { reader } = this;
      await reader.readToEnd(
        reader.ensureContent(list),
        work.signal,
        () => work.reportProgress(list.snapshot()),
        () => this.fire(list),
      );
    };
    await this.queue.run(list, 'all', readAll, { cancel, report });
  }

  /**
   * Loads each list from the top, three pages at most, until a page has only known and unchanged rows. During a reload
   * the top is refreshed in between, without waiting for the reload to end.
   */
  async refresh(keys: Iterable<ListKey>): Promise<RefreshOutcome> {
    const outcome = { added: 0, changed: 0, failed: 0 };
    await Promise.all(
      this.openLists(keys).map(async (list) => {
        const work = list.wasRead ? 'refresh' : 'open';
        const found = await this.queue.run(list, work, async ({ signal }) => {
          if (list.wasRead) await this.readTop(list, signal, outcome);
          else outcome.added += (await this.readNext(list, signal)).added.length;
        });
        outcome.added += found?.added ?? 0;
        outcome.changed += found?.changed ?? 0;
        if (list.state.kind === 'failed') outcome.failed += 1;
      }),
    );
    return outcome;
  }

  /**
   * Loads one page at the lowest priority. Only changed rows are reported: the list doesn't appear busy unless `open`
   * waits for it, a failure changes nothing, and other work cancels it.
   */
  async poll(key: ListKey, signal: AbortSignal): Promise<PollOutcome> {
    const list = this.getList(key);
    if (list.current !== undefined || signal.aborted) return { kind: 'skipped' };
    let outcome = { kind: 'skipped' } as PollOutcome;
    const poll = new RunningTask('poll', async (work) => void (outcome = await this.pollTop(list, work.signal)));
    list.current = poll;
    await poll.join({ cancel: signal });
    return outcome;
  }

  /**
   * Loads as many rows of each list as it had, and drops rows that the server no longer lists. Aborting `cancel` first
   * drops nothing; the task continues for other callers.
   * @param report receives the progress of each list
   */
  async reload(
    keys: Iterable<ListKey>,
    cancel?: AbortSignal,
    report?: (key: ListKey, progress: LoadProgress) => void,
  ): Promise<void> {
    await Promise.all(
      this.openLists(keys).map((list) =>
        this.queue.run(list, 'reload', (work) => this.reloadOne(list, work), {
          cancel,
          report: (progress) => report?.(list.key, progress),
        }),
      ),
    );
  }

  async retry(key: ListKey, matches?: (added: Conversation) => boolean): Promise<void> {
    const { state } = this.getList(key);
    if (state.kind !== 'failed') return;
    switch (state.work) {
      case 'open':
        return this.readFirst(this.getList(key));
      case 'more':
      case 'all':
        return this.loadMore(key, matches);
      case 'refresh':
        return void (await this.refresh([key]));
      case 'reload':
        return this.reload([key]);
    }
  }

  /** Updates a row that is already loaded. */
  update(row: Conversation): void {
    if (this.rows.find(row.id) === undefined || this.rows.merge([row]).changed === 0) return;
    this.notifyChanged(new Set([...this.lists.values()].flatMap((list) => (list.has(row.id) ? [list.key] : []))));
  }

  dispose(): void {
    // Clear the queue, then notify listeners before disposing the emitters.
    this.connect(undefined);
    this.changed.dispose();
    this.arrived.dispose();
  }

  private getList(key: ListKey): ConversationList {
    let list = this.lists.get(key);
    if (list === undefined) {
      list = new ConversationList(key, this.options.queryOf(key));
      this.lists.set(key, list);
    }
    return list;
  }

  private openLists(keys: Iterable<ListKey>): ConversationList[] {
    return [...keys].map((key) => this.getList(key)).filter(({ state }) => state.kind !== 'unopened');
  }

  private drop(keys: readonly ListKey[]): void {
    for (const key of keys) {
      const list = this.lists.get(key);
      this.lists.delete(key);
      list?.current?.stop();
    }
    this.dropUnlisted();
    this.generation += 1;
    this.notifyChanged(new Set(keys));
  }

  private async readFirst(list: ConversationList, matches?: (added: Conversation) => boolean): Promise<void> {
    await this.queue.run(list, 'open', ({ signal }) =>
      matches === undefined ? this.readNext(list, signal) : this.readUntilMatch(list, signal, matches),
    );
  }

  private async readUntilMatch(
    list: ConversationList,
    signal: AbortSignal,
    matches: (added: Conversation) => boolean,
  ): Promise<void> {
    const { reader } = this;
    await reader.readUntilMatch(reader.ensureContent(list), signal, matches, () => this.fire(list));
  }

  private async readNext(list: ConversationList, signal: AbortSignal): ReturnType<ListReader['readNext']> {
    const { reader } = this;
    return reader.readNext(reader.ensureContent(list), signal);
  }

  private async pollTop(list: ConversationList, signal: AbortSignal): Promise<PollOutcome> {
    const before = { rows: this.rows.all, list: list.snapshot() };
    const { outcome, arrived } = await pollTop(list, this.reader, signal, this.options.onUnexpectedError);
    list.current = undefined;
    if (outcome.kind !== 'read' && list.state.kind === 'busy') list.state = { kind: 'unopened' };
    this.emitArrived(arrived);
    const isSame = before.rows === this.rows.all && isDeepStrictEqual(before.list, list.snapshot());
    // A caller waiting for the first page must also learn that it failed.
    if (!isSame || !list.wasRead) this.fire(list);
    return outcome;
  }

  /** @param found is updated even if a later page fails */
  private async readTop(
    list: ConversationList,
    signal: AbortSignal,
    found: { added: number; changed: number },
  ): Promise<void> {
    const arrived: Conversation[] = [];
    const { reader } = this;
    await reader
      .refreshFromTop(reader.ensureContent(list), signal, found, arrived)
      .finally(() => this.emitArrived(arrived));
  }

  private async reloadOne(list: ConversationList, task: RunningTask): Promise<void> {
    const onRowsChanged = (): void => this.fire(list);
    const refresh = async (): Promise<TopFound> => {
      const found = { added: 0, changed: 0 };
      await this.readTop(list, task.signal, found);
      onRowsChanged();
      return found;
    };
    const { reader } = this;
    this.emitArrived(await reloadList(list, { reader, task, refresh, onRowsChanged }));
    this.dropUnlisted();
  }

  /** Drops rows that are in no list. */
  private dropUnlisted(): void {
    const lists = [...this.lists.values()];
    this.rows.retain((id) => lists.some((list) => list.has(id)));
  }

  private isLoadedByOtherTask(list: ConversationList): boolean {
    return this.owns(list) && !list.wasRead && list.current !== undefined && list.current.work !== 'open';
  }

  /** A poll emits nothing when it starts, so the list wouldn't appear to be loading. */
  private showOpeningPoll(list: ConversationList): void {
    if (list.current?.work !== 'poll' || list.state.kind !== 'unopened') return;
    list.state = { kind: 'busy', work: 'open' };
    this.fire(list);
  }

  private waitForChange(key: ListKey): Promise<void> {
    return new Promise((resolve) => {
      const listening = this.onDidChange((keys) => {
        if (!keys.has(key)) return;
        listening.dispose();
        resolve();
      });
    });
  }

  private owns(list: ConversationList): boolean {
    return this.lists.get(list.key) === list;
  }

  private fire(list: ConversationList): void {
    if (this.owns(list)) this.notifyChanged(new Set([list.key]));
  }

  private notifyChanged(keys: ReadonlySet<ListKey>): void {
    this.current = undefined;
    this.emitSafely(() => this.changed.fire(keys));
  }

  private emitArrived(rows: readonly Conversation[]): void {
    if (rows.length > 0) this.emitSafely(() => this.arrived.fire(rows));
  }

  private emitSafely(fire: () => void): void {
    try {
      fire();
    } catch (error) {
      // A listener's error must not fail the list.
      this.options.onUnexpectedError(error);
    }
  }
}
