import { defaultRateLimits, type RateLimits } from './rateLimits';
import { type Clock, onAbort } from '../util/abort';
import { type Disposable, Emitter, type Event } from '../util/event';
import type { Priority, RateLimitWait, WaitCause } from './api';

/** Why the gate rejected a request: its own signal, a wait that the user canceled, or the end of the client. */
export type GateRefusal = 'aborted' | 'waitCanceled' | 'disposed';

export class GateError extends Error {
  override readonly name = 'GateError';
  constructor(
    readonly refusal: GateRefusal,
    readonly wait: RateLimitWait | undefined,
  ) {
    super(refusal);
  }
}

/** A request's position in the queue. A retry keeps it, and so goes before later requests. */
export interface Ticket {
  readonly priority: Priority;
  readonly number: number;
}

interface QueuedRequest {
  readonly ticket: Ticket;
  readonly admit: () => void;
  readonly refuse: (refusal: GateRefusal, wait?: RateLimitWait) => void;
}

/** Timers pause while the computer sleeps, so the clock is checked this often. */
const maxSleepMs = 15_000;

/** Limits a client's requests: how many run at a time and per minute, and pauses that the server asks for. */
export class RateGate implements Disposable {
  private readonly queue: QueuedRequest[] = [];
  private startTimes: number[] = [];
  private inFlight = 0;
  private pausedUntil = 0;
  private pauseCause: WaitCause = 'rateLimit';
  private lastNow = 0;
  private lastTicketNumber = 0;
  private isDisposed = false;
  private timer: { readonly at: number; readonly handle: Disposable } | undefined;
  private publishedWait: RateLimitWait | undefined;
  private readonly waitChanged = new Emitter<RateLimitWait | undefined>();

  /** @param before the gate to replace; its recent requests and its pause carry over */
  constructor(
    private readonly clock: Clock,
    private readonly limits: RateLimits = defaultRateLimits,
    before?: RateGate,
  ) {
    if (before === undefined) return;
    this.startTimes = [...before.startTimes];
    this.pausedUntil = before.pausedUntil;
    this.pauseCause = before.pauseCause;
    this.lastNow = before.lastNow;
  }

  readonly onDidChangeWait: Event<RateLimitWait | undefined> = this.waitChanged.event;

  /** The current wait, if it is long enough to be published; undefined if no request waits for a limit. */
  get wait(): RateLimitWait | undefined {
    return this.publishedWait;
  }

  createTicket(priority: Priority): Ticket {
    this.lastTicketNumber += 1;
    return { priority, number: this.lastTicketNumber };
  }

  /**
   * Resolves when the request may be sent. Call the returned function when it ends; it returns whether another request
   * was sent.
   * @throws GateError
   */
  async enter(ticket: Ticket, signal: AbortSignal): Promise<() => boolean> {
    if (this.isDisposed) throw new GateError('disposed', undefined);
    if (signal.aborted) throw new GateError('aborted', undefined);
    await new Promise<void>((resolve, reject) => {
      const waiting: QueuedRequest = {
        ticket,
        admit: () => {
          abort.dispose();
          resolve();
        },
        refuse: (refusal, wait) => {
          abort.dispose();
          reject(new GateError(refusal, wait));
        },
      };
      const abort = onAbort(signal, () => this.abort(waiting));
      this.enqueue(waiting);
      this.pump();
    });
    let isReleased = false;
    return () => {
      if (isReleased) return false;
      isReleased = true;
      this.inFlight -= 1;
      return this.pump() > 0;
    };
  }

  /** Holds all requests for `ms`. */
  pause(ms: number, cause: Exclude<WaitCause, 'ownBudget'> = 'rateLimit'): void {
    const until = this.now() + ms;
    if (until > this.pausedUntil) {
      this.pausedUntil = until;
      this.pauseCause = cause;
    }
    this.pump();
  }

