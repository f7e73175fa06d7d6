import type { ApiError } from '../../core/api/errors';
import {
  planFollowing,
  findFollowProblem,
  type FollowHistory,
  type FollowPlan,
  type FollowSituation,
  type FollowProblem,
} from '../../core/store/followSchedule';
import type { Clock } from '../../core/util/abort';
import { type Disposable, Emitter } from '../../core/util/event';

export interface PollFailure {
  readonly error: ApiError;
  readonly of: 'list' | 'transcript';
}

export interface FollowerParts {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly getSituation: () => FollowSituation;
  /** Polls once. Never rejects. */
  readonly poll: (signal: AbortSignal) => Promise<PollFailure | undefined>;
}

export interface FollowState {
  readonly problem: FollowProblem | undefined;
  /** Set if `problem` is the server's. */
  readonly failure: PollFailure | undefined;
}

type History = FollowHistory & { readonly failure: PollFailure | undefined };

/** Polls as scheduled, one poll at a time. */
export class Follower implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  private history: History;
  private timer: Disposable | undefined;
  private polling: AbortController | undefined;
  private current: FollowState = { problem: undefined, failure: undefined };
  private isDisposed = false;

  constructor(private readonly parts: FollowerParts) {
    this.history = this.createHistory();
  }

  get state(): FollowState {
    return this.current;
  }

  /** Call it after a change of the session: clears the history, because the conversations reload anyway. */
  restart(): void {
    this.stopPolling();
    this.history = { ...this.createHistory(), last: this.parts.clock.now() };
    this.reconsider();
  }

  /** Schedules an immediate poll. */
  wake(): void {
    this.history = { ...this.history, isWoken: true };
    this.reconsider();
  }

  /** Call it after any change of the situation. */
  reconsider(): void {
    this.timer?.dispose();
    this.timer = undefined;
    if (this.isDisposed) return;
    const { clock, getSituation } = this.parts;
    const now = clock.now();
    const plan = planFollowing(getSituation(), this.history, now);
    if (plan.kind === 'rest') this.stopPolling();
    else if (this.polling === undefined)
      this.timer = clock.setTimeout(() => this.pollIfDue(), Math.max(0, plan.time - now));
    this.updateState(plan);
  }

  dispose(): void {
    this.isDisposed = true;
    this.timer?.dispose();
    this.stopPolling();
    this.changed.dispose();
  }

  /** Checks the plan again, which may have changed since the timer was set. */
  private pollIfDue(): void {
    const { clock, getSituation } = this.parts;
    const now = clock.now();
    const plan = planFollowing(getSituation(), this.history, now);
    if (plan.kind === 'rest' || plan.time > now) this.reconsider();
    else void this.poll(now);
  }

  private async poll(now: number): Promise<void> {
    const polling = new AbortController();
    this.polling = polling;
    this.history = { ...this.history, last: now, isWoken: false, chance: this.parts.random() };
    const failure = await this.parts.poll(polling.signal);
    if (this.polling !== polling) return;
    this.polling = undefined;
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

  private stopPolling(): void {
    const { polling } = this;
    this.polling = undefined;
    polling?.abort();
  }

  private createHistory(): History {
    return {
      last: undefined,
      failures: 0,
      isRefused: false,
      isWoken: false,
      chance: this.parts.random(),
      failure: undefined,
    };
  }

  private updateState(plan: FollowPlan): void {
    const problem = findFollowProblem(plan, this.history);
    const failure = problem === 'failing' || problem === 'refused' ? this.history.failure : undefined;
    if (problem === this.current.problem && failure === this.current.failure) return;
    this.current = { problem, failure };
    this.changed.fire();
  }
}
