import { onAbort, orAborted } from '../util/abort';
import type { ListWork, LoadProgress } from './snapshot';

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
