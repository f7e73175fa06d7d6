import type { JsonValue } from '../model/json';
import { numberOf } from '../util/jsonEntries';
import type { ApiError } from './errors';
import type { TransportResponse } from './transport';
import { retryAfterInBody } from './answer';

const second = 1000;
const minute = 60 * second;

/** A GET is sent at most so many times. */
export const maxAttempts = 3;
/** A server that asks for more is not waited for. */
export const longestRateLimitWait = 10 * minute;
/** Where a 429 does not say how long. */
const defaultRateLimitWait = minute;
/** A server that says "now" with a 429 is given a moment all the same. */
const shortestRateLimitWait = second;

const backoffBase = 250;

export type RetryDecision =
  | { readonly kind: 'fail' }
  /** Again after `ms`. */
  | { readonly kind: 'backOff'; readonly ms: number }
  /** Again when the server takes requests, in `ms`; until then nothing else is sent either. */
  | { readonly kind: 'rateLimit'; readonly ms: number };

/** What to do after a failed attempt of a GET. `response` is missing where no answer came; `random` is in [0, 1). */
export function decideRetry(
  failed: { readonly error: ApiError; readonly attempt: number; readonly response: TransportResponse | undefined },
  now: number,
  random: () => number,
): RetryDecision {
  const { error, attempt, response } = failed;
  if (error.kind === 'rateLimited' && response !== undefined) {
    const ms = rateLimitPauseOf({ error, response }, now);
    // Said also with the last attempt: what else is queued has to wait.
    return ms === undefined ? { kind: 'fail' } : { kind: 'rateLimit', ms };
  }
  if (attempt >= attemptsFor(error)) return { kind: 'fail' };
  return { kind: 'backOff', ms: backoff(attempt, random) };
}

/** Milliseconds in which nothing is to be sent after a failure that is not repeated; undefined where that is no matter. */
export function rateLimitPauseOf(
  { error, response }: { readonly error: ApiError; readonly response: TransportResponse | undefined },
  now: number,
): number | undefined {
  if (error.kind !== 'rateLimited' || response === undefined) return undefined;
  const ms = rateLimitWaitOf(response, now);
  return ms > longestRateLimitWait ? undefined : ms;
}

/** How often a request that fails like this is worth sending. */
export function attemptsFor(error: ApiError): number {
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
export function backoff(attempt: number, random: () => number): number {
  return Math.floor(random() * backoffBase * 2 ** (attempt - 1));
}

/** Milliseconds that a 429 asks to wait: by `Retry-After`, else its body, else `X-RateLimit-Reset`, else a minute. */
export function rateLimitWaitOf(response: TransportResponse, now: number): number {
  const { headers } = response;
  const serverNow = serverTime(response, now);
  const said =
    retryAfter(headers['retry-after'], serverNow) ??
    secondsOf(retryAfterInBody(response)) ??
    untilReset(headers['x-ratelimit-reset'], serverNow);
  return Math.max(said ?? defaultRateLimitWait, shortestRateLimitWait);
}

/** Milliseconds until the window that `X-RateLimit-Reset` (epoch seconds) names; undefined where none is ahead. */
export function untilReset(header: string | undefined, serverNow: number): number | undefined {
  const reset = secondsOf(header);
  return reset === undefined || reset <= serverNow ? undefined : reset - serverNow;
}

/** By the server's own clock where it tells it: the two need not agree. */
export function serverTime(response: TransportResponse, now: number): number {
  return dateOf(response.headers['date']) ?? now;
}

/** Seconds, or an HTTP date; one that has passed is no wait. */
function retryAfter(header: string | undefined, serverNow: number): number | undefined {
  const seconds = secondsOf(header);
  if (seconds !== undefined) return seconds;
  const date = dateOf(header);
  return date === undefined ? undefined : Math.max(date - serverNow, 0);
}

/** Milliseconds; undefined for what is no number or negative. An absurdly long one is infinite. */
function secondsOf(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : numberOf(value);
  const ms = (number ?? NaN) * second;
  return ms >= 0 ? ms : undefined;
}

/** An HTTP date names its day; anything else that `Date.parse` would take (a bare number) is none. */
function dateOf(header: string | undefined): number | undefined {
  if (header === undefined || !/^[A-Za-z]{3,9},? /.test(header)) return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date;
}

function isCertificateProblem(code: string | undefined): boolean {
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH/.test(code);
}
