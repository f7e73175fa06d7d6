import assert from 'node:assert/strict';
import type { WriteOptions } from '../../../src/core/api/api';
import type { ApiClientOptions } from '../../../src/core/api/client';
import type { ApiErrorKind } from '../../../src/core/api/errors';
import { ManualClock, settle } from '../util/manualClock';
import { clientFor, failureOf, farAway, ImpatientClock, never, testKey, type TestClient } from './support/client';
import { hang, inTurn, LocalServer, reset, type Answer, type Handler } from './support/localServer';

const conversationId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const assistantUuid = 'c4a1b7d0-52e8-4f39-9d0e-7b1f3a6c2210';
const answered = { body: { status: true, message: 'Hello.', function_calls: [] } };
const created = { body: { status: true, conversation_id: conversationId, history: [] } };

describe('a client that writes', () => {
  const servers: LocalServer[] = [];
  const clients: TestClient[] = [];
  async function serve(...answers: readonly (Answer | Handler)[]): Promise<LocalServer> {
    const server = await LocalServer.start(inTurn(...answers));
    servers.push(server);
    return server;
  }
  function connect(server: LocalServer, options: Partial<ApiClientOptions> = {}): TestClient {
    const client = clientFor(`${server.origin}/api`, options);
    clients.push(client);
    return client;
  }
  const say = ({ api }: TestClient, options: WriteOptions = never()): Promise<unknown> =>
    api.sendMessage(conversationId, 'Hé?', options);
  const create = ({ api }: TestClient): Promise<unknown> =>
    api.createTestConversation({ assistantUuid, variables: { name: 'Ines' } }, never());
  const arrival = async (server: LocalServer, count: number): Promise<void> => {
    while (server.seen.length < count) await settle();
  };

  afterEach(async () => {
    for (const { api } of clients.splice(0)) api.dispose();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it('creates a test conversation, and nothing else', async () => {
    const server = await serve(created);
    const client = connect(server);
    // As from code that knows no types.
    const smuggled = { assistantUuid, variables: { type: 'widget' }, type: 'widget', assistant_id: 'x' };
    const made = await client.api.createTestConversation(smuggled, never());
    assert.deepEqual(made, { id: conversationId, turns: [] });
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

  it('sends no variables where there are none', async () => {
    const server = await serve(created);
    await connect(server).api.createTestConversation({ assistantUuid, variables: undefined }, never());
    assert.deepEqual(JSON.parse(server.seen[0]?.body ?? ''), { assistant_id: assistantUuid, type: 'test' });
  });

  it('sends a message, and has the answer', async () => {
    const server = await serve(answered);
    assert.deepEqual(await say(connect(server)), { role: 'assistant', content: 'Hello.', functionCalls: [] });
    const [request] = server.seen;
    assert.deepEqual([request?.method, request?.url], ['POST', `/api/conversations/${conversationId}/messages`]);
    assert.deepEqual(JSON.parse(request?.body ?? ''), { message: 'Hé?' });
  });

  it('logs neither id nor body', async () => {
    const server = await serve(answered, created);
    const client = connect(server);
    await say(client);
    await create(client);
    assert.deepEqual(
      client.logged.map(({ method, path, query, attempt, outcome }) => [method, path, query, attempt, outcome]),
      [
        ['POST', '/api/conversations/7c9e6679…/messages', '', 1, 'ok'],
        ['POST', '/api/conversations', '', 1, 'ok'],
      ],
    );
    const told = JSON.stringify(client.logged);
    for (const secret of ['Hé?', 'Ines', assistantUuid, conversationId]) assert.ok(!told.includes(secret), secret);
  });

  const failures: readonly (readonly [name: string, answer: Answer | Handler, kind: ApiErrorKind, detail?: string])[] =
    [
      ['500', { status: 500, body: { message: 'Server Error' } }, 'server', 'Server Error'],
      ['503 with a page', { status: 503, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'server'],
      [
        '503 of maintenance',
        { status: 503, headers: { 'retry-after': '30' }, body: { message: 'Service Unavailable' } },
        'server',
        'Service Unavailable',
      ],
      ['a firewall', { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'unexpected'],
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
        '422 of Laravel',
        { status: 422, body: { message: 'x', errors: { message: ['Too long.'] } } },
        'rejected',
        'Too long.',
      ],
      [
        '422 of a sibling',
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
      ['a success that is none', { body: { status: false, error: 'Not today' } }, 'unexpected', 'Not today'],
      [
        'a broken body',
        { headers: { 'content-type': 'application/json' }, body: '{"status":tr' },
        'unexpected',
        'application/json',
      ],
    ];
  for (const [name, answer, kind, detail] of failures) {
    it(`asks once after ${name}`, async () => {
      const server = await serve(answer);
      const clock = new ImpatientClock();
      const client = connect(server, { clock });
      const error = await failureOf(say(client));
      assert.deepEqual([error.kind, error.detail], [kind, detail]);
      assert.equal((await failureOf(create(client))).kind, kind);
      assert.deepEqual(
        server.seen.map(({ method }) => method),
        ['POST', 'POST'],
      );
    });
  }

  it('does not send again over a connection that the server closed while it idled', async () => {
    const server = await serve(answered, reset, answered);
    const client = connect(server);
    await say(client);
    assert.equal((await failureOf(say(client))).kind, 'network');
    assert.equal(server.seen.length, 2);
  });

  it('follows no redirect, and so carries the key nowhere', async () => {
    const other = await serve(answered);
    for (const status of [302, 307, 308]) {
      const server = await serve({ status, headers: { location: `${other.origin}/api/conversations` } });
      const error = await failureOf(say(connect(server)));
      assert.deepEqual([error.kind, error.answer], ['unexpected', 'redirect']);
      assert.equal(server.seen.length, 1);
    }
    assert.deepEqual(other.seen, []);
  });

  it('tells no key that the server repeats', async () => {
    const secret = testKey.slice(testKey.indexOf('|') + 1);
    const server = await serve({ status: 400, body: { error: `No: ${testKey} ${secret} ${conversationId}` } });
    const error = await failureOf(say(connect(server)));
    assert.equal(error.detail, 'No: … … 7c9e6679…');
  });

  it('waits 90 seconds for an answer where the setting is shorter, and then asks no second time', async () => {
    const server = await serve(hang);
    const clock = new ManualClock();
    const client = connect(server, { clock, timeoutMs: 20_000 });
    const failing = failureOf(say(client));
    await arrival(server, 1);
    let over = false;
    void failing.then(() => (over = true));
    await clock.advance(89_999);
    await settle();
    assert.equal(over, false);
    await clock.advance(1);
    assert.equal((await failing).kind, 'timeout');
    await clock.advance(farAway);
    await settle();
    assert.equal(server.seen.length, 1);
  });

  it('waits as long as the setting where that is longer', async () => {
    const server = await serve(hang);
    const clock = new ManualClock();
    const client = connect(server, { clock, timeoutMs: 120_000 });
    const failing = failureOf(say(client));
    await arrival(server, 1);
    await clock.advance(119_999);
    await settle();
    assert.equal(client.logged.length, 0);
    await clock.advance(1);
    assert.equal((await failing).kind, 'timeout');
  });

  it('holds everything else back after a 429', async () => {
    const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, answered);
    const clock = new ManualClock();
    const client = connect(server, { clock });
    assert.equal((await failureOf(say(client))).kind, 'rateLimited');
    const next = say(client);
    await settle();
    assert.equal(server.seen.length, 1);
    assert.ok(client.api.rateLimitWait !== undefined);
    await clock.advance(30_000);
    await next;
    assert.equal(server.seen.length, 2);
  });

  it('can be taken back until it is out, and not any more then', async () => {
    let answer = (): void => undefined;
    const held: Handler = (_request, response) => {
      answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
    };
    const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, held);
    const clock = new ManualClock();
    const client = connect(server, { clock });
    await failureOf(say(client));
    const early = new AbortController();
    const waiting = failureOf(say(client, { ...never(), untilSent: early.signal }));
    await settle();
    early.abort();
    const error = await waiting;
    assert.deepEqual([error.kind, error.unsent], ['cancelled', true]);
    await clock.advance(30_000);
    assert.equal(server.seen.length, 1, 'nor does it go out later');
    const late = new AbortController();
    const said = say(client, { ...never(), untilSent: late.signal });
    await arrival(server, 2);
    late.abort();
    answer();
    assert.deepEqual(await said, { role: 'assistant', content: 'Hello.', functionCalls: [] });
  });

  it('is known to be unsent where the client ends, or the wait is cancelled, before its turn', async () => {
    for (const [end, kind] of [
      [({ api }: TestClient) => api.dispose(), 'cancelled'],
      [({ api }: TestClient) => api.cancelRateLimitWait(), 'rateLimited'],
    ] as const) {
      const server = await serve({ status: 429, headers: { 'retry-after': '30' } }, hang);
      const client = connect(server, { clock: new ManualClock() });
      assert.equal((await failureOf(say(client))).unsent, false);
      const waiting = failureOf(say(client));
      await settle();
      end(client);
      const error = await waiting;
      assert.deepEqual([error.kind, error.unsent], [kind, true]);
      assert.equal(server.seen.length, 1);
    }
  });

  it('is not known to be unsent where the client ends while the answer is awaited', async () => {
    const server = await serve(hang);
    const client = connect(server);
    const waiting = failureOf(say(client));
    await arrival(server, 1);
    client.api.dispose();
    const error = await waiting;
    assert.deepEqual([error.kind, error.unsent], ['cancelled', false]);
  });

  it('sends nothing once nobody waits for it', async () => {
    const server = await serve(answered);
    const error = await failureOf(say(connect(server), { signal: AbortSignal.abort() }));
    assert.equal(error.kind, 'cancelled');
    assert.deepEqual(server.seen, []);
  });

  it('asks for no path that an id would choose', async () => {
    const server = await serve(answered);
    const { api } = connect(server);
    for (const id of ['', '.', '..', '\ud800']) {
      assert.equal((await failureOf(api.sendMessage(id, 'Hi', never()))).kind, 'notFound');
    }
    assert.equal(server.seen.length, 0);
    await api.sendMessage('a/b', 'Hi', never());
    assert.equal(server.seen[0]?.url, '/api/conversations/a%2Fb/messages');
  });
});
