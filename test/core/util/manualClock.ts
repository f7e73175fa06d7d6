import type { Clock } from '../../../src/core/util/clock';

interface Timer {
  at: number;
  readonly callback: () => void;
}

/** A clock that stands still until it is told to go on. */
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

  /** How many timers nobody has disposed and that have not rung. */
  get pending(): number {
    return this.timers.size;
  }

  /** Rings what is due on the way, in order, and lets promises settle after each. */
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

  /** The computer sleeps: the time goes on, and timers stand still. */
  sleep(ms: number): void {
    this.time += ms;
    const asleep = [...this.timers];
    for (const timer of asleep) timer.at += ms;
  }

  setBack(ms: number): void {
    this.time -= ms;
  }
}

/** Every promise that can settle without a timer or the network has settled. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
