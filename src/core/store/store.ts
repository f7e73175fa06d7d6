import { isDeepStrictEqual } from 'node:util';
import type { ConversationsApi } from '../api/api';
import type { Conversation } from '../model/conversation';
import { type ListQuery, isSameQuery } from '../model/query';
import { type Disposable, Emitter } from '../util/event';
import { CurrentWork, TaskQueue } from './taskQueue';
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
import { reloadList as readAgain } from './reload';

export interface StoreOptions {
  /** Conversations a page, 1 to 100; asked again before each request. */
  readonly pageSize: () => number;
  readonly queryOf: (key: ListKey) => ListQuery;
  /** Told of what is no failed request but a defect, the store's own or a listener's: a list's state can't name it. */
  readonly defect: (error: unknown) => void;
}

/**
 * All that was read of the server's lists, and the only thing that changes it. Readers take `snapshot` and are told by
 * `onDidChange`; what fails is told by the list's state, never by a rejection. One list does one thing at a time: the
 * same work asked for again joins, other work waits.
 */
export class ConversationStore implements Disposable {
  private readonly changed = new Emitter<ReadonlySet<ListKey>>();
  /** Fires with the keys of the lists that changed. */
  readonly onDidChange = this.changed.event;

  private readonly arrived = new Emitter<readonly Conversation[]>();
  /** Fires before `onDidChange` with conversations that have begun since their list was last read. */
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
      defect: options.defect,
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

  /** Drops everything, and reads from another account from now on; from none where `api` is undefined. */
  connect(api: ConversationsApi | undefined): void {
    this.api = api;
    this.drop([...this.lists.keys()]);
  }

  /** Drops the lists whose server-side query is another one now. */
  requery(): void {
    const stale = [...this.lists.values()].filter(({ key, query }) => !isSameQuery(query, this.options.queryOf(key)));
    if (stale.length > 0) this.drop(stale.map(({ key }) => key));
  }

  /**
   * Reads the first page, unless that was done before. A list whose opening failed is read again by `retry` only.
   * @param brings where given, reads on until a page brings such a conversation, three pages at most
   */
  async open(key: ListKey, brings?: (added: Conversation) => boolean): Promise<void> {
    const list = this.list(key);
    // Other work may bring the first page, or be stopped before it does.
    while (this.isBroughtByOtherWork(list)) await this.nextChange(key);
    if (list.state.kind === 'unopened' || list.current?.work === 'open') await this.readFirst(list, brings);
  }

  /**
   * Reads on. A page that does not bring what the reader looks for is followed by the next, at most three in all.
   * @param brings tells whether one of the conversations that were added is one that the reader looks for
   */
  async loadMore(key: ListKey, brings: (added: Conversation) => boolean = () => true): Promise<void> {
    const list = this.list(key);
    // The first page is on its way: that is what is read on to.
    if (!list.wasRead && list.state.kind === 'busy') return this.open(key);
    if (!list.hasMore) return;
    await this.queue.run(list, 'more', ({ signal }) => this.readOn(list, signal, brings));
  }

  /**
   * Reads to the end, in pages of 100. Aborting `cancel` keeps what came, and goes on where somebody else has asked for the same.
   * @param report is told how far it is, also where others had it begun
   */
  async loadAll(key: ListKey, cancel: AbortSignal, report?: (progress: LoadProgress) => void): Promise<void> {
    const list = this.list(key);
    if (!list.hasMore) return;
    const readAll = async (work: CurrentWork): Promise<void> => {
      const { reader } = this;
      await reader.readToEnd(
        reader.contentOf(list),
        work.signal,
        () => work.tell(list.snapshot()),
        () => this.fire(list),
      );
    };
    await this.queue.run(list, 'all', readAll, { cancel, report });
  }

