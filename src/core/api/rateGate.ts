import type { Priority, RateLimitWait } from './api';
import { onAbort } from '../util/abort';
import type { Clock } from '../util/clock';
import type { Disposable } from '../util/disposable';
import { Emitter, type Event } from '../util/event';

export interface RateLimits {
  readonly maxInFlight: number;
  /** Requests that may start within `windowMs`. */
  readonly budget: number;
  /** How many of them are kept for what the user looks at, whatever runs beside it. */
  readonly reserved: number;
  readonly windowMs: number;
  /** A wait is told from this length on, in milliseconds. */
  readonly tellAfterMs: number;
}

export const defaultRateLimits: RateLimits = { maxInFlight: 4, budget: 50, reserved: 10, windowMs: 60_000, tellAfterMs: 1000 };

/** Requests a minute for what runs beside what the user looks at. */
export const backgroundBudget = defaultRateLimits.budget - defaultRateLimits.reserved;

/** Why the gate let nothing through: the request's own signal, the user's impatience, or the end of the client. */
export type GateRefusal = 'aborted' | 'waitCancelled' | 'disposed';

export class GateError extends Error {
  override readonly name = 'GateError';
  constructor(readonly refusal: GateRefusal) {
    super(refusal);
  }
}

/** A request's place in the queue. One that comes again goes before what came after it. */
export interface Ticket {
  readonly priority: Priority;
  readonly number: number;
}

interface Waiting {
  readonly ticket: Ticket;
  readonly admit: () => void;
  readonly refuse: (refusal: GateRefusal) => void;
}

/** Milliseconds. A timer stands still while the computer sleeps, the server's clock does not: it is looked at again that often. */
const longestSleep = 15_000;

/** Every request of a client goes through it: so many at once, so many in a minute, none while the server says so. */
export class RateGate implements Disposable {
  private readonly queue: Waiting[] = [];
  private starts: number[] = [];
  private inFlight = 0;
  private pausedUntil = 0;
  private lastNow = 0;
  private ticketsGiven = 0;
  private disposed = false;
  private timer: { readonly at: number; readonly handle: Disposable } | undefined;
  private told: RateLimitWait | undefined;
  private readonly waitChanged = new Emitter<RateLimitWait | undefined>();

  /** @param before whose place it takes: what the server was asked through that counts here too, and its pause lasts */
  constructor(
    private readonly clock: Clock,
    private readonly limits: RateLimits = defaultRateLimits,
    before?: RateGate,
  ) {
    if (before === undefined) return;
    this.starts = [...before.starts];
    this.pausedUntil = before.pausedUntil;
    this.lastNow = before.lastNow;
  }

  readonly onDidChangeWait: Event<RateLimitWait | undefined> = this.waitChanged.event;

  /** What holds the queue back, where it is long enough to be told; `undefined` when nothing waits for the limit. */
  get wait(): RateLimitWait | undefined {
    return this.told;
  }

  ticket(priority: Priority): Ticket {
    this.ticketsGiven += 1;
    return { priority, number: this.ticketsGiven };
  }

  /**
   * Resolves when the request may go out; call what comes back when it is over, which says whether another goes out instead.
   * @throws GateError
   */
  async enter(ticket: Ticket, signal: AbortSignal): Promise<() => boolean> {
    if (this.disposed) throw new GateError('disposed');
    if (signal.aborted) throw new GateError('aborted');
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        ticket,
        admit: () => {
          abort.dispose();
          resolve();
        },
        refuse: (refusal) => {
          abort.dispose();
          reject(new GateError(refusal));
        },
      };
      const abort = onAbort(signal, () => this.leave(waiting));
      this.enqueue(waiting);
      this.pump();
    });
    let released = false;
    return () => {
      if (released) return false;
      released = true;
      this.inFlight -= 1;
      return this.pump() > 0;
    };
  }

  /** Lets nothing through for so long. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + ms);
    this.pump();
  }

  /** Refuses whatever waits for the limit. What comes later waits again, as long as the limit lasts. */
  cancelWait(): void {
    if (this.opensAt(this.now()) > this.now()) this.refuseAll('waitCancelled');
    this.pump();
  }

  dispose(): void {
    this.disposed = true;
    this.refuseAll('disposed');
    this.pump();
    this.waitChanged.dispose();
  }

  private enqueue(waiting: Waiting): void {
    const isBefore = (a: Ticket, b: Ticket): boolean =>
      a.priority === b.priority ? a.number < b.number : a.priority === 'visible';
    const index = this.queue.findIndex((other) => isBefore(waiting.ticket, other.ticket));
    this.queue.splice(index === -1 ? this.queue.length : index, 0, waiting);
  }

  private leave(waiting: Waiting): void {
    const index = this.queue.indexOf(waiting);
    if (index !== -1) this.queue.splice(index, 1);
    waiting.refuse('aborted');
    this.pump();
  }

  private refuseAll(refusal: GateRefusal): void {
    for (const waiting of this.queue.splice(0)) waiting.refuse(refusal);
  }

  /** @returns how many it let through */
  private pump(): number {
    const now = this.now();
    let opensAt = this.opensAt(now);
    let admitted = 0;
    while (opensAt <= now && this.inFlight < this.limits.maxInFlight) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.inFlight += 1;
      this.starts.push(now);
      next.admit();
      admitted += 1;
      opensAt = this.opensAt(now);
    }
    const blockedUntil = this.queue.length > 0 && opensAt > now ? opensAt : undefined;
    this.wakeAt(blockedUntil, now);
    this.tell(blockedUntil, now);
    return admitted;
  }

  /** When the limit lets the first of the queue through; not later than now where it does. */
  private opensAt(now: number): number {
    const { budget, reserved, windowMs } = this.limits;
    this.starts = this.starts.filter((start) => start > now - windowMs);
    const isBackground = this.queue[0]?.ticket.priority === 'background';
    const oldest = this.starts.at(isBackground ? reserved - budget : -budget);
    return Math.max(this.pausedUntil, oldest === undefined ? 0 : oldest + windowMs);
  }

  /** A clock that was set back moves what it measured along, lest a minute's wait take hours. */
  private now(): number {
    const now = this.clock.now();
    const setBack = this.lastNow - now;
    if (setBack > 0) {
      this.pausedUntil -= setBack;
      this.starts = this.starts.map((start) => start - setBack);
    }
    this.lastNow = now;
    return now;
  }

  private wakeAt(at: number | undefined, now: number): void {
    if (this.timer?.at === at) return;
    this.timer?.handle.dispose();
    this.timer = undefined;
    if (at === undefined) return;
    const wake = (): void => {
      this.timer = undefined;
      this.pump();
    };
    this.timer = { at, handle: this.clock.setTimeout(wake, Math.min(at - now, longestSleep)) };
  }

  private tell(blockedUntil: number | undefined, now: number): void {
    const isLong =
      blockedUntil !== undefined && (this.told !== undefined || blockedUntil - now > this.limits.tellAfterMs);
    const until = isLong ? blockedUntil : undefined;
    if (until === this.told?.until) return;
    this.told = until === undefined ? undefined : { until };
    this.waitChanged.fire(this.told);
  }
}
