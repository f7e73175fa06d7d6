import assert from 'node:assert/strict';
import type { ConversationsApi, RateLimitWait } from '../../src/core/api/api';
import type { ApiError } from '../../src/core/api/errors';
import { ImpatientClock } from '../core/api/support/client';
import { formatRateLimitWait } from '../../src/shell/format/network';
import { ManualClock, settle } from '../core/util/manualClock';
import { Chain, good, useServers, describeError } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { respondWith, type RawResponse, type RawServer } from './support/rawServer';

const rateLimitMessage = /^Too many requests\. Try again in a minute\.$/;
const createRateLimit = (
  headers: RawResponse['headers'] = {},
  body: unknown = { message: 'Too Many Attempts.' },
): RawResponse => ({
  status: 429,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

/** Responses with status 429, and the seconds that the client waits; undefined if it doesn't wait that long. */
const waits: readonly (readonly [name: string, reply: RawResponse, seconds: number | undefined])[] = [
  ['seconds', createRateLimit({ 'retry-after': '30' }), 30],
  [
    'a date',
    createRateLimit({ date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 10:00:45 GMT' }),
    45,
  ],
  [
    'a date that has passed',
    createRateLimit({ date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }),
    1,
  ],
  ['the body', createRateLimit({}, { error: 'Rate limit exceeded', retry_after: 20 }), 20],
  [
    'the end of its window',
    createRateLimit({
      date: 'Mon, 23 Nov 2026 10:00:00 GMT',
      'x-ratelimit-reset': String(Date.UTC(2026, 10, 23, 10, 0, 12) / 1000),
    }),
    12,
  ],
  ['zero', createRateLimit({ 'retry-after': '0' }), 1],
  ['a negative number', createRateLimit({ 'retry-after': '-5' }), 60],
  ['invalid text', createRateLimit({ 'retry-after': 'soon' }), 60],
  ['nothing', createRateLimit(), 60],
  ['nothing, as a web page', { status: 429, headers: { 'content-type': 'text/html' }, body: '<html>Slow down' }, 60],
  ['an absurd number', createRateLimit({ 'retry-after': '999999999999' }), undefined],
  ['an infinite number', createRateLimit({ 'retry-after': '9'.repeat(400) }), undefined],
];

const waitUntil = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await settle();
};
const settleTimes = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await settle();
};
const list = (api: ConversationsApi, priority: 'visible' | 'background' = 'visible', page = 1): Promise<unknown> =>
  api.listConversations(
    {},
    { pageSize: 1, pointer: { style: 'page', page } },
    { signal: new AbortController().signal, priority },
  );

describe('a rate limit', () => {
  testFaults(
    waits.map(([name, reply, seconds]): Fault => ({
      name: `status 429 with a wait given as ${name}`,
      serve: respondWith(reply),
      kind: 'rateLimited',
      message: rateLimitMessage,
      attempts: seconds === undefined ? 1 : 3,
    })),
  );
  const start = useServers();

  for (const [name, reply, seconds] of waits) {
    it(`makes the client wait as long as the server requests: ${name}`, async () => {
      const server = await start();
      const clock = new ImpatientClock();
      const chain = new Chain(server, { clock });
      let isFirst = true;
      server.serve = (socket, request) => {
        if (isFirst) respondWith(reply)(socket, request);
        else good(socket, request);
        isFirst = false;
      };
      await chain.store.open('test');
      if (seconds === undefined) {
        assert.match(chain.failure.message, rateLimitMessage);
        assert.deepEqual(clock.waits, []);
      } else {
        assert.deepEqual(chain.ids, ['one']);
        // The clock also advances slightly between waits.
        assert.equal(Math.ceil(clock.waits.reduce((sum, ms) => sum + ms, 0) / 1000), seconds);
      }
    });
  }

  async function begin(): Promise<{
    server: RawServer;
    clock: ManualClock;
    chain: Chain;
    api: ConversationsApi;
    changes: (RateLimitWait | undefined)[];
  }> {
    const server = await start();
    const clock = new ManualClock();
    const chain = new Chain(server, { clock });
    const { api } = chain;
    assert.ok(api);
    const changes: (RateLimitWait | undefined)[] = [];
    api.onDidChangeRateLimitWait((wait) => changes.push(wait));
    server.serve = good;
    return { server, clock, chain, api, changes };
  }

  it('pauses the whole client, reports until when, and lets visible requests go first afterwards', async () => {
    const { server, clock, api, changes } = await begin();
    server.serve = respondWith(createRateLimit({ 'retry-after': '30' }));
    const first = list(api, 'background', 1);
    await waitUntil(() => changes.length > 0);
    server.serve = good;
    const behind = [list(api, 'background', 2), list(api, 'visible', 3)];
    await clock.advance(29_000);
    await settleTimes(5);
    assert.equal(server.seen.length, 1, 'no other request was sent');
    assert.deepEqual(changes, [{ until: Date.UTC(2026, 10, 23) + 30_000, cause: 'rateLimit' }]);
    assert.match(
      formatRateLimitWait(api.rateLimitWait ?? assert.fail()),
      /^Rate limit reached, resuming at \d\d:\d\d:\d\d$/,
    );
    await clock.advance(2_000);
    await Promise.all([first, ...behind]);
    assert.equal(server.seen[1]?.query.get('page'), '3');
    assert.equal(changes.at(-1), undefined);
  });

  it('can be canceled, and the waiting request fails with an error', async () => {
    const { server, chain, api, changes } = await begin();
    server.serve = respondWith(createRateLimit({ 'retry-after': '30' }));
    const opening = chain.store.open('test');
    await waitUntil(() => changes.length > 0);
    api.cancelRateLimitWait();
    await opening;
    assert.match(chain.failure.message, rateLimitMessage);
    assert.equal(server.seen.length, 1);
    assert.equal(api.rateLimitWait, undefined);
  });

  it('of 50 requests per minute applies if the server names none', async () => {
    const { server, clock, api, changes } = await begin();
    const all = Array.from({ length: 70 }, () => list(api));
    await waitUntil(() => changes.length > 0);
    await settleTimes(20);
    assert.equal(server.seen.length, 50);
    assert.deepEqual(changes, [{ until: Date.UTC(2026, 10, 23) + 60_000, cause: 'ownBudget' }]);
    assert.match(
      formatRateLimitWait(api.rateLimitWait ?? assert.fail()),
      /^Pausing to stay under 50 requests per minute, resuming at \d\d:\d\d:\d\d$/,
    );
    await clock.advance(59_000);
    assert.equal(server.seen.length, 50);
    await clock.advance(1_001);
    await Promise.all(all);
    assert.equal(server.seen.length, 70);
  });

  it("of our own isn't attributed to the server, even if the wait is canceled", async () => {
    const { server, api, changes } = await begin();
    const all = Promise.allSettled(Array.from({ length: 51 }, () => list(api)));
    await waitUntil(() => changes.length > 0 && server.seen.length === 50);
    api.cancelRateLimitWait();
    const failed = (await all).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as ApiError] : [],
    );
    assert.deepEqual(
      failed.map((error) => [error.kind, describeError(error)]),
      [['rateLimited', 'Stopped waiting: the extension sends at most 50 requests per minute. Try again in a minute.']],
    );
  });

  it('reserves requests for visible lists while background requests wait', async () => {
    const { server, clock, api, changes } = await begin();
    const all = Array.from({ length: 60 }, () => list(api, 'background'));
    await waitUntil(() => changes.length > 0);
    await settleTimes(20);
    assert.equal(server.seen.length, 40);
    // Ten are sent immediately. The eleventh waits, but goes before the background requests.
    await Promise.all(Array.from({ length: 10 }, () => list(api, 'visible', 2)));
    assert.equal(server.seen.length, 50);
    const eleventh = list(api, 'visible', 3);
    await clock.advance(60_000);
    await eleventh;
    assert.equal(server.seen[50]?.query.get('page'), '3');
    await clock.advance(60_000);
    await Promise.all(all);
    assert.equal(server.seen.length, 71);
  });

  for (const [name, jump] of [
    ['back by an hour', -3_600_000],
    ['ahead by an hour', 3_600_000],
  ] as const) {
    it(`ends on time if the clock jumps ${name}`, async () => {
      const { server, clock, api, changes } = await begin();
      server.serve = respondWith(createRateLimit({ 'retry-after': '30' }));
      const waiting = list(api);
      await waitUntil(() => changes.length > 0);
      server.serve = good;
      clock.setBack(-jump);
      // The next request makes the queue notice the jump.
      const next = list(api);
      await clock.advance(31_000);
      await Promise.all([waiting, next]);
      assert.equal(server.seen.length, 3);
    });
  }

  it('applies to the same key in another client, but not to another key', async () => {
    const { server, clock, api, changes, chain } = await begin();
    server.serve = respondWith(createRateLimit({ 'retry-after': '120' }));
    void list(api).catch(() => undefined);
    await waitUntil(() => changes.length > 0);
    server.serve = good;
    chain.connect();
    const rejection = assert.rejects(list(chain.api as ConversationsApi), { kind: 'cancelled' });
    await settleTimes(20);
    assert.equal(server.seen.length, 1);
    chain.connect(undefined, '41|AnotherKeyZx9kQ2mW7rT4yU1pA6sD8f');
    await list(chain.api as ConversationsApi);
    assert.equal(server.seen.length, 2);
    await rejection;
    chain.connect();
    const waiting = list(chain.api as ConversationsApi);
    await clock.advance(120_000);
    await waiting;
    assert.equal(server.seen.length, 3);
  });

  it('is reported without the API key', async () => {
    const { server, api, chain } = await begin();
    server.serve = respondWith(
      createRateLimit(
        { 'retry-after': '99999999' },
        { message: 'Slow down, 41|CanaryZx9kQ2mW7rT4yU1pA6sD8fG3hJ5lC0vB2nM' },
      ),
    );
    const error = (await list(api).catch((reason: unknown) => reason)) as ApiError;
    assert.match(describeError(error), rateLimitMessage);
    assert.deepEqual(chain.defects, []);
  });
});
