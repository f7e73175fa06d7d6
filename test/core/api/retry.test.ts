import assert from 'node:assert/strict';
import { ApiError, type ApiErrorInit } from '../../../src/core/api/errors';
import {
  backoff,
  decideRetry,
  pauseAfter,
  rateLimitWaitOf,
  untilReset,
  type FailedAttempt,
} from '../../../src/core/api/retry';

const now = Date.parse('2026-11-23T12:00:00Z');
const inHttp = (ms: number): string => new Date(now + ms).toUTCString();

function answer(
  headers: Record<string, string>,
  body: unknown = {},
  status = 429,
): Parameters<typeof rateLimitWaitOf>[0] {
  return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

const visible = { priority: 'visible', waits: 0, waitedMs: 0 } as const;

function decide(init: Omit<ApiErrorInit, 'origin'>, attempt: number): ReturnType<typeof decideRetry> {
  const error = new ApiError({ origin: 'https://host.test', ...init });
  return decideRetry({ error, attempt, response: undefined, ...visible }, now, () => 0.5);
}

describe('pauseAfter', () => {
  it('is what a 429 asks for, up to what is waited for at all', () => {
    assert.deepEqual(pauseAfter(answer({ 'retry-after': '7' }), now), { ms: 7000, cause: 'rateLimit' });
    assert.deepEqual(pauseAfter(answer({}), now), { ms: 60_000, cause: 'rateLimit' });
    assert.equal(pauseAfter(answer({ 'retry-after': '601' }), now), undefined);
  });

  it('is what a 5xx asks for, in seconds, as a date or in its body, and none where it asks for nothing', () => {
    for (const status of [500, 502, 503, 504, 529]) {
      assert.deepEqual(pauseAfter(answer({ 'retry-after': '7' }, '<html>', status), now), {
        ms: 7000,
        cause: 'unavailable',
      });
    }
    assert.deepEqual(pauseAfter(answer({ 'retry-after': inHttp(30_000) }, {}, 503), now), {
      ms: 30_000,
      cause: 'unavailable',
    });
    assert.deepEqual(pauseAfter(answer({}, { retry_after: 9 }, 503), now), { ms: 9000, cause: 'unavailable' });
    assert.deepEqual(pauseAfter(answer({ 'retry-after': '0' }, {}, 503), now), { ms: 1000, cause: 'unavailable' });
    assert.equal(pauseAfter(answer({}, {}, 503), now), undefined);
    assert.equal(pauseAfter(answer({ 'retry-after': 'soon' }, {}, 503), now), undefined);
    assert.equal(pauseAfter(answer({ 'retry-after': '601' }, {}, 503), now), undefined);
  });

  it('is none where nothing was answered, or something else failed', () => {
    assert.equal(pauseAfter(undefined, now), undefined);
    assert.equal(pauseAfter(answer({ 'retry-after': '7' }, {}, 403), now), undefined);
  });
});

describe('rateLimitWaitOf', () => {
  const reset = String(now / 1000 + 20);
  const cases: readonly [what: string, headers: Record<string, string>, body: unknown, ms: number][] = [
    ['Retry-After in seconds', { 'retry-after': '7' }, {}, 7000],
    ['Retry-After before the body', { 'retry-after': '7' }, { retry_after: 9 }, 7000],
    ['Retry-After as a date', { 'retry-after': inHttp(30_000) }, {}, 30_000],
    ["a date by the server's own clock", { 'retry-after': inHttp(30_000), date: inHttp(25_000) }, {}, 5000],
    ['a date that has passed: a moment', { 'retry-after': inHttp(-30_000) }, { retry_after: 9 }, 1000],
    ['Retry-After 0: a moment', { 'retry-after': '0' }, {}, 1000],
    ['Retry-After with a fraction', { 'retry-after': ' 1.25 ' }, { retry_after: 9 }, 1250],
    ['a date in the form of old', { 'retry-after': 'Mon Nov 23 2026 12:00:30 GMT' }, { retry_after: 9 }, 30_000],
    ['Retry-After in hexadecimal: the body', { 'retry-after': '0x10' }, { retry_after: 9 }, 9000],
    ['Retry-After with an exponent: the body', { 'retry-after': '1e1' }, { retry_after: 9 }, 9000],
    ['a negative Retry-After: the body', { 'retry-after': '-5' }, { retry_after: 9 }, 9000],
    ['Retry-After that is no number: the body', { 'retry-after': 'NaN' }, { retry_after: '9' }, 9000],
    ['Retry-After that is nothing: the body', { 'retry-after': '' }, { retry_after: 9 }, 9000],
    ['Retry-After that names a day and no time: the body', { 'retry-after': 'Mon, soon' }, { retry_after: 9 }, 9000],
    ['the body before the reset', { 'x-ratelimit-reset': reset }, { retry_after: 9 }, 9000],
    ['a negative number in the body: the reset', { 'x-ratelimit-reset': reset }, { retry_after: -1 }, 20_000],
    ['the reset, in epoch seconds', { 'x-ratelimit-reset': reset }, 'no json', 20_000],
    ['a reset that has passed: a minute', { 'x-ratelimit-reset': '12' }, {}, 60_000],
    ['nothing said: a minute', {}, { message: 'Too Many Attempts.' }, 60_000],
    ['nothing said in HTML: a minute', {}, '<html>', 60_000],
    ['an absurd number: for ever', { 'retry-after': '9'.repeat(400) }, {}, Infinity],
  ];
  for (const [what, headers, body, ms] of cases) {
    it(what, () => assert.equal(rateLimitWaitOf(answer(headers, body), now), ms));
  }
});

describe('untilReset', () => {
  it('is undefined where no window ahead is named', () => {
    for (const header of [undefined, '', 'x', '-1', '0', String(now / 1000)])
      assert.equal(untilReset(header, now), undefined);
    assert.equal(untilReset(String(now / 1000 + 3), now), 3000);
  });
});

describe('backoff', () => {
  it('spreads over an exponential bound', () => {
    assert.deepEqual(
      [1, 2, 3].map((attempt) => backoff(attempt, () => 0)),
      [0, 0, 0],
    );
    assert.deepEqual(
      [1, 2, 3].map((attempt) => backoff(attempt, () => 0.999999)),
      [249, 499, 999],
    );
  });
});

describe('decideRetry', () => {
  const attempts: readonly [what: string, init: Omit<ApiErrorInit, 'origin'>, sent: number][] = [
    ['a lost connection', { kind: 'network', code: 'ECONNREFUSED' }, 3],
    ['a bad certificate', { kind: 'network', code: 'CERT_HAS_EXPIRED' }, 1],
    ['an unknown issuer', { kind: 'network', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 1],
    ['a timeout', { kind: 'timeout' }, 2],
    ['500', { kind: 'server', status: 500 }, 3],
    ['501', { kind: 'server', status: 501 }, 1],
    ['503', { kind: 'server', status: 503 }, 3],
    ['a rate limit of which no answer tells', { kind: 'rateLimited' }, 3],
    ['cancelled', { kind: 'cancelled' }, 1],
    ['401', { kind: 'unauthorized', status: 401 }, 1],
    ['403', { kind: 'forbidden', status: 403 }, 1],
    ['404', { kind: 'notFound', status: 404 }, 1],
    ['422', { kind: 'rejected', status: 422 }, 1],
    ['a web page', { kind: 'unexpected', answer: 'webPage' }, 1],
  ];
  for (const [what, init, sent] of attempts) {
    it(`sends ${sent} times for ${what}`, () => {
      const again = [1, 2, 3].map((attempt) => decide(init, attempt).kind);
      assert.deepEqual(
        again,
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

  it('waits ten minutes for a rate limit or maintenance, and no longer', () => {
    assert.deepEqual(afterPause(429, 600), { kind: 'pause', isLast: false, ms: 600_000, cause: 'rateLimit' });
    assert.deepEqual(afterPause(503, 600), { kind: 'pause', isLast: false, ms: 600_000, cause: 'unavailable' });
    assert.deepEqual(afterPause(429, 601), { kind: 'fail' });
    assert.deepEqual(afterPause(503, 3600), { kind: 'fail' });
  });

  it('waits twice for what is looked at, and in the background as long as the server asks, ten minutes in all', () => {
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
    assert.equal(isLast({ ...background, attempt: 3, waits: 2, waitedMs: 550_000 }), true, 'ten minutes would pass');
    assert.equal(
      isLast({ ...background, attempt: 11, waits: 10, waitedMs: 10_000 }),
      true,
      'a server that always says "in a second"',
    );
  });

  it('has as many attempts left after a wait as before it', () => {
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
