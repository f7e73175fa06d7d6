import { assertNever } from '../util/assertNever';

const second = 1000;
const minute = 60 * second;

/** Without the focus, so many intervals are one. */
const slowness = 3;
/** Without the focus, following goes on for so long. */
export const maxUnfocusedMs = 30 * minute;
/** What has failed is tried again after this at the latest, or after an interval where that is longer. */
const maxBackOffMs = 5 * minute;
/** What calls for a look at once does so no sooner than this after the last one: a focus that flickers is no flood. */
const minGapMs = 3 * second;
/** Milliseconds for each request of an interval: with many transcripts on the screen, most of the budget stays the reader's. */
const requestPaceMs = 2 * second;
/** An interval is up to so much shorter or longer, lest many windows march in step. */
const unevenness = 0.1;

/** What following depends on. Times are in epoch milliseconds. */
export interface FollowSituation {
  readonly isOn: boolean;
  /** There is somebody to ask. */
  readonly isConnected: boolean;
  /** Requests that one look makes: for the list, and for each transcript on the screen. 0 where nothing is looked at. */
  readonly requests: number;
  readonly intervalMs: number;
  /** When the window lost the focus; undefined while it has it. */
  readonly unfocusedSince: number | undefined;
  /** Until when the server asks to wait. */
  readonly waitUntil: number | undefined;
}

/** How following went so far. */
export interface FollowHistory {
  /** When the last look began. */
  readonly last: number | undefined;
  /** How many looks have failed since the last one that did not. */
  readonly failures: number;
  /** The key was refused: looking again is of no use by itself. */
  readonly isRefused: boolean;
  /** Something happened since the last look that calls for one at once: the window has the focus again, the view is shown. */
  readonly isWoken: boolean;
  /** In [0, 1), another one for each look. */
  readonly chance: number;
}

export type FollowPlan =
  /** Look at this time, or now where it has passed. */
  | { readonly kind: 'at'; readonly time: number }
  /** Do not look; what changes the situation changes the plan. */
  | { readonly kind: 'rest'; readonly why: 'off' | 'notConnected' | 'hidden' | 'refused' | 'away' };

/** When to look next. */
export function planFollowing(situation: FollowSituation, history: FollowHistory, now: number): FollowPlan {
  const why = whyRest(situation, history, now);
  if (why !== undefined) return { kind: 'rest', why };
  return { kind: 'at', time: Math.max(dueAt(situation, history, now), situation.waitUntil ?? 0) };
}

function whyRest(
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

function dueAt(situation: FollowSituation, { last, failures, isWoken, chance }: FollowHistory, now: number): number {
  // A clock that was set back would have following wait for it.
  if (last === undefined || last > now) return now;
  if (isWoken) return last + minGapMs;
  const { intervalMs, requests, unfocusedSince } = situation;
  const paced = Math.max(intervalMs, requests * requestPaceMs) * (unfocusedSince === undefined ? 1 : slowness);
  const backedOff = failures === 0 ? paced : Math.max(paced, Math.min(paced * 2 ** failures, maxBackOffMs));
  return last + Math.round(backedOff * (1 - unevenness + 2 * unevenness * chance));
}

/** What the reader is to know of it, beside that it is on. */
export type FollowTrouble = 'failing' | 'refused' | 'away';

/** From so many failures on in a row, the reader is told: one that passes is nobody's business. */
const failuresToTell = 3;

/** What the reader is to know, where there is something to know. */
export function troubleOf(
  plan: FollowPlan,
  { failures, isRefused }: Pick<FollowHistory, 'failures' | 'isRefused'>,
): FollowTrouble | undefined {
  if (plan.kind === 'at') return isRefused ? 'refused' : failures >= failuresToTell ? 'failing' : undefined;
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