  /**
   * Reads each list from the top until a page brings only what is known and unchanged, three pages at most. A reload that goes on
   * reads them in between, and is not waited for.
   */
  async refresh(keys: Iterable<ListKey>): Promise<RefreshOutcome> {
    const outcome = { added: 0, changed: 0, failed: 0 };
    await Promise.all(
      this.opened(keys).map(async (list) => {
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
   * Reads one page, behind all other requests. Who reads the list is told of what became different and of nothing else: it
   * does not seem busy, a failure changes nothing, and other work ends it.
   */
  async poll(key: ListKey, signal: AbortSignal): Promise<PollOutcome> {
    const list = this.list(key);
    if (list.current !== undefined || signal.aborted) return { kind: 'given up' };
    let outcome = { kind: 'given up' } as PollOutcome;
    const poll = new CurrentWork('poll', async (work) => void (outcome = await this.pollTop(list, work.signal)));
    list.current = poll;
    await poll.join({ cancel: signal });
    return outcome;
  }

  /**
   * Reads as much of each list as was read before, and forgets what the server no longer lists. Where `cancel` is aborted first,
   * nothing is forgotten, and it goes on where somebody else has asked for the same.
   * @param report is told how far each list is
   */
  async reload(
    keys: Iterable<ListKey>,
    cancel?: AbortSignal,
    report?: (key: ListKey, progress: LoadProgress) => void,
  ): Promise<void> {
    await Promise.all(
      this.opened(keys).map((list) =>
        this.queue.run(list, 'reload', (work) => this.readAgain(list, work), {
          cancel,
          report: (progress) => report?.(list.key, progress),
        }),
      ),
    );
  }

  /** Does again what failed. */
  async retry(key: ListKey, brings?: (added: Conversation) => boolean): Promise<void> {
    const { state } = this.list(key);
    if (state.kind !== 'failed') return;
    switch (state.work) {
      case 'open':
        return this.readFirst(this.list(key));
      case 'more':
      case 'all':
        return this.loadMore(key, brings);
      case 'refresh':
        return void (await this.refresh([key]));
      case 'reload':
        return this.reload([key]);
    }
  }

  /** Takes a newer version of a row that is loaded. */
  update(row: Conversation): void {
    if (this.rows.find(row.id) === undefined || this.rows.merge([row]).changed === 0) return;
    this.announce(new Set([...this.lists.values()].flatMap((list) => (list.has(row.id) ? [list.key] : []))));
  }

  dispose(): void {
    // What waits for its turn must find nothing left to do, and who waits for a change be told before nobody is.
    this.connect(undefined);
    this.changed.dispose();
    this.arrived.dispose();
  }

  private list(key: ListKey): ConversationList {
    let list = this.lists.get(key);
    if (list === undefined) {
      list = new ConversationList(key, this.options.queryOf(key));
      this.lists.set(key, list);
    }
    return list;
  }

  private opened(keys: Iterable<ListKey>): ConversationList[] {
    return [...keys].map((key) => this.list(key)).filter(({ state }) => state.kind !== 'unopened');
  }

  private drop(keys: readonly ListKey[]): void {
    for (const key of keys) {
      const list = this.lists.get(key);
      this.lists.delete(key);
      list?.current?.stop();
    }
    this.forgetUnlisted();
    this.generation += 1;
    this.announce(new Set(keys));
  }

  private async readFirst(list: ConversationList, brings?: (added: Conversation) => boolean): Promise<void> {
    await this.queue.run(list, 'open', ({ signal }) =>
      brings === undefined ? this.readNext(list, signal) : this.readOn(list, signal, brings),
    );
  }

  private async readOn(
    list: ConversationList,
    signal: AbortSignal,
    brings: (added: Conversation) => boolean,
  ): Promise<void> {
    const { reader } = this;
    await reader.readOn(reader.contentOf(list), signal, brings, () => this.fire(list));
  }

  private async readNext(list: ConversationList, signal: AbortSignal): ReturnType<ListReader['readNext']> {
    const { reader } = this;
    return reader.readNext(reader.contentOf(list), signal);
  }

  private async pollTop(list: ConversationList, signal: AbortSignal): Promise<PollOutcome> {
    const before = { rows: this.rows.all, list: list.snapshot() };
    const { outcome, arrived } = await pollTop(list, this.reader, signal, this.options.defect);
    list.current = undefined;
    this.tellArrived(arrived);
    const isSame = before.rows === this.rows.all && isDeepStrictEqual(before.list, list.snapshot());
    // Who waits for the first page has to hear also that it did not come.
    if (!isSame || !list.wasRead) this.fire(list);
    return outcome;
  }

  /** @param found counts up, also where it fails in the middle */
  private async readTop(
    list: ConversationList,
    signal: AbortSignal,
    found: { added: number; changed: number },
  ): Promise<void> {
    const arrived: Conversation[] = [];
    const { reader } = this;
    await reader
      .refreshFromTop(reader.contentOf(list), signal, found, arrived)
      .finally(() => this.tellArrived(arrived));
  }

  private async readAgain(list: ConversationList, work: CurrentWork): Promise<void> {
    const told = (): void => this.fire(list);
    const refresh = async (): Promise<TopFound> => {
      const found = { added: 0, changed: 0 };
      await this.readTop(list, work.signal, found);
      told();
      return found;
    };
    const { reader } = this;
    this.tellArrived(await readAgain(list, { reader, work, refresh, told }));
    this.forgetUnlisted();
  }

  /** Rows live as long as some list has them. */
  private forgetUnlisted(): void {
    const lists = [...this.lists.values()];
    this.rows.retain((id) => lists.some((list) => list.has(id)));
  }

  private isBroughtByOtherWork(list: ConversationList): boolean {
    return this.owns(list) && !list.wasRead && list.current !== undefined && list.current.work !== 'open';
  }

  /** Resolves when a list has changed, for better or worse. */
  private nextChange(key: ListKey): Promise<void> {
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
    if (this.owns(list)) this.announce(new Set([list.key]));
  }

  private announce(keys: ReadonlySet<ListKey>): void {
    this.current = undefined;
    this.tell(() => this.changed.fire(keys));
  }

  private tellArrived(rows: readonly Conversation[]): void {
    if (rows.length > 0) this.tell(() => this.arrived.fire(rows));
  }

  private tell(fire: () => void): void {
    try {
      fire();
    } catch (error) {
      // All were told; what one of them made of it is no failure of the list.
      this.options.defect(error);
    }
  }
}
