import { onAbort, orAborted } from '../util/abort';
import type { ListWork, LoadProgress, TopFound } from './snapshot';

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
    await orAborted(this.done, wish.cancel);
    leaving?.dispose();
    // What was stopped ends in a moment, and then the list says what came of it.
    if (this.isStopped) await this.done;
  }

  private leave(wish: Wish): void {
    this.wishes.delete(wish);
    if (this.wishes.size === 0) this.stop();
  }
}
