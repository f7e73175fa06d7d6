import assert from 'node:assert/strict';
import type { WriteOptions } from '../../../src/core/api/api';
import type { ApiClientOptions } from '../../../src/core/api/client';
import type { ApiErrorKind } from '../../../src/core/api/errors';
import { ManualClock, settle } from '../util/manualClock';
import { clientFor, catchFailure, neverMs, ImpatientClock, never, testKey, type TestClient } from './support/client';
import { hang, inSequence, LocalServer, reset, type Answer, type Handler } from './support/localServer';

const conversationId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const assistantUuid = 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210';
const replied = { body: { status: true, message: 'Hello.', function_calls: [] } };
const created = { body: { status: true, conversation_id: conversationId, history: [] } };

describe('A client that posts', () => {
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
  const send = ({ api }: TestClient, options: WriteOptions = never()): Promise<unknown> =>
    api.sendMessage(conversationId, 'Hé?', options);
  const create = ({ api }: TestClient): Promise<unknown> =>
    api.createTestConversation({ assistantUuid, variables: { name: 'Ines' } }, never());
  const waitForRequests = async (server: LocalServer, count: number): Promise<void> => {
    while (server.seen.length < count) await settle();
  };

  afterEach(async () => {
    for (const { api } of clients.splice(0)) api.dispose();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it('creates only test conversations', async () => {
    const server = await serve(created);
    const client = connect(server);
    // Simulates untyped callers.
    const untyped = { assistantUuid, variables: { type: 'widget' }, type: 'widget', assistant_id: 'x' };
    const result = await client.api.createTestConversation(untyped, never());
    assert.deepEqual(result, { id: conversationId, turns: [] });
    const [request] = server.seen;
    assert.deepEqual([request?.method, request?.url], ['POST', '/api/conversations']);
    assert.equal(request?.headers['content-type'], 'application/json');
    assert.equal(request?.headers['accept'], 'application/json');
    assert.deepEqual(JSON.parse(request?.body ?? ''), {
      assistant_id: assistantUuid,
      type: 'test',
      variables: { type: 'widget' },
    });
  });

  it('sends no variables if there are none', async () => {
    const server = await serve(created);
    await connect(server).api.createTestConversation({ assistantUuid, variables: undefined }, never());
    assert.deepEqual(JSON.parse(server.seen[0]?.body ?? ''), { assistant_id: assistantUuid, type: 'test' });
  });

  it('sends a message and returns the reply', async () => {
    const server = await serve(replied);
    assert.deepEqual(await send(connect(server)), { role: 'assistant', content: 'Hello.', functionCalls: [] });
    const [request] = server.seen;
    assert.deepEqual([request?.method, request?.url], ['POST', `/api/conversations/${conversationId}/messages`]);
    assert.deepEqual(JSON.parse(request?.body ?? ''), { message: 'Hé?' });
  });

  it('logs no full IDs and no bodies', async () => {
    const server = await serve(replied, created);
    const client = connect(server);
    await send(client);
    await create(client);
    assert.deepEqual(
      client.logged.map(({ method, path, query, attempt, outcome }) => [method, path, query, attempt, outcome]),
      [
        ['POST', '/api/conversations/7c9e6679…/messages', '', 1, 'ok'],
        ['POST', '/api/conversations', '', 1, 'ok'],
      ],
    );
    const logText = JSON.stringify(client.logged);
    for (const secret of ['Hé?', 'Ines', assistantUuid, conversationId]) assert.ok(!logText.includes(secret), secret);
  });

  const failures: readonly (readonly [name: string, answer: Answer | Handler, kind: ApiErrorKind, detail?: string])[] =
    [
      ['500', { status: 500, body: { message: 'Server Error' } }, 'server', 'Server Error'],
      ['503 with a page', { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'server'],
      [
        '503 during maintenance',
        { status: 503, headers: { 'retry-after': '30' }, body: { message: 'Service Unavailable' } },
        'server',
        'Service Unavailable',
      ],
      ['a firewall page', { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'unexpected'],
      [
        '429',
        { status: 429, headers: { 'retry-after': '30' }, body: { message: 'Too Many Attempts.' } },
        'rateLimited',
        'Too Many Attempts.',
      ],
      ['a reset connection', reset, 'network'],
      [
        '400',
        { status: 400, body: { status: false, error: 'Failed to process message: tool timeout' } },
        'rejected',
        'Failed to process message: tool timeout',
      ],
      [
        '422 with Laravel field errors',
        { status: 422, body: { message: 'x', errors: { message: ['Too long.'] } } },
        'rejected',
        'Too long.',
      ],
      [
        '422 with a plain error',
        { status: 422, body: { status: false, error: 'message is required' } },
        'rejected',
        'message is required',
      ],
      [
        '404',
        { status: 404, body: { status: false, error: 'Conversation not found' } },
        'notFound',
        'Conversation not found',
      ],
      ['401', { status: 401, body: { message: 'Unauthenticated.' } }, 'unauthorized', 'Unauthenticated.'],
      ['a failure sent with status 200', { body: { status: false, error: 'Not today' } }, 'unexpected', 'Not today'],
      [
        'a broken body',
        { headers: { 'content-type': 'application/json' }, body: '{"status":tr' },
        'unexpected',
        'application/json',
      ],
    ];
  for (const [name, answer, kind, detail] of failures) {
    it(`doesn't retry after ${name}`, async () => {
      const server = await serve(answer);
      const clock = new ImpatientClock();
      const client = connect(server, { clock });
      const error = await catchFailure(send(client));
      assert.deepEqual([error.kind, error.detail], [kind, detail]);
      assert.equal((await catchFailure(create(client))).kind, kind);
      assert.deepEqual(
        server.seen.map(({ method }) => method),
        ['POST', 'POST'],
      );
    });
  }

  it("doesn't send again if the server has closed the idle connection", async () => {
    const server = await serve(replied, reset, replied);
    const client = connect(server);
    await send(client);
    assert.equal((await catchFailure(send(client))).kind, 'network');
    assert.equal(server.seen.length, 2);
  });

  it("doesn't follow redirects, so the key goes nowhere else", async () => {
    const other = await serve(replied);
    for (const status of [302, 307, 308]) {
      const server = await serve({ status, headers: { location: `${other.origin}/api/conversations` } });
      const error = await catchFailure(send(connect(server)));
      assert.deepEqual([error.kind, error.unexpected], ['unexpected', 'redirect']);
      assert.equal(server.seen.length, 1);
    }
    assert.deepEqual(other.seen, []);
  });

  it('redacts a key that the server echoes', async () => {
    const secret = testKey.slice(testKey.indexOf('|') + 1);
    const server = await serve({ status: 400, body: { error: `No: ${testKey} ${secret} ${conversationId}` } });
    const error = await catchFailure(send(connect(server)));
    assert.equal(error.detail, 'No: … … 7c9e6679…');
  });

  it("waits at least 90 seconds for a response and doesn't retry after a timeout", async () => {
    const server = await serve(hang);
    const clock = new ManualClock();
    const client = connect(server, { clock, timeoutMs: 20_000 });
    const failure = catchFailure(send(client));
    await waitForRequests(server, 1);
    let isSettled = false;
    void failure.then(() => (isSettled = true));
    await clock.advance(89_999);
    await settle();
    assert.equal(isSettled, false);
    await clock.advance(1);
    assert.equal((await failure).kind, 'timeout');
    await clock.advance(neverMs);
    await settle();
    assert.equal(server.seen.length, 1);
  });

  it('waits as long as the timeout setting if that is longer', async () => {
    const server = await serve(hang);
    const clock = new ManualClock();
    const client = connect(server, { clock, timeoutMs: 120_000 });
    const failure = catchFailure(send(client));
    await waitForRequests(server, 1);
    await clock.advance(119_999);
    await settle();
    assert.equal(client.logged.length, 0);
    await clock.advance(1);
    assert.equal((await failure).kind, 'timeout');
  });

  it('delays other requests after a 429', async () => {
    const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, replied);
    const clock = new ManualClock();
    const client = connect(server, { clock });
    assert.equal((await catchFailure(send(client))).kind, 'rateLimited');
    const sentAt: number[] = [];
    const start = clock.now();
    const next = send(client, { ...never(), onSend: () => sentAt.push(clock.now() - start) });
    await settle();
    assert.equal(server.seen.length, 1);
    assert.deepEqual(sentAt, []);
    assert.ok(client.api.rateLimitWait !== undefined);
    await clock.advance(30_000);
    await next;
    assert.equal(server.seen.length, 2);
    assert.deepEqual(sentAt, [30_000]);
  });

  it('can be canceled until the request is sent, but not after that', async () => {
    let answer = (): void => undefined;
    const heldHandler: Handler = (_request, response) => {
      answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(replied.body));
    };
    const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, heldHandler);
    const clock = new ManualClock();
    const client = connect(server, { clock });
    await catchFailure(send(client));
    const early = new AbortController();
    const waiting = catchFailure(send(client, { ...never(), untilSent: early.signal }));
    await settle();
    early.abort();
    const error = await waiting;
    assert.deepEqual([error.kind, error.unsent], ['cancelled', true]);
    await clock.advance(30_000);
    assert.equal(server.seen.length, 1, 'the canceled message is not sent later');
    const late = new AbortController();
    const sending = send(client, { ...never(), untilSent: late.signal });
    await waitForRequests(server, 2);
    late.abort();
    answer();
    assert.deepEqual(await sending, { role: 'assistant', content: 'Hello.', functionCalls: [] });
  });

  it('marks a queued message as unsent if the client is disposed or the wait is canceled', async () => {
    for (const [end, kind] of [
      [({ api }: TestClient) => api.dispose(), 'cancelled'],
      [({ api }: TestClient) => api.cancelRateLimitWait(), 'rateLimited'],
    ] as const) {
      const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, hang);
      const client = connect(server, { clock: new ManualClock() });
      assert.equal((await catchFailure(send(client))).unsent, false);
      const waiting = catchFailure(send(client));
      await settle();
      end(client);
      const error = await waiting;
      assert.deepEqual([error.kind, error.unsent], [kind, true]);
      assert.equal(server.seen.length, 1);
    }
  });

  it("doesn't mark a message as unsent if the client is disposed while it awaits the response", async () => {
    const server = await serve(hang);
    const client = connect(server);
    const waiting = catchFailure(send(client));
    await waitForRequests(server, 1);
    client.api.dispose();
    const error = await waiting;
    assert.deepEqual([error.kind, error.unsent], ['cancelled', false]);
  });

  it('sends nothing if the signal is already aborted', async () => {
    const server = await serve(replied);
    const error = await catchFailure(send(connect(server), { signal: AbortSignal.abort() }));
    assert.equal(error.kind, 'cancelled');
    assert.deepEqual(server.seen, []);
  });

  it('rejects path segments as IDs and encodes slashes', async () => {
    const server = await serve(replied);
    const { api } = connect(server);
    for (const id of ['', '.', '..', '\ud800']) {
      assert.equal((await catchFailure(api.sendMessage(id, 'Hi', never()))).kind, 'notFound');
    }
    assert.equal(server.seen.length, 0);
    await api.sendMessage('a/b', 'Hi', never());
    assert.equal(server.seen[0]?.url, '/api/conversations/a%2Fb/messages');
  });
});
