import assert from 'node:assert/strict';
import { ApiError, type ApiErrorInit } from '../../../src/core/api/errors';
import {
  computeBackoff,
  decideRetry,
  findPauseAfterFailure,
  findRateLimitWait,
  parseRateLimitReset,
  type FailedAttempt,
} from '../../../src/core/api/retry';

const now = Date.parse('2026-11-23T12:00:00Z');
const inHttp = (ms: number): string => new Date(now + ms).toUTCString();

function answer(
  headers: Record<string, string>,
  body: unknown = {},
  status = 429,
): Parameters<typeof findRateLimitWait>[0] {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

const visible = { priority: 'visible', waits: 0, waitedMs: 0 } as const;

function decide(init: Omit<ApiErrorInit, 'origin'>, attempt: number): ReturnType<typeof decideRetry> {
  const error = new ApiError({ origin: 'https://host.test', ...init });
  return decideRetry({ error, attempt, response: undefined, ...visible }, now, () => 0.5);
}

describe('findPauseAfterFailure', () => {
  it('is the wait that a 429 asks for, up to the maximum', () => {
    assert.deepEqual(findPauseAfterFailure(answer({ 'retry-after': '7' }), now), { ms: 7000, cause: 'rateLimit' });
    assert.deepEqual(findPauseAfterFailure(answer({}), now), { ms: 60_000, cause: 'rateLimit' });
    assert.equal(findPauseAfterFailure(answer({ 'retry-after': '601' }), now), undefined);
  });

  it('is the wait that a 5xx asks for in seconds, as a date, or in its body, or undefined', () => {
    for (const status of [500, 502, 503, 504, 529]) {
      assert.deepEqual(findPauseAfterFailure(answer({ 'retry-after': '7' }, '<html>', status), now), {
        ms: 7000,
        cause: 'unavailable',
      });
    }
    assert.deepEqual(findPauseAfterFailure(answer({ 'retry-after': inHttp(30_000) }, {}, 503), now), {
      ms: 30_000,
      cause: 'unavailable',
    });
    assert.deepEqual(findPauseAfterFailure(answer({}, { retry_after: 9 }, 503), now), {
      ms: 9000,
      cause: 'unavailable',
    });
    assert.deepEqual(findPauseAfterFailure(answer({ 'retry-after': '0' }, {}, 503), now), {
      ms: 1000,
      cause: 'unavailable',
    });
    assert.equal(findPauseAfterFailure(answer({}, {}, 503), now), undefined);
    assert.equal(findPauseAfterFailure(answer({ 'retry-after': 'soon' }, {}, 503), now), undefined);
    assert.equal(findPauseAfterFailure(answer({ 'retry-after': '601' }, {}, 503), now), undefined);
  });

  it('is undefined without a response or for other statuses', () => {
    assert.equal(findPauseAfterFailure(undefined, now), undefined);
    assert.equal(findPauseAfterFailure(answer({ 'retry-after': '7' }, {}, 403), now), undefined);
  });
});

describe('findRateLimitWait', () => {
  const reset = String(now / 1000 + 20);
  const cases: readonly [name: string, headers: Record<string, string>, body: unknown, ms: number][] = [
    ['Retry-After in seconds', { 'retry-after': '7' }, {}, 7000],
    ['Retry-After before the body', { 'retry-after': '7' }, { retry_after: 9 }, 7000],
    ['Retry-After as a date', { 'retry-after': inHttp(30_000) }, {}, 30_000],
    ["a date relative to the server's own clock", { 'retry-after': inHttp(30_000), date: inHttp(25_000) }, {}, 5000],
    ['one second for a date that has passed', { 'retry-after': inHttp(-30_000) }, { retry_after: 9 }, 1000],
    ['one second for Retry-After 0', { 'retry-after': '0' }, {}, 1000],
    ['Retry-After with a fraction', { 'retry-after': ' 1.25 ' }, { retry_after: 9 }, 1250],
    ['a date in an obsolete format', { 'retry-after': 'Mon Nov 23 2026 12:00:30 GMT' }, { retry_after: 9 }, 30_000],
    ['the body for a hexadecimal Retry-After', { 'retry-after': '0x10' }, { retry_after: 9 }, 9000],
    ['the body for a Retry-After with an exponent', { 'retry-after': '1e1' }, { retry_after: 9 }, 9000],
    ['the body for a negative Retry-After', { 'retry-after': '-5' }, { retry_after: 9 }, 9000],
    ['the body for a Retry-After that is not a number', { 'retry-after': 'NaN' }, { retry_after: '9' }, 9000],
    ['the body for an empty Retry-After', { 'retry-after': '' }, { retry_after: 9 }, 9000],
    ['the body for a Retry-After with a day but no time', { 'retry-after': 'Mon, soon' }, { retry_after: 9 }, 9000],
    ['the body before the reset', { 'x-ratelimit-reset': reset }, { retry_after: 9 }, 9000],
    ['the reset for a negative number in the body', { 'x-ratelimit-reset': reset }, { retry_after: -1 }, 20_000],
    ['the reset, in epoch seconds', { 'x-ratelimit-reset': reset }, 'no json', 20_000],
    ['one minute for a reset that has passed', { 'x-ratelimit-reset': '12' }, {}, 60_000],
    ['one minute if the response names no time', {}, { message: 'Too Many Attempts.' }, 60_000],
    ['one minute for an HTML response', {}, '<html>', 60_000],
    ['Infinity for an absurd number', { 'retry-after': '9'.repeat(400) }, {}, Infinity],
  ];
  for (const [name, headers, body, ms] of cases) {
    it(`uses ${name}`, () => assert.equal(findRateLimitWait(answer(headers, body), now), ms));
  }
});

describe('parseRateLimitReset', () => {
  it('is undefined if the header names no time in the future', () => {
    for (const header of [undefined, '', 'x', '-1', '0', String(now / 1000)])
      assert.equal(parseRateLimitReset(header, now), undefined);
    assert.equal(parseRateLimitReset(String(now / 1000 + 3), now), 3000);
  });
});

describe('computeBackoff', () => {
  it('is random below an exponential bound', () => {
    assert.deepEqual(
      [1, 2, 3].map((attempt) => computeBackoff(attempt, () => 0)),
      [0, 0, 0],
    );
    assert.deepEqual(
      [1, 2, 3].map((attempt) => computeBackoff(attempt, () => 0.999999)),
      [249, 499, 999],
    );
  });
});

describe('decideRetry', () => {
  const attempts: readonly [name: string, init: Omit<ApiErrorInit, 'origin'>, sent: number][] = [
    ['a lost connection', { kind: 'network', code: 'ECONNREFUSED' }, 3],
    ['a bad certificate', { kind: 'network', code: 'CERT_HAS_EXPIRED' }, 1],
    ['an unknown issuer', { kind: 'network', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 1],
    ['a timeout', { kind: 'timeout' }, 2],
    ['500', { kind: 'server', status: 500 }, 3],
    ['501', { kind: 'server', status: 501 }, 1],
    ['503', { kind: 'server', status: 503 }, 3],
    ['a rate limit without a response', { kind: 'rateLimited' }, 3],
    ['a canceled request', { kind: 'cancelled' }, 1],
    ['401', { kind: 'unauthorized', status: 401 }, 1],
    ['403', { kind: 'forbidden', status: 403 }, 1],
    ['404', { kind: 'notFound', status: 404 }, 1],
    ['422', { kind: 'rejected', status: 422 }, 1],
    ['a web page', { kind: 'unexpected', unexpected: 'webPage' }, 1],
  ];
  for (const [name, init, sent] of attempts) {
    it(`sends ${sent} times for ${name}`, () => {
      const decisions = [1, 2, 3].map((attempt) => decide(init, attempt).kind);
      assert.deepEqual(
        decisions,
        [1, 2, 3].map((attempt) => (attempt < sent ? 'backOff' : 'fail')),
      );
    });
  }

  const afterPause = (
    status: number,
    seconds: number,
    change: Partial<FailedAttempt> = {},
  ): ReturnType<typeof decideRetry> => {
    const error = new ApiError({
      kind: status === 429 ? 'rateLimited' : 'server',
      origin: 'https://host.test',
      status,
    });
    return decideRetry(
      { error, attempt: 1, response: answer({ 'retry-after': String(seconds) }, {}, status), ...visible, ...change },
      now,
      () => 0,
    );
  };

  it('waits up to ten minutes for a rate limit or maintenance', () => {
    assert.deepEqual(afterPause(429, 600), { kind: 'pause', isLast: false, ms: 600_000, cause: 'rateLimit' });
    assert.deepEqual(afterPause(503, 600), { kind: 'pause', isLast: false, ms: 600_000, cause: 'unavailable' });
    assert.deepEqual(afterPause(429, 601), { kind: 'fail' });
    assert.deepEqual(afterPause(503, 3600), { kind: 'fail' });
  });

  it('waits twice for visible requests and up to ten minutes for background ones', () => {
    const isLast = (change: Partial<FailedAttempt>): unknown => {
      const decision = afterPause(503, 60, change);
      return decision.kind === 'pause' && decision.isLast;
    };
    assert.deepEqual(
      [isLast({ attempt: 2, waits: 1, waitedMs: 60_000 }), isLast({ attempt: 3, waits: 2, waitedMs: 120_000 })],
      [false, true],
    );
    const background = { priority: 'background' } as const;
    assert.deepEqual(
      [
        isLast({ ...background, attempt: 10, waits: 9, waitedMs: 540_000 }),
        isLast({ ...background, attempt: 11, waits: 10, waitedMs: 600_000 }),
      ],
      [false, true],
    );
    assert.equal(
      isLast({ ...background, attempt: 3, waits: 2, waitedMs: 550_000 }),
      true,
      'the wait would exceed ten minutes',
    );
    assert.equal(
      isLast({ ...background, attempt: 11, waits: 10, waitedMs: 10_000 }),
      true,
      'a server that always asks for one more second',
    );
  });

  it('keeps its remaining attempts across waits', () => {
    const error = new ApiError({ kind: 'server', origin: 'https://host.test', status: 500 });
    const failed = { error, response: undefined, priority: 'background', waits: 5, waitedMs: 300_000 } as const;
    assert.deepEqual(
      [
        decideRetry({ ...failed, attempt: 7 }, now, () => 0).kind,
        decideRetry({ ...failed, attempt: 8 }, now, () => 0).kind,
      ],
      ['backOff', 'fail'],
    );
  });
});
