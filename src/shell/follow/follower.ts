import type { ApiError } from '../../core/api/errors';
import {
  planFollowing,
  troubleOf,
  type FollowHistory,
  type FollowPlan,
  type FollowSituation,
  type FollowTrouble,
} from '../../core/store/followSchedule';
import type { Clock } from '../../core/util/abort';
import { type Disposable, Emitter } from '../../core/util/event';

/** What failed in a look, and with what it was busy. */
export interface LookFailure {
  readonly error: ApiError;
  readonly of: 'list' | 'transcript';
}

export interface FollowerParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** As things are now. */
  readonly situation: () => FollowSituation;
  /** Looks for what is new, once, and says what failed. Never rejects; ends early where the signal is aborted. */
  readonly look: (signal: AbortSignal) => Promise<LookFailure | undefined>;
}

/** How following stands, for the reader. */
export interface FollowState {
  readonly trouble: FollowTrouble | undefined;
  /** What failed last, with a trouble that is the server's. */
  readonly failure: LookFailure | undefined;
}

type History = FollowHistory & { readonly failure: LookFailure | undefined };

/** Looks again and again for what is new, one look at a time, whenever the schedule says so. */
export class Follower implements Disposable {
  private readonly changed = new Emitter<void>();
  /** Fires when `state` is another. */
  readonly onDidChange = this.changed.event;

  private history: History;
  private timer: Disposable | undefined;
  private looking: AbortController | undefined;
  private current: FollowState = { trouble: undefined, failure: undefined };
  private disposed = false;

  constructor(private readonly parts: FollowerParts) {
    this.history = this.begin();
  }

  get state(): FollowState {
    return this.current;
  }

  /**
   * To be called when another account, key or address is current: what went wrong before is no matter now, and who shows
   * the conversations reads them anew.
   */
  restart(): void {
    this.stopLooking();
    this.history = { ...this.begin(), last: this.parts.clock.now() };
    this.reconsider();
  }

  /** To be called when there is a reason to look at once: something came into sight. */
  wake(): void {
    this.history = { ...this.history, isWoken: true };
    this.reconsider();
  }

  /** To be called when the situation is another. */
  reconsider(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.disposed) return;
    const { clock, situation } = this.parts;
    const now = clock.now();
    const plan = planFollowing(situation(), this.history, now);
    if (plan.kind === 'rest') this.stopLooking();
    else if (this.looking === undefined) this.timer = clock.setTimeout(() => this.due(), Math.max(0, plan.time - now));
    this.tell(plan);
  }

  dispose(): void {
    this.disposed = true;
    this.timer?.dispose();
    this.stopLooking();
    this.changed.dispose();
  }

  /** The timer has rung: the plan of when it was set may be another by now. */
  private due(): void {
    const { clock, situation } = this.parts;
    const now = clock.now();
    const plan = planFollowing(situation(), this.history, now);
    if (plan.kind === 'rest' || plan.time > now) this.reconsider();
    else void this.look(now);
  }

  private async look(now: number): Promise<void> {
    const looking = new AbortController();
    this.looking = looking;
    this.history = { ...this.history, last: now, isWoken: false, chance: this.parts.random() };
    const failure = await this.parts.look(looking.signal);
    if (this.looking !== looking) return;
    this.looking = undefined;
    const kind = failure?.error.kind;
    const isRefused = kind === 'unauthorized' || kind === 'forbidden';
    this.history = {
      ...this.history,
      failure,
      isRefused,
      failures: failure === undefined ? 0 : this.history.failures + 1,
    };
    this.reconsider();
  }

  private stopLooking(): void {
    const looking = this.looking;
    this.looking = undefined;
    looking?.abort();
  }

  private begin(): History {
    return {
      last: undefined,
      failures: 0,
      isRefused: false,
      isWoken: false,
      chance: this.parts.random(),
      failure: undefined,
    };
  }

  private tell(plan: FollowPlan): void {
    const trouble = troubleOf(plan, this.history);
    const failure = trouble === 'failing' || trouble === 'refused' ? this.history.failure : undefined;
    if (trouble === this.current.trouble && failure === this.current.failure) return;
    this.current = { trouble, failure };
    this.changed.fire();
  }
}
