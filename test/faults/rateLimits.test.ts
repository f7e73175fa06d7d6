import assert from 'node:assert/strict';
import type { ConversationsApi, RateLimitWait } from '../../src/core/api/api';
import type { ApiError } from '../../src/core/api/errors';
import { ImpatientClock } from '../core/api/support/client';
import { waitingWords } from '../../src/shell/words/waiting';
import { ManualClock, settle } from '../core/util/manualClock';
import { Chain, good, useServers, wordsOf } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { answer, type Answer, type RawServer } from './support/rawServer';

const stillWaits = /^Too many requests\. Try again in a minute\.$/;
const limited = (headers: Answer['headers'] = {}, body: unknown = { message: 'Too Many Attempts.' }): Answer => ({
  status: 429,
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

/** What a 429 says of how long to wait, and how long that is for us, in seconds; none where nobody waits for so long. */
const waits: readonly (readonly [name: string, reply: Answer, seconds: number | undefined])[] = [
  ['seconds', limited({ 'retry-after': '30' }), 30],
  ['a date', limited({ date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 10:00:45 GMT' }), 45],
  [
    'a date that has passed',
    limited({ date: 'Mon, 23 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }),
    1,
  ],
  ['the body', limited({}, { error: 'Rate limit exceeded', retry_after: 20 }), 20],
  [
    'the end of its window',
    limited({
      date: 'Mon, 23 Nov 2026 10:00:00 GMT',
      'x-ratelimit-reset': String(Date.UTC(2026, 10, 23, 10, 0, 12) / 1000),
    }),
    12,
  ],
  ['zero', limited({ 'retry-after': '0' }), 1],
  ['a negative number', limited({ 'retry-after': '-5' }), 60],
  ['rubbish', limited({ 'retry-after': 'soon' }), 60],
  ['nothing', limited(), 60],
  ['nothing, as a web page', { status: 429, headers: { 'content-type': 'text/html' }, body: '<html>Slow down' }, 60],
  ['an absurd number', limited({ 'retry-after': '999999999999' }), undefined],
  ['an infinite number', limited({ 'retry-after': '9'.repeat(400) }), undefined],
];

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await settle();
};
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await settle();
};
const list = (api: ConversationsApi, priority: 'visible' | 'background' = 'visible', page = 1): Promise<unknown> =>
  api.listConversations(
    {},
    { pageSize: 1, pointer: { style: 'page', page } },
    { signal: new AbortController().signal, priority },
  );

describe('A rate limit', () => {
  testFaults(
    waits.map(([name, reply, seconds]): Fault => ({
      name: `429 that names ${name}`,
      serve: answer(reply),
      kind: 'rateLimited',
      says: stillWaits,
      attempts: seconds === undefined ? 1 : 3,
    })),
  );
  const start = useServers();

  for (const [name, reply, seconds] of waits) {
    it(`is waited for as it says: ${name}`, async () => {
      const server = await start();
      const clock = new ImpatientClock();
      const chain = new Chain(server, { clock });
      let once = true;
      server.serve = (socket, request) => {
        if (once) answer(reply)(socket, request);
        else good(socket, request);
        once = false;
      };
      await chain.store.open('test');
      if (seconds === undefined) {
        assert.match(chain.failure.words, stillWaits);
        assert.deepEqual(clock.waits, []);
      } else {
        assert.deepEqual(chain.ids, ['one']);
        // The clock goes on a little of itself.
        assert.equal(Math.ceil(clock.waits.reduce((sum, ms) => sum + ms, 0) / 1000), seconds);
      }
    });
  }

  async function begin(): Promise<{
    server: RawServer;
    clock: ManualClock;
    chain: Chain;
    api: ConversationsApi;
    told: (RateLimitWait | undefined)[];
  }> {
    const server = await start();
    const clock = new ManualClock();
    const chain = new Chain(server, { clock });
    const { api } = chain;
    assert.ok(api);
    const told: (RateLimitWait | undefined)[] = [];
    api.onDidChangeRateLimitWait((wait) => told.push(wait));
    server.serve = good;
    return { server, clock, chain, api, told };
  }

  it('holds back the whole client, tells until when, and what is looked at goes first when it is over', async () => {
    const { server, clock, api, told } = await begin();
    server.serve = answer(limited({ 'retry-after': '30' }));
    const first = list(api, 'background', 1);
    await until(() => told.length > 0);
    server.serve = good;
    const behind = [list(api, 'background', 2), list(api, 'visible', 3)];
    await clock.advance(29_000);
    await turns(5);
    assert.equal(server.seen.length, 1, 'nothing else was sent');
    assert.deepEqual(told, [{ until: Date.UTC(2026, 10, 23) + 30_000, cause: 'rateLimit' }]);
    assert.match(waitingWords(api.rateLimitWait ?? assert.fail()), /^Rate limit reached, resuming at \d\d:\d\d:\d\d$/);
    await clock.advance(2_000);
    await Promise.all([first, ...behind]);
    assert.equal(server.seen[1]?.query.get('page'), '3');
    assert.equal(told.at(-1), undefined);
  });

  it('can be cancelled: what waits fails in words, and Retry is there', async () => {
    const { server, chain, api, told } = await begin();
    server.serve = answer(limited({ 'retry-after': '30' }));
    const opening = chain.store.open('test');
    await until(() => told.length > 0);
    api.cancelRateLimitWait();
    await opening;
    assert.match(chain.failure.words, stillWaits);
    assert.equal(server.seen.length, 1);
    assert.equal(api.rateLimitWait, undefined);
  });

  it('of 50 requests a minute is kept where the server names none', async () => {
    const { server, clock, api, told } = await begin();
    const all = Array.from({ length: 70 }, () => list(api));
    await until(() => told.length > 0);
    await turns(20);
    assert.equal(server.seen.length, 50);
    assert.deepEqual(told, [{ until: Date.UTC(2026, 10, 23) + 60_000, cause: 'ownBudget' }]);
    assert.match(
      waitingWords(api.rateLimitWait ?? assert.fail()),
      /^Pausing to stay under 50 requests per minute, resuming at \d\d:\d\d:\d\d$/,
    );
    await clock.advance(59_000);
    assert.equal(server.seen.length, 50);
    await clock.advance(1_001);
    await Promise.all(all);
    assert.equal(server.seen.length, 70);
  });

  it('of our own is not called the server’s, also where somebody stops waiting for it', async () => {
    const { server, api, told } = await begin();
    const all = Promise.allSettled(Array.from({ length: 51 }, () => list(api)));
    await until(() => told.length > 0 && server.seen.length === 50);
    api.cancelRateLimitWait();
    const failed = (await all).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as ApiError] : [],
    );
    assert.deepEqual(
      failed.map((error) => [error.kind, wordsOf(error)]),
      [['rateLimited', 'Stopped waiting: the extension sends at most 50 requests per minute. Try again in a minute.']],
    );
  });

  it('leaves room for what is looked at, however much is read beside it', async () => {
    const { server, clock, api, told } = await begin();
    const all = Array.from({ length: 60 }, () => list(api, 'background'));
    await until(() => told.length > 0);
    await turns(20);
    assert.equal(server.seen.length, 40);
    // At once, ten times; the eleventh waits, and goes before all that waits already.
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
    it(`is over in time where the clock jumps ${name}`, async () => {
      const { server, clock, api, told } = await begin();
      server.serve = answer(limited({ 'retry-after': '30' }));
      const waiting = list(api);
      await until(() => told.length > 0);
      server.serve = good;
      clock.setBack(-jump);
      // Whatever looks at the queue next notices.
      const next = list(api);
      await clock.advance(31_000);
      await Promise.all([waiting, next]);
      assert.equal(server.seen.length, 3);
    });
  }

  it('lasts for the key that it was told to, also through another client, and for no other', async () => {
    const { server, clock, api, told, chain } = await begin();
    server.serve = answer(limited({ 'retry-after': '120' }));
    void list(api).catch(() => undefined);
    await until(() => told.length > 0);
    server.serve = good;
    chain.connect();
    const refused = assert.rejects(list(chain.api as ConversationsApi), { kind: 'cancelled' });
    await turns(20);
    assert.equal(server.seen.length, 1);
    chain.connect(undefined, '41|AnotherKeyZx9kQ2mW7rT4yU1pA6sD8f');
    await list(chain.api as ConversationsApi);
    assert.equal(server.seen.length, 2);
    await refused;
    chain.connect();
    const waiting = list(chain.api as ConversationsApi);
    await clock.advance(120_000);
    await waiting;
    assert.equal(server.seen.length, 3);
  });

  it('is told in words that name no secret', async () => {
    const { server, api, chain } = await begin();
    server.serve = answer(
      limited({ 'retry-after': '99999999' }, { message: 'Slow down, 41|CanaryZx9kQ2mW7rT4yU1pA6sD8fG3hJ5lC0vB2nM' }),
    );
    const error = (await list(api).catch((reason: unknown) => reason)) as ApiError;
    assert.match(wordsOf(error), stillWaits);
    assert.deepEqual(chain.defects, []);
  });
});
