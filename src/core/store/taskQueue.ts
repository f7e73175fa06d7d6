import { onAbort, raceWithAbort } from '../util/abort';
import type { ListWork, LoadProgress, TopFound, ListState } from './snapshot';
import { ApiError, toApiError, isCanceled } from '../api/errors';

/** Somebody who wants work done: for ever where there is no `cancel`. */
export interface Wish {
  readonly cancel?: AbortSignal | undefined;
  /** Told how far the work is. */
  readonly report?: ((progress: LoadProgress) => void) | undefined;
}

/** What a list is busy with now, who wants it, and how to stop it. */
export class CurrentWork {
  readonly done: Promise<void>;
  private readonly abort = new AbortController();
  private readonly wishes = new Set<Wish>();
  private progress: LoadProgress | undefined;
  private readonly waitingForTop: ((found: TopFound) => void)[] = [];

  /**
   * @param work a poll goes on behind what is looked at: the list is not busy with it, and gives it up for anything else
   * @param perform does it; never rejects
   */
  constructor(
    readonly work: ListWork | 'poll',
    perform: (current: CurrentWork) => Promise<void>,
  ) {
    this.done = perform(this);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isStopped(): boolean {
    return this.signal.aborted;
  }

  stop(): void {
    this.abort.abort();
  }

  /** Tells all who want it how far it is. */
  tell(progress: LoadProgress): void {
    this.progress = progress;
    for (const { report } of this.wishes) report?.(progress);
  }

  /** Whether somebody waits for the top of the list, while work that takes long reads all of it. */
  get isTopWanted(): boolean {
    return this.waitingForTop.length > 0;
  }

  /** Resolves as soon as the top of the list has been read; with nothing where the work ended before. */
  async top(): Promise<TopFound | undefined> {
    const taken = new Promise<TopFound>((resolve) => this.waitingForTop.push(resolve));
    return Promise.race([taken, this.done.then(() => undefined)]);
  }

  tookTop(found: TopFound): void {
    for (const resolve of this.waitingForTop.splice(0)) resolve(found);
  }

  /** Resolves when it is over, or when whoever asks has cancelled. It is stopped as soon as nobody wants it any more. */
  async join(wish: Wish): Promise<void> {
    this.wishes.add(wish);
    if (this.progress !== undefined) wish.report?.(this.progress);
    const leaving = wish.cancel && onAbort(wish.cancel, () => this.leave(wish));
    await raceWithAbort(this.done, wish.cancel);
    leaving?.dispose();
    // What was stopped ends in a moment, and then the list says what came of it.
    if (this.isStopped) await this.done;
  }

  private leave(wish: Wish): void {
    this.wishes.delete(wish);
    if (this.wishes.size === 0) this.stop();
  }
}

/** A list that has its tasks done one after the other. */
export interface QueuedList {
  state: ListState;
  current: CurrentWork | undefined;
  readonly wasRead: boolean;
}

export interface TaskQueueOptions<L> {
  /** Whether the list is still one of the store's. */
  readonly owns: (list: L) => boolean;
  /** Tells that the list has changed. */
  readonly fire: (list: L) => void;
  /** Whom we talk to. */
  readonly origin: () => string | undefined;
  readonly defect: (error: unknown) => void;
}

/** One thing at a time for each list: the same work joins what is under way, other work waits for its end. */
export class TaskQueue<L extends QueuedList> {
  constructor(private readonly options: TaskQueueOptions<L>) {}

  /**
   * Resolves when the work is over, or whoever wanted it has cancelled: also where it only waits for its turn.
   * @returns what was found for a refresh by a reload: that takes long, and reads the top first
   */
  async run(
    list: L,
    work: ListWork,
    task: (current: CurrentWork) => Promise<unknown>,
    wish: Wish = {},
  ): Promise<TopFound | undefined> {
    while (list.current !== undefined) {
      const { current } = list;
      if (current.work === 'poll') current.stop();
      const bringsTop = !current.isStopped && work === 'refresh' && current.work === 'reload';
      const isSame = !current.isStopped && (current.work === work || (work === 'refresh' && current.work === 'open'));
      let found: TopFound | undefined;
      if (bringsTop) found = await current.top();
      else await (isSame ? current.join(wish) : raceWithAbort(current.done, wish.cancel));
      if (found !== undefined || wish.cancel?.aborted === true) return found;
      // One that was stopped has not done what is asked for now.
      if ((isSame || bringsTop) && !current.isStopped) return undefined;
    }
    if (!this.options.owns(list) || wish.cancel?.aborted === true) return undefined;
    const current = new CurrentWork(work, (started) => this.perform(list, work, () => task(started)));
    list.current = current;
    // What is made of the news takes time, and the request need not wait for it.
    setImmediate(() => list.current === current && this.options.fire(list));
    await current.join(wish);
    return undefined;
  }

  private async perform(list: L, work: ListWork, task: () => Promise<unknown>): Promise<void> {
    const before = list.state;
    list.state = { kind: 'busy', work };
    let after: ListState;
    try {
      // Not in this turn: `current` must be set before the work can end.
      await Promise.resolve();
      await task();
      after = { kind: 'ready' };
    } catch (error) {
      if (isCanceled(error)) after = list.wasRead ? { kind: 'ready' } : before;
      else {
        if (!(error instanceof ApiError)) this.options.defect(error);
        after = { kind: 'failed', work, error: toApiError(error, this.options.origin()) };
      }
    }
    list.state = after;
    list.current = undefined;
    this.options.fire(list);
  }
}
