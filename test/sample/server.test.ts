import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../support/sampleServer';
import { jsonHeaders, start } from './requests';

const seed = readFileSync(join(process.cwd(), 'test/fixtures/seed-list-response.json'), 'utf8');

describe('Sample server', () => {
  const servers: SampleServer[] = [];
  const serve = async (options: SampleServerOptions = {}): Promise<SampleServer> => {
    const server = await startSampleServer({ clock: () => start, ...options });
    servers.push(server);
    return server;
  };
  const get = (server: SampleServer, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${server.url}${path}`, { headers: jsonHeaders, redirect: 'manual', ...init });

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  it('serves the API over HTTP and logs requests', async () => {
    const server = await serve();
    assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/api$/);
    const response = await get(server, '/user/conversations?type=test&per_page=2');
    const body = (await response.json()) as { data: unknown[]; path: string };
    assert.equal(body.data.length, 2);
    assert.equal(body.path, `${server.url}/user/conversations`);
    const [logged] = server.requests;
    assert.deepEqual(
      [logged?.method, logged?.path, logged?.query, logged?.headers['authorization'], logged?.status],
      ['GET', '/user/conversations', { type: 'test', per_page: '2' }, 'Bearer 41|abc', 200],
    );
    assert.deepEqual(server.listQueries(), [{ type: 'test', per_page: '2' }]);
    server.forgetRequests();
    assert.deepEqual(server.requests, []);
  });

  it('serves the published sample without changing a byte', async () => {
    const server = await serve({ overrideList: seed });
    const bytes = Buffer.from(await (await get(server, '/user/conversations')).arrayBuffer());
    assert.ok(bytes.equals(Buffer.from(seed)));
  });

  it('redirects to a login page with status 200', async () => {
    const server = await serve();
    const headers = { ...jsonHeaders, accept: '*/*' };
    const redirect = await get(server, '/user/me', { headers });
    assert.equal(redirect.status, 302);
    const followed = await get(server, '/user/me', { headers, redirect: 'follow' });
    assert.equal(followed.status, 200);
    assert.match(followed.headers.get('content-type') ?? '', /text\/html/);
  });

  it('can be reconfigured while it runs', async () => {
    const server = await serve();
    server.configure({ style: 'cursor', acceptedKeys: ['41|abc'] });
    assert.ok('next_cursor' in ((await (await get(server, '/user/conversations')).json()) as object));
    server.configure({ acceptedKeys: [] });
    assert.equal((await get(server, '/user/conversations')).status, 401);
  });

  it('holds responses until they are released and computes them then', async () => {
    const server = await serve();
    const gate = server.hold('/user/conversations');
    const pending = get(server, '/user/conversations');
    await gate.waitForRequests();
    assert.equal(server.requests[0]?.status, undefined);
    assert.equal((await get(server, '/user/me')).status, 200);
    const { id } = server.addConversation();
    gate.release();
    const { data } = (await (await pending).json()) as { data: { id: string }[] };
    assert.equal(data[0]?.id, id);
    assert.equal((await get(server, '/user/conversations')).status, 200);
  });

  it('records when a request was aborted', async () => {
    const server = await serve();
    const gate = server.hold();
    const abort = new AbortController();
    const pending = get(server, '/user/me', { signal: abort.signal });
    await gate.waitForRequests();
    abort.abort();
    await assert.rejects(pending, { name: 'AbortError' });
    await server.waitForResponses('/user/me');
    assert.equal(server.requests[0]?.aborted, true);
  });

  it('fails the next requests as configured, then recovers', async () => {
    const server = await serve();
    server.failNext({ times: 2, match: '/user/conversations' });
    server.failNext({ status: 429, headers: { 'retry-after': '7' }, match: /me$/ });
    assert.equal((await get(server, '/user/assistants/get')).status, 200);
    const limited = await get(server, '/user/me');
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '7']);
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt++) statuses.push((await get(server, '/user/conversations')).status);
    assert.deepEqual(statuses, [500, 500, 200]);
    assert.deepEqual(
      server.requests.map(({ status }) => status),
      [200, 429, 500, 500, 200],
    );
  });

  it('cuts connections before and within a response', async () => {
    const server = await serve();
    server.failNext({ instead: 'disconnect' });
    await assert.rejects(get(server, '/user/me'));
    server.failNext({ instead: 'truncate', body: '{"data":[' });
    const truncated = await get(server, '/user/me');
    assert.equal(truncated.status, 200);
    await assert.rejects(truncated.text());
    server.failNext({ instead: 'hang' });
    server.failNext();
    server.clearFaults();
    assert.equal((await get(server, '/user/me')).status, 200);
  });

  it('fails randomly but reproducibly', async () => {
    const statuses = async (): Promise<number[]> => {
      const server = await serve({ errorRate: 0.4 });
      const results: number[] = [];
      for (let request = 0; request < 30; request++) results.push((await get(server, '/user/me')).status);
      return results;
    };
    const first = await statuses();
    assert.deepEqual(await statuses(), first);
    const failures = first.filter((status) => status === 500).length;
    assert.ok(failures > 4 && failures < 26, String(failures));
  });

  it('delays responses if configured, and sends slow replies after their delay', async () => {
    const server = await serve({ latencyMs: 1, slowAnswerMs: 1 });
    assert.equal((await get(server, '/user/me')).status, 200);
    const path = `/conversations/${server.fixtureId('slowAnswer')}/messages`;
    const body = JSON.stringify({ message: 'hi' });
    const sent = await get(server, path, {
      method: 'POST',
      body,
      headers: { ...jsonHeaders, 'content-type': 'application/json' },
    });
    assert.match(await sent.text(), /"status":true/);
    assert.equal(server.requests.at(-1)?.body, body);
  });

  it("doesn't send the slow reply before its 45 seconds, and can close before that", async () => {
    const server = await serve();
    const path = `/conversations/${server.fixtureId('slowAnswer')}/messages`;
    const gate = server.hold(path);
    const pending = get(server, path, { method: 'POST', body: '{"message":"hi"}' });
    const failed = assert.rejects(pending);
    await gate.waitForRequests();
    gate.release();
    // A reply without the delay would arrive before this exchange ends.
    assert.equal((await get(server, '/user/me')).status, 200);
    assert.equal(server.backend.state.find(server.fixtureId('slowAnswer'))?.history.at(-2)?.content, 'hi');
    assert.deepEqual(
      server.requests.map(({ status }) => status),
      [undefined, 200],
    );
    await server.close();
    servers.length = 0;
    await failed;
  });
});
