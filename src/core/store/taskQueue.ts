import { onAbort, raceWithAbort } from '../util/abort';
import type { ListWork, LoadProgress, TopFound, ListState } from './snapshot';
import { ApiError, toApiError, isCanceled } from '../api/errors';

/** A caller waiting for a task; without `cancel` it never detaches. */
export interface TaskSubscriber {
  readonly cancel?: AbortSignal | undefined;
  readonly report?: ((progress: LoadProgress) => void) | undefined;
}

/** The running task of a list and its subscribers. */
export class RunningTask {
  readonly done: Promise<void>;
  private readonly abort = new AbortController();
  private readonly subscribers = new Set<TaskSubscriber>();
  private progress: LoadProgress | undefined;
  private readonly topWaiters: ((found: TopFound) => void)[] = [];

  /**
   * @param work during a `poll` the list isn't busy, and any other work cancels the poll
   * @param perform never rejects
   */
  constructor(
    readonly work: ListWork | 'poll',
    perform: (current: RunningTask) => Promise<void>,
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

  reportProgress(progress: LoadProgress): void {
    this.progress = progress;
    for (const { report } of this.subscribers) report?.(progress);
  }

  /** Whether a caller waits for the top of the list while a reload loads all of it. */
  get hasTopWaiters(): boolean {
    return this.topWaiters.length > 0;
  }

  /** Resolves when the top of the list is loaded; to undefined if the task ends before. */
  async whenTopLoaded(): Promise<TopFound | undefined> {
    const top = new Promise<TopFound>((resolve) => this.topWaiters.push(resolve));
    return Promise.race([top, this.done.then(() => undefined)]);
  }

  resolveTop(found: TopFound): void {
    for (const resolve of this.topWaiters.splice(0)) resolve(found);
  }

  /** Resolves when the task ends or this caller cancels. The task is stopped when its last caller leaves. */
  async join(subscriber: TaskSubscriber): Promise<void> {
    this.subscribers.add(subscriber);
    if (this.progress !== undefined) subscriber.report?.(this.progress);
    const leaving = subscriber.cancel && onAbort(subscriber.cancel, () => this.leave(subscriber));
    await raceWithAbort(this.done, subscriber.cancel);
    leaving?.dispose();
    // A stopped task ends shortly and sets the list's state.
    if (this.isStopped) await this.done;
  }

  private leave(subscriber: TaskSubscriber): void {
    this.subscribers.delete(subscriber);
    if (this.subscribers.size === 0) this.stop();
  }
}

export interface QueuedList {
  state: ListState;
  current: RunningTask | undefined;
  readonly wasRead: boolean;
}

export interface TaskQueueOptions<L> {
  /** Whether the list still belongs to the store. */
  readonly owns: (list: L) => boolean;
  /** Emits a change of the list. */
  readonly fire: (list: L) => void;
  readonly origin: () => string | undefined;
  readonly onUnexpectedError: (error: unknown) => void;
}

/** Runs one task per list at a time. An equal task joins the running one; others queue. */
export class TaskQueue<L extends QueuedList> {
  constructor(private readonly options: TaskQueueOptions<L>) {}

  /**
   * Resolves when the task ends or its caller cancels, even while it is queued.
   * @returns what a running reload found at the top, for a refresh
   */
  async run(
    list: L,
    work: ListWork,
    task: (current: RunningTask) => Promise<unknown>,
    subscriber: TaskSubscriber = {},
  ): Promise<TopFound | undefined> {
    while (list.current !== undefined) {
      const { current } = list;
      if (current.work === 'poll') current.stop();
      const willLoadTop = !current.isStopped && work === 'refresh' && current.work === 'reload';
      const isSame = !current.isStopped && (current.work === work || (work === 'refresh' && current.work === 'open'));
      let found: TopFound | undefined;
      if (willLoadTop) found = await current.whenTopLoaded();
      else await (isSame ? current.join(subscriber) : raceWithAbort(current.done, subscriber.cancel));
      if (found !== undefined || subscriber.cancel?.aborted === true) return found;
      // A stopped task doesn't count as done.
      if ((isSame || willLoadTop) && !current.isStopped) return undefined;
    }
    if (!this.options.owns(list) || subscriber.cancel?.aborted === true) return undefined;
    const current = new RunningTask(work, (started) => this.perform(list, work, () => task(started)));
    list.current = current;
    // Defer rendering, so that the request is sent first.
    setImmediate(() => list.current === current && this.options.fire(list));
    await current.join(subscriber);
    return undefined;
  }

  private async perform(list: L, work: ListWork, task: () => Promise<unknown>): Promise<void> {
    const before = list.state;
    list.state = { kind: 'busy', work };
    let after: ListState;
    try {
      // Deferred, because `current` must be set before the task can end.
      await Promise.resolve();
      await task();
      after = { kind: 'ready' };
    } catch (error) {
      if (isCanceled(error)) after = list.wasRead ? { kind: 'ready' } : before;
      else {
        if (!(error instanceof ApiError)) this.options.onUnexpectedError(error);
        after = { kind: 'failed', work, error: toApiError(error, this.options.origin()) };
      }
    }
    list.state = after;
    list.current = undefined;
    this.options.fire(list);
  }
}
