import assert from 'node:assert/strict';
import type { RateLimitWait } from '../../../src/core/api/api';
import type { ApiClientOptions } from '../../../src/core/api/client';
import { ManualClock, settle } from '../util/manualClock';
import { clientFor, catchFailure, neverMs, ImpatientClock, never, testKey, type TestClient } from './support/client';
import { hang, inSequence, LocalServer, reset, type Answer, type Handler } from './support/localServer';

const page = { body: { data: [{ id: 'a' }], current_page: 1, last_page: 1 } };
const limited = { status: 429, headers: { 'retry-after': '30' }, body: { message: 'Too Many Attempts.' } };
const serverError = { status: 500, body: { message: 'Server Error' } };
const conversationId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

describe('A client', () => {
  const servers: LocalServer[] = [];
  const clients: TestClient[] = [];
  async function serve(...answers: readonly (Answer | Handler)[]): Promise<LocalServer> {
    const server = await LocalServer.start(inSequence(...answers));
    servers.push(server);
    return server;
  }
  function connect(server: LocalServer, options: Partial<ApiClientOptions> = {}): TestClient {
    const client = clientFor(`${server.origin}/api`, options);
    clients.push(client);
    return client;
  }
  const list = ({ api }: TestClient, options = never()): Promise<unknown> =>
    api.listConversations({}, { pageSize: 1 }, options);
  const waitForRequests = async (server: LocalServer, count: number): Promise<void> => {
    while (server.seen.length < count) await settle();
  };

  afterEach(async () => {
    for (const { api } of clients.splice(0)) api.dispose();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  describe('when requests fail', () => {
    it('tries a server error three times with growing delays', async () => {
      const server = await serve(serverError);
      const clock = new ImpatientClock();
      const client = connect(server, { clock, random: () => 0.5 });
      assert.equal((await catchFailure(list(client))).kind, 'server');
      assert.equal(server.seen.length, 3);
      assert.deepEqual(clock.waits, [125, 250]);
      assert.deepEqual(
        client.logged.map(({ attempt, status, outcome }) => [attempt, status, outcome]),
        [
          [1, 500, 'server'],
          [2, 500, 'server'],
          [3, 500, 'server'],
        ],
      );
    });

    it('returns the response of a later attempt', async () => {
      const server = await serve(serverError, reset, page);
      const client = connect(server, { clock: new ImpatientClock() });
      await list(client);
      assert.deepEqual(
        client.logged.map(({ outcome, code }) => [outcome, code]),
        [
          ['server', undefined],
          ['ok', undefined],
        ],
      );
      assert.equal(server.seen.length, 3, 'the reset connection was replaced within the second attempt');
    });

    it('tries three times if the connection is refused', async () => {
      const server = await serve(page);
      const client = connect(server, { clock: new ImpatientClock() });
      await server.stop();
      servers.length = 0;
      const error = await catchFailure(list(client));
      assert.deepEqual([error.kind, error.code], ['network', 'ECONNREFUSED']);
      assert.deepEqual(
        client.logged.map(({ outcome, code }) => `${outcome} ${code}`),
        Array(3).fill('network ECONNREFUSED'),
      );
    });

    for (const status of [400, 401, 403, 404, 422, 501]) {
      it(`doesn't retry after ${status}`, async () => {
        const server = await serve({ status, body: {} }, page);
        await catchFailure(list(connect(server, { clock: new ImpatientClock() })));
        assert.equal(server.seen.length, 1);
      });
    }

    it('tries a server that hangs twice', async () => {
      const server = await serve(hang);
      const client = connect(server, { timeoutMs: 30, random: () => 0 });
      assert.equal((await catchFailure(list(client))).kind, 'timeout');
      assert.deepEqual(
        client.logged.map(({ outcome }) => outcome),
        ['timeout', 'timeout'],
      );
    });

    it('times out while the body is loading', async () => {
      const server = await serve((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"data": [');
      });
      assert.equal((await catchFailure(list(connect(server, { timeoutMs: 30, random: () => 0 })))).kind, 'timeout');
    });

    it('times out and cancels even if the transport ignores its signal', async () => {
      const client = clientFor('https://host.test', {
        timeoutMs: 10,
        random: () => 0,
        transport: () => new Promise(() => undefined),
      });
      assert.equal((await catchFailure(list(client))).kind, 'timeout');
      const abort = new AbortController();
      const canceledList = catchFailure(list(client, { signal: abort.signal }));
      await settle();
      abort.abort();
      assert.equal((await canceledList).kind, 'cancelled');
    });

    it('treats anything that a transport throws as a network error', async () => {
      const cause = new Error('broken');
      const transport = (): never => {
        throw cause;
      };
      const error = await catchFailure(
        list(clientFor('https://host.test', { transport, clock: new ImpatientClock() })),
      );
      assert.equal(error.kind, 'network');
      assert.equal(error.cause, cause);
    });
  });

  describe('when it is rate limited', () => {
    it('waits as long as the server asks, reports the wait, and resumes', async () => {
      const server = await serve(limited, page);
      const clock = new ManualClock();
      const client = connect(server, { clock, timeoutMs: neverMs });
      const reported: (RateLimitWait | undefined)[] = [];
      const start = clock.now();
      const waiting = new Promise<void>((resolve) => {
        client.api.onDidChangeRateLimitWait((wait) => {
          reported.push(wait);
          resolve();
        });
      });
      const first = list(client);
      await waiting;
      assert.deepEqual(client.api.rateLimitWait, { until: start + 30_000, cause: 'rateLimit' });
      const second = list(client);
      await clock.advance(29_999);
      assert.equal(server.seen.length, 1, 'nothing else is sent meanwhile');
      await clock.advance(1);
      await Promise.all([first, second]);
      assert.equal(server.seen.length, 3);
      assert.equal(client.api.rateLimitWait, undefined);
      assert.deepEqual(reported, [{ until: start + 30_000, cause: 'rateLimit' }, undefined]);
      assert.equal(clock.pending, 0, 'no timer is left');
    });

    it('fails after the third 429, or immediately if the wait is too long', async () => {
      const stubborn = await serve(limited);
      const error = await catchFailure(list(connect(stubborn, { clock: new ImpatientClock() })));
      assert.deepEqual([error.kind, error.status, stubborn.seen.length], ['rateLimited', 429, 3]);
      const absurd = await serve({ ...limited, headers: { 'retry-after': '86400' } });
      const clock = new ImpatientClock();
      assert.equal((await catchFailure(list(connect(absurd, { clock })))).kind, 'rateLimited');
      assert.equal(absurd.seen.length, 1);
      assert.deepEqual(clock.waits, []);
    });

    it('fails all queued requests when the user cancels the wait', async () => {
      const server = await serve(limited);
      const client = connect(server, { clock: new ManualClock() });
      const waiting = new Promise<void>((resolve) => {
        client.api.onDidChangeRateLimitWait((wait) => wait && resolve());
      });
      const failures = [catchFailure(list(client))];
      await waiting;
      failures.push(catchFailure(list(client)));
      client.api.cancelRateLimitWait();
      for (const error of await Promise.all(failures)) assert.equal(error.kind, 'rateLimited');
      assert.equal(client.api.rateLimitWait, undefined);
      assert.equal(server.seen.length, 1);
    });

    it('delays requests if a response was the last of the rate limit window', async () => {
      const clock = new ManualClock();
      const reset = String(Math.floor(Date.now() / 1000) + 40);
      const server = await serve(
        { ...page, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset } },
        page,
      );
      const client = connect(server, { clock });
      await list(client);
      const second = list(client);
      await settle();
      assert.notEqual(client.api.rateLimitWait, undefined);
      await clock.advance(41_000);
      await second;
      assert.equal(server.seen.length, 2);
    });

    it("doesn't delay requests if the reset time is unknown", async () => {
      const server = await serve({ ...page, headers: { 'x-ratelimit-remaining': '0' } });
      const client = connect(server, { clock: new ManualClock() });
      await list(client);
      await list(client);
      assert.equal(server.seen.length, 2);
    });
  });

  describe('when it is canceled', () => {
    it('sends nothing if the signal is already aborted', async () => {
      const server = await serve(page);
      const error = await catchFailure(list(connect(server), { signal: AbortSignal.abort() }));
      assert.equal(error.kind, 'cancelled');
      assert.deepEqual(server.seen, []);
    });

    it('cancels while it waits for the response', async () => {
      const server = await serve(hang);
      const abort = new AbortController();
      const client = connect(server);
      const failure = catchFailure(list(client, { signal: abort.signal }));
      await waitForRequests(server, 1);
      abort.abort();
      assert.equal((await failure).kind, 'cancelled');
      assert.deepEqual(
        client.logged.map(({ outcome }) => outcome),
        ['cancelled'],
      );
    });

    it('cancels during the delay before a retry', async () => {
      const server = await serve(serverError);
      const clock = new ManualClock();
      const abort = new AbortController();
      const client = connect(server, { clock, random: () => 0.5 });
      const failure = catchFailure(list(client, { signal: abort.signal }));
      while (client.logged.length === 0) await settle();
      await settle();
      abort.abort();
      assert.equal((await failure).kind, 'cancelled');
      assert.equal(clock.pending, 0);
    });

    it('cancels while it waits for the rate limit', async () => {
      const server = await serve(limited);
      const clock = new ManualClock();
      const abort = new AbortController();
      const client = connect(server, { clock });
      const failure = catchFailure(list(client, { signal: abort.signal }));
      while (client.api.rateLimitWait === undefined) await settle();
      abort.abort();
      assert.equal((await failure).kind, 'cancelled');
      assert.equal(client.api.rateLimitWait, undefined);
      assert.equal(clock.pending, 0);
    });

    it('cancels in-flight and queued requests on dispose and leaves no timer', async () => {
      const server = await serve(hang);
      const clock = new ManualClock();
      const client = connect(server, { clock });
      const failures = Array.from({ length: 6 }, () => catchFailure(list(client)));
      await waitForRequests(server, 4);
      client.api.dispose();
      for (const error of await Promise.all(failures)) assert.equal(error.kind, 'cancelled');
      assert.equal((await catchFailure(list(client))).kind, 'cancelled');
      assert.equal(server.seen.length, 4);
      assert.equal(clock.pending, 0);
    });
  });

  describe('when requests are logged', () => {
    it('logs each attempt without the key, full IDs, or cursors', async () => {
      const server = await serve(
        page,
        { body: { history: [] } },
        { status: 404, body: { error: 'Conversation not found' } },
      );
      const client = connect(server);
      const cursor = 'eyJpZCI6ODgxMiwiX3BvaW50c1RvTmV4dEl0ZW1zIjp0cnVlfQ';
      await client.api.listConversations(
        { type: 'test' },
        { pageSize: 30, pointer: { style: 'cursor', cursor } },
        never(),
      );
      await client.api.getTranscript(conversationId, never());
      await catchFailure(client.api.getTranscript(conversationId, never()));
      const reported = client.logged.map(({ ms, ...entry }) => {
        assert.ok(Number.isFinite(ms) && ms >= 0);
        return entry;
      });
      assert.deepEqual(reported, [
        {
          method: 'GET',
          path: '/api/user/conversations',
          query: 'type=test&per_page=30&cursor=eyJpZCI6…',
          attempt: 1,
          outcome: 'ok',
          status: 200,
        },
        { method: 'GET', path: '/api/conversations/7c9e6679…', query: '', attempt: 1, outcome: 'ok', status: 200 },
        {
          method: 'GET',
          path: '/api/conversations/7c9e6679…',
          query: '',
          attempt: 1,
          outcome: 'notFound',
          status: 404,
        },
      ]);
      const text = JSON.stringify(client.logged);
      for (const secret of [testKey, conversationId, cursor]) assert.ok(!text.includes(secret));
    });

    it('shortens an ID that looks like a replacement pattern', async () => {
      const id = '$&$`7425-40de-944b';
      const server = await serve({ status: 404, body: { error: `No conversation ${id}` } });
      const client = connect(server);
      const error = await catchFailure(client.api.getTranscript(id, never()));
      assert.equal(error.detail, 'No conversation $&$`7425…');
      assert.ok(!JSON.stringify(client.logged).includes('944b'));
    });

    it('sends at most four requests at a time, visible ones first', async () => {
      const open: (() => void)[] = [];
      const server = await serve((_, response) => {
        open.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end('{"history":[]}'));
      });
      const client = connect(server);
      const load = (id: string, priority: 'visible' | 'background'): Promise<unknown> =>
        client.api.getTranscript(id, { ...never(), priority });
      const all = [
        ...Array.from({ length: 4 }, (_, index) => load(`r${index}`, 'background')),
        load('late', 'background'),
        load('seen', 'visible'),
      ];
      await waitForRequests(server, 4);
      open[0]?.();
      await waitForRequests(server, 5);
      assert.equal(server.seen[4]?.url, '/api/conversations/seen');
      open[1]?.();
      await waitForRequests(server, 6);
      for (const answer of open.slice(2)) answer();
      await Promise.all(all);
    });
  });
});
