import type { Clock } from './abort';
import type { Disposable } from './event';

/** Runs an action immediately, and then at most once per interval, however often it is requested. */
export class Throttle implements Disposable {
  private timer: Disposable | undefined;
  private isRequested = false;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly act: () => void,
  ) {}

  request(): void {
    if (this.timer === undefined) this.run();
    else this.isRequested = true;
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
    this.isRequested = false;
  }

  private run(): void {
    this.isRequested = false;
    this.timer = this.clock.setTimeout(() => {
      this.timer = undefined;
      if (this.isRequested) this.run();
    }, this.intervalMs);
    this.act();
  }
}
