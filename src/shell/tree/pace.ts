import type { Clock } from '../../core/util/clock';
import type { Disposable } from '../../core/util/disposable';

/**
 * Milliseconds in which VS Code takes all that it is told of a tree as one: the first at once, the rest only when nothing
 * more has come for so long. A little more than its 200.
 */
const together = 220;

/**
 * Keeps VS Code from keeping back what it is told of the tree: it would act on it in the middle of what it has asked for
 * since, and mix the two up.
 */
export class Pace implements Disposable {
  private last = -Infinity;
  private timer: Disposable | undefined;

  /** @param resume runs when something may be told, where it could not be told before */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** Whether VS Code acts at once on what it is told now; where not, `resume` runs as soon as it does. */
  allows(): boolean {
    const since = this.clock.now() - this.last;
    // Less than nothing where the clock was set back.
    if (since >= together || since < 0) return true;
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = undefined;
      this.resume();
    }, together - since);
    return false;
  }

  /** To be called when VS Code was told something. */
  told(): void {
    this.last = this.clock.now();
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}
