import type { JsonValue } from '../model/json';
import { toNumber } from '../util/exactJson';
import type { Priority, WaitCause } from './api';
import { findRetryAfterInBody } from './response';
import type { ApiError } from './errors';
import type { TransportResponse } from './transport';

const second = 1000;
const minute = 60 * second;

export const maxAttempts = 3;
/** Longer waits aren't started. Also limits the total wait of one request. */
const maxServerWaitMs = 10 * minute;
/** Background requests wait up to this often, so that an export has no gaps. */
const maxBackgroundWaits = 10;
/** For a 429 that names no time. */
const defaultRateLimitWaitMs = minute;
/** Also applies if the server says "now". */
const minServerWaitMs = second;

const backoffBaseMs = 250;

export type RetryDecision =
  | { readonly kind: 'fail' }
  | { readonly kind: 'backOff'; readonly ms: number }
  /** Hold all requests for `ms`, then retry unless this was the last attempt. */
  | ({ readonly kind: 'pause'; readonly isLast: boolean } & Pause);

/** A wait that the server asks for. */
export interface Pause {
  readonly ms: number;
  readonly cause: Exclude<WaitCause, 'ownBudget'>;
}

export interface FailedAttempt {
  readonly error: ApiError;
  /** Counts from 1, waits included. */
  readonly attempt: number;
  readonly response: TransportResponse | undefined;
  readonly priority: Priority;
  /** Number and total duration of the waits that the server asked for. */
  readonly waits: number;
  readonly waitedMs: number;
}

/** Decides what to do after a failed GET. `random` is in [0, 1). */
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

/** Returns the wait that a failed response asks for: any 429, and a 5xx that names a time. */
export function findServerPause(response: TransportResponse | undefined, now: number): Pause | undefined {
  if (response === undefined) return undefined;
  if (response.status === 429) return { ms: findRateLimitWait(response, now), cause: 'rateLimit' };
  if (response.status < 500) return undefined;
  const ms = findRequestedWait(response, now);
  return ms === undefined ? undefined : { ms: Math.max(ms, minServerWaitMs), cause: 'unavailable' };
}

/** Returns the wait after a failure that isn't retried; undefined if it is too long. */
export function findPauseAfterFailure(response: TransportResponse | undefined, now: number): Pause | undefined {
  const pause = findServerPause(response, now);
  return pause === undefined || pause.ms > maxServerWaitMs ? undefined : pause;
}

/** Returns how many attempts are worthwhile after this error. */
export function findMaxAttempts(error: ApiError): number {
  switch (error.kind) {
    case 'network':
      return isCertificateProblem(error.code) ? 1 : maxAttempts;
    case 'timeout':
      // Each attempt takes the whole timeout.
      return 2;
    case 'server':
      return error.status === 501 ? 1 : maxAttempts;
    case 'rateLimited':
      return maxAttempts;
    default:
      return 1;
  }
}

/**
 * Returns the milliseconds before the next attempt: exponential with full jitter, so that clients don't retry in sync.
 */
export function computeBackoff(attempt: number, random: () => number): number {
  return Math.floor(random() * backoffBaseMs * 2 ** (attempt - 1));
}

/** Returns the milliseconds to wait after a 429, from `Retry-After`, the body, `X-RateLimit-Reset`, or the default. */
export function findRateLimitWait(response: TransportResponse, now: number): number {
  const requested =
    findRequestedWait(response, now) ??
    parseRateLimitReset(response.headers['x-ratelimit-reset'], findServerTime(response, now));
  return Math.max(requested ?? defaultRateLimitWaitMs, minServerWaitMs);
}

/** Returns milliseconds from `Retry-After` or the body's `retry_after`. */
function findRequestedWait(response: TransportResponse, now: number): number | undefined {
  return (
    parseRetryAfter(response.headers['retry-after'], findServerTime(response, now)) ??
    parseSeconds(findRetryAfterInBody(response))
  );
}

/** Returns the milliseconds until `X-RateLimit-Reset` (epoch seconds); undefined if it isn't in the future. */
export function parseRateLimitReset(header: string | undefined, serverNow: number): number | undefined {
  const reset = parseSeconds(header);
  return reset === undefined || reset <= serverNow ? undefined : reset - serverNow;
}

/** Uses the server's clock if it sends one, because the clocks may differ. */
export function findServerTime(response: TransportResponse, now: number): number {
  return parseHttpDate(response.headers['date']) ?? now;
}

/** Parses seconds or an HTTP date; a past date is 0. */
function parseRetryAfter(header: string | undefined, serverNow: number): number | undefined {
  const seconds = parseSeconds(header);
  if (seconds !== undefined) return seconds;
  const date = parseHttpDate(header);
  return date === undefined ? undefined : Math.max(date - serverNow, 0);
}

/** Returns milliseconds; undefined if the value isn't a number or is negative. May be infinite. */
function parseSeconds(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : toNumber(value);
  const ms = (number ?? NaN) * second;
  return ms >= 0 ? ms : undefined;
}

/** Requires a weekday, because `Date.parse` also accepts a bare number. */
function parseHttpDate(header: string | undefined): number | undefined {
  if (header === undefined || !/^[A-Za-z]{3,9},? /.test(header)) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date;
}

function isCertificateProblem(code: string | undefined): boolean {
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH/.test(code);
}
