import type { JsonValue } from '../model/json';
import { toNumber } from '../util/exactJson';
import type { Priority, WaitCause } from './api';
import { findRetryAfterInBody } from './response';
import type { ApiError } from './errors';
import type { TransportResponse } from './transport';

const second = 1000;
const minute = 60 * second;

/** A GET is sent at most so many times. */
export const maxAttempts = 3;
/** A server that asks for more is not waited for; nor does one request wait longer than this in all. */
const maxServerWaitMs = 10 * minute;
/** What runs in the background waits as often as the server asks, so that an export isn't left with holes. */
const maxBackgroundWaits = 10;
/** Where a 429 does not say how long. */
const defaultRateLimitWaitMs = minute;
/** A server that says "now" is given a moment all the same. */
const minServerWaitMs = second;

const backoffBaseMs = 250;

export type RetryDecision =
  | { readonly kind: 'fail' }
  /** Again after `ms`. */
  | { readonly kind: 'backOff'; readonly ms: number }
  /** Nothing is sent for this long; then again, unless this was the last attempt. */
  | ({ readonly kind: 'pause'; readonly isLast: boolean } & Pause);

/** How long the server asks to wait. */
export interface Pause {
  readonly ms: number;
  readonly cause: Exclude<WaitCause, 'ownBudget'>;
}

export interface FailedAttempt {
  readonly error: ApiError;
  /** Counts from 1, waits included. */
  readonly attempt: number;
  /** Missing where no answer came. */
  readonly response: TransportResponse | undefined;
  readonly priority: Priority;
  /** How often, and for how many milliseconds in all, the request has waited as the server asked. */
  readonly waits: number;
  readonly waitedMs: number;
}

/** What to do after a failed attempt of a GET. `random` is in [0, 1). */
export function decideRetry(failed: FailedAttempt, now: number, random: () => number): RetryDecision {
  const { error, attempt, response, priority, waits, waitedMs } = failed;
  const pause = findServerPause(response, now);
  if (pause !== undefined && pause.ms > maxServerWaitMs) return { kind: 'fail' };
  if (pause !== undefined) {
    const isLast =
      priority === 'background'
        ? waits >= maxBackgroundWaits || waitedMs + pause.ms > maxServerWaitMs
        : attempt >= maxAttempts;
    return { kind: 'pause', isLast, ...pause };
  }
  if (attempt - waits >= findMaxAttempts(error)) return { kind: 'fail' };
  return { kind: 'backOff', ms: computeBackoff(attempt - waits, random) };
}

/** The pause that a failed response asks for: a 429 always, a 5xx where it says how long. */
export function findServerPause(response: TransportResponse | undefined, now: number): Pause | undefined {
  if (response === undefined) return undefined;
  if (response.status === 429) return { ms: findRateLimitWait(response, now), cause: 'rateLimit' };
  if (response.status < 500) return undefined;
  const ms = findRequestedWait(response, now);
  return ms === undefined ? undefined : { ms: Math.max(ms, minServerWaitMs), cause: 'unavailable' };
}

/** The pause after a failure that isn't repeated; undefined where it's too long to be waited for. */
export function findPauseAfterFailure(response: TransportResponse | undefined, now: number): Pause | undefined {
  const pause = findServerPause(response, now);
  return pause === undefined || pause.ms > maxServerWaitMs ? undefined : pause;
}

/** How often a request that fails like this is worth sending. */
export function findMaxAttempts(error: ApiError): number {
  switch (error.kind) {
    case 'network':
      return isCertificateProblem(error.code) ? 1 : maxAttempts;
    case 'timeout':
      // Each one costs the whole time limit.
      return 2;
    case 'server':
      return error.status === 501 ? 1 : maxAttempts;
    case 'rateLimited':
      return maxAttempts;
    default:
      return 1;
  }
}

/** Milliseconds before the next attempt: full jitter under an exponential bound, lest clients march in step. */
export function computeBackoff(attempt: number, random: () => number): number {
  return Math.floor(random() * backoffBaseMs * 2 ** (attempt - 1));
}

/** Milliseconds that a 429 asks to wait: by `Retry-After`, else its body, else `X-RateLimit-Reset`, else a minute. */
export function findRateLimitWait(response: TransportResponse, now: number): number {
  const requested =
    findRequestedWait(response, now) ??
    parseRateLimitReset(response.headers['x-ratelimit-reset'], findServerTime(response, now));
  return Math.max(requested ?? defaultRateLimitWaitMs, minServerWaitMs);
}

/** Milliseconds by `Retry-After`, else by the body's `retry_after`. */
function findRequestedWait(response: TransportResponse, now: number): number | undefined {
  return (
    parseRetryAfter(response.headers['retry-after'], findServerTime(response, now)) ??
    parseSeconds(findRetryAfterInBody(response))
  );
}

/** Milliseconds until the window that `X-RateLimit-Reset` (epoch seconds) names; undefined where none is ahead. */
export function parseRateLimitReset(header: string | undefined, serverNow: number): number | undefined {
  const reset = parseSeconds(header);
  return reset === undefined || reset <= serverNow ? undefined : reset - serverNow;
}

/** By the server's own clock where it tells it: the two need not agree. */
export function findServerTime(response: TransportResponse, now: number): number {
  return parseHttpDate(response.headers['date']) ?? now;
}

/** Seconds, or an HTTP date; one that has passed is no wait. */
function parseRetryAfter(header: string | undefined, serverNow: number): number | undefined {
  const seconds = parseSeconds(header);
  if (seconds !== undefined) return seconds;
  const date = parseHttpDate(header);
  return date === undefined ? undefined : Math.max(date - serverNow, 0);
}

/** Milliseconds; undefined for what is no number or negative. An absurdly long one is infinite. */
function parseSeconds(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : toNumber(value);
  const ms = (number ?? NaN) * second;
  return ms >= 0 ? ms : undefined;
}

/** An HTTP date names its day; anything else that `Date.parse` would take (a bare number) is none. */
function parseHttpDate(header: string | undefined): number | undefined {
  if (header === undefined || !/^[A-Za-z]{3,9},? /.test(header)) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date;
}

function isCertificateProblem(code: string | undefined): boolean {
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH/.test(code);
}