  /** Rejects all requests that wait for the limit. Later ones wait again while the limit lasts. */
  cancelWait(): void {
    const now = this.now();
    const until = this.findOpenTime(now);
    if (until > now) this.refuseAll('waitCanceled', { until, cause: this.findCause(until) });
    this.pump();
  }

  dispose(): void {
    this.isDisposed = true;
    this.refuseAll('disposed');
    this.pump();
    this.waitChanged.dispose();
  }

  private enqueue(waiting: QueuedRequest): void {
    const isBefore = (a: Ticket, b: Ticket): boolean =>
      a.priority === b.priority ? a.number < b.number : a.priority === 'visible';
    // Searches from the end, because most requests belong there.
    const before = this.queue.findLastIndex((other) => !isBefore(waiting.ticket, other.ticket));
    this.queue.splice(before + 1, 0, waiting);
  }

  private abort(waiting: QueuedRequest): void {
    const index = this.queue.indexOf(waiting);
    if (index !== -1) this.queue.splice(index, 1);
    waiting.refuse('aborted');
    this.pump();
  }

  private refuseAll(refusal: GateRefusal, wait?: RateLimitWait): void {
    for (const waiting of this.queue.splice(0)) waiting.refuse(refusal, wait);
  }

  /** @returns the number of requests sent */
  private pump(): number {
    const now = this.now();
    let opensAt = this.findOpenTime(now);
    let admitted = 0;
    while (opensAt <= now && this.inFlight < this.limits.maxInFlight) {
      const next = this.queue.shift();
      if (next === undefined) break;
      this.inFlight += 1;
      this.startTimes.push(now);
      next.admit();
      admitted += 1;
      opensAt = this.findOpenTime(now);
    }
    const blockedUntil = this.queue.length > 0 && opensAt > now ? opensAt : undefined;
    this.scheduleWake(blockedUntil, now);
    this.publishWait(blockedUntil, now);
    return admitted;
  }

  /** Returns when the limit allows the first queued request; `now` or earlier if it is allowed already. */
  private findOpenTime(now: number): number {
    const { budget, reserved, windowMs } = this.limits;
    this.startTimes = this.startTimes.filter((start) => start > now - windowMs);
    const isBackground = this.queue[0]?.ticket.priority === 'background';
    const oldest = this.startTimes.at(isBackground ? reserved - budget : -budget);
    return Math.max(this.pausedUntil, oldest === undefined ? 0 : oldest + windowMs);
  }

  private findCause(until: number): WaitCause {
    return until > this.pausedUntil ? 'ownBudget' : this.pauseCause;
  }

  /** Shifts all times if the clock is set back, so that a wait of a minute doesn't take hours. */
  private now(): number {
    const now = this.clock.now();
    const setBack = this.lastNow - now;
    if (setBack > 0) {
      this.pausedUntil -= setBack;
      this.startTimes = this.startTimes.map((start) => start - setBack);
    }
    this.lastNow = now;
    return now;
  }

  private scheduleWake(at: number | undefined, now: number): void {
    if (this.timer?.at === at) return;
    this.timer?.handle.dispose();
    this.timer = undefined;
    if (at === undefined) return;
    const wake = (): void => {
      this.timer = undefined;
      this.pump();
    };
    this.timer = { at, handle: this.clock.setTimeout(wake, Math.min(at - now, maxSleepMs)) };
  }

  private publishWait(blockedUntil: number | undefined, now: number): void {
    const isLong =
      blockedUntil !== undefined &&
      (this.publishedWait !== undefined || blockedUntil - now > this.limits.minPublishedWaitMs);
    const wait = isLong ? { until: blockedUntil, cause: this.findCause(blockedUntil) } : undefined;
    if (wait?.until === this.publishedWait?.until && wait?.cause === this.publishedWait?.cause) return;
    this.publishedWait = wait;
    this.waitChanged.fire(this.publishedWait);
  }
}
