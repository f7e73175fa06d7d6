import { ApiError, asApiError, isCancelled } from '../api/errors';
import { orAborted } from '../util/abort';
import { CurrentWork, type Wish } from './currentWork';
import type { ConversationList } from './list';
import type { ListState, ListWork, TopFound } from './snapshot';

export interface TurnsOptions {
  /** Whether the list is still one of the store's. */
  readonly owns: (list: ConversationList) => boolean;
  /** Tells that the list has changed. */
  readonly fire: (list: ConversationList) => void;
  /** Whom we talk to. */
  readonly origin: () => string | undefined;
  readonly defect: (error: unknown) => void;
}

/** One thing at a time for each list: the same work joins what is under way, other work waits for its end. */
export class Turns {
  constructor(private readonly options: TurnsOptions) {}

  /**
   * Resolves when the work is over, or whoever wanted it has cancelled: also where it only waits for its turn.
   * @returns what was found for a refresh by a reload: that takes long, and reads the top first
   */
  async run(
    list: ConversationList,
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
      else await (isSame ? current.join(wish) : orAborted(current.done, wish.cancel));
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

  private async perform(list: ConversationList, work: ListWork, task: () => Promise<unknown>): Promise<void> {
    const before = list.state;
    list.state = { kind: 'busy', work };
    let after: ListState;
    try {
      // Not in this turn: `current` must be set before the work can end.
      await Promise.resolve();
      await task();
      after = { kind: 'ready' };
    } catch (error) {
      if (isCancelled(error)) after = list.wasRead ? { kind: 'ready' } : before;
      else {
        if (!(error instanceof ApiError)) this.options.defect(error);
        after = { kind: 'failed', work, error: asApiError(error, this.options.origin()) };
      }
    }
    list.state = after;
    list.current = undefined;
    this.options.fire(list);
  }
}
