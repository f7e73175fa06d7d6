import { assertNever } from '../util/assertNever';

const second = 1000;
const minute = 60 * second;

/** Factor for the interval while the window has no focus. */
const unfocusedFactor = 3;
/** How long following continues without the focus. */
export const maxUnfocusedMs = 30 * minute;
/** The longest delay after failures, unless the interval is longer. */
const maxBackOffMs = 5 * minute;
/** The shortest time between two polls, so that a flickering focus doesn't cause a burst. */
const minGapMs = 3 * second;
/** The interval per request, so that many open transcripts leave most of the rate limit to the user. */
const minIntervalPerRequestMs = 2 * second;
/** Random share of the interval, so that several windows don't poll in step. */
const jitterRatio = 0.1;

/** Times are in epoch milliseconds. */
export interface FollowSituation {
  readonly isOn: boolean;
  readonly isConnected: boolean;
  /** Requests of one poll: one for the list and one for each visible transcript; 0 if nothing is visible. */
  readonly requests: number;
  readonly intervalMs: number;
  /** When the window lost the focus; undefined while it has it. */
  readonly unfocusedSince: number | undefined;
  /** When the server's rate limit ends. */
  readonly waitUntil: number | undefined;
}

export interface FollowHistory {
  /** When the last poll started. */
  readonly last: number | undefined;
  /** Polls that failed since the last successful one. */
  readonly failures: number;
  /** The server rejected the key, so polling again can't succeed. */
  readonly isRefused: boolean;
  /** Whether the window got the focus or the view was shown since the last poll. */
  readonly isWoken: boolean;
  /** Random number in [0, 1), new for each poll. */
  readonly chance: number;
}

export type FollowPlan =
  /** Poll at this time, or now if it has passed. */
  | { readonly kind: 'at'; readonly time: number }
  /** Don't poll until the situation changes. */
  | { readonly kind: 'rest'; readonly why: 'off' | 'notConnected' | 'hidden' | 'refused' | 'away' };

export function planFollowing(situation: FollowSituation, history: FollowHistory, now: number): FollowPlan {
  const why = findRestReason(situation, history, now);
  if (why !== undefined) return { kind: 'rest', why };
  return { kind: 'at', time: Math.max(findDueTime(situation, history, now), situation.waitUntil ?? 0) };
}

function findRestReason(
  situation: FollowSituation,
  history: FollowHistory,
  now: number,
): Extract<FollowPlan, { kind: 'rest' }>['why'] | undefined {
  const { isOn, isConnected, requests, unfocusedSince } = situation;
  if (!isOn) return 'off';
  if (!isConnected) return 'notConnected';
  if (requests === 0) return 'hidden';
  if (unfocusedSince !== undefined && now - unfocusedSince >= maxUnfocusedMs) return 'away';
  if (history.isRefused && !history.isWoken) return 'refused';
  return undefined;
}

function findDueTime(
  situation: FollowSituation,
  { last, failures, isWoken, chance }: FollowHistory,
  now: number,
): number {
  // After the clock was set back, `last` may be far in the future.
  if (last === undefined || last > now) return now;
  if (isWoken) return last + minGapMs;
  const { intervalMs, requests, unfocusedSince } = situation;
  const paced =
    Math.max(intervalMs, requests * minIntervalPerRequestMs) * (unfocusedSince === undefined ? 1 : unfocusedFactor);
  const backedOff = failures === 0 ? paced : Math.max(paced, Math.min(paced * 2 ** failures, maxBackOffMs));
  return last + Math.round(backedOff * (1 - jitterRatio + 2 * jitterRatio * chance));
}

/** A problem with following that the user must know about. */
export type FollowProblem = 'failing' | 'refused' | 'away';

/** Consecutive failures before the user is notified; single failures are ignored. */
const minReportedFailures = 3;

/** Returns what to report to the user, if anything. */
export function findFollowProblem(
  plan: FollowPlan,
  { failures, isRefused }: Pick<FollowHistory, 'failures' | 'isRefused'>,
): FollowProblem | undefined {
  if (plan.kind === 'at') return isRefused ? 'refused' : failures >= minReportedFailures ? 'failing' : undefined;
  switch (plan.why) {
    case 'refused':
    case 'away':
      return plan.why;
    case 'off':
    case 'notConnected':
    case 'hidden':
      return undefined;
    default:
      return assertNever(plan.why);
  }
}
