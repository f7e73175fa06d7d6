import type { ListKey, ListSnapshot } from '../../core/store/snapshot';
import type { Clock } from '../../core/util/clock';
import type { Disposable } from '../../core/util/disposable';

/**
 * Milliseconds that a list may be busy before its row says so. VS Code, once told of something, takes nothing for a while: to
 * say what is over in a moment would keep back what it brings.
 */
const unsaid = 150;

/** Which lists have been busy for so long that the reader should see it. */
export class LongWork implements Disposable {
  /** When each list became busy, in epoch milliseconds. */
  private readonly since = new Map<ListKey, number>();
  private readonly failed = new Set<ListKey>();
  private timer: Disposable | undefined;

  /** @param resume runs when another list has been busy for long */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** To be called with the lists as they are now, after any change. */
  look(lists: Iterable<ListSnapshot>): void {
    const now = this.clock.now();
    const busy = new Set<ListKey>();
    for (const { key, state } of lists) {
      if (state.kind === 'busy') {
        busy.add(key);
        // What its row says of a failure has to go in any case.
        if (!this.since.has(key)) this.since.set(key, this.failed.has(key) ? now - unsaid : now);
      }
      if (state.kind === 'failed') this.failed.add(key);
      else this.failed.delete(key);
    }
    for (const key of this.since.keys()) if (!busy.has(key)) this.since.delete(key);
    this.wait(now);
  }

  isLong(key: ListKey): boolean {
    const since = this.since.get(key);
    return since !== undefined && this.clock.now() - since >= unsaid;
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }

  private wait(now: number): void {
    const soonest = Math.min(...[...this.since.values()].map((since) => since + unsaid).filter((due) => due > now));
    this.dispose();
    if (Number.isFinite(soonest)) this.timer = this.clock.setTimeout(this.resume, soonest - now);
  }
}
