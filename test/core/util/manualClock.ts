import type { Clock } from '../../../src/core/util/abort';

interface Timer {
  at: number;
  readonly callback: () => void;
}

/** A clock that moves only on demand. */
export class ManualClock implements Clock {
  private readonly timers = new Set<Timer>();

  constructor(private time = Date.UTC(2026, 10, 23)) {}

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, ms: number): { dispose(): void } {
    const timer = { at: this.time + ms, callback };
    this.timers.add(timer);
    return { dispose: () => void this.timers.delete(timer) };
  }

  /** Number of timers that are still running. */
  get pending(): number {
    return this.timers.size;
  }

  /** Fires due timers in order and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.callback();
      await settle();
    }
    this.time = end;
    await settle();
  }

  /** Simulates sleep: the time moves on, but timers don't. */
  sleep(ms: number): void {
    this.time += ms;
    const timers = [...this.timers];
    for (const timer of timers) timer.at += ms;
  }

  setBack(ms: number): void {
    this.time -= ms;
  }
}

/** Resolves after all promises that need no timer or network have settled. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
