import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleServer, type SampleServerOptions, startSampleServer } from '../support/sampleServer';
import { jsonHeaders, start } from './ask';

const seed = readFileSync(join(process.cwd(), 'test/fixtures/seed-list-response.json'), 'utf8');

describe('sample server', () => {
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

  it('speaks the API over HTTP and logs what was asked', async () => {
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

  it('serves the published sample byte for byte', async () => {
    const server = await serve({ overrideList: seed });
    const bytes = Buffer.from(await (await get(server, '/user/conversations')).arrayBuffer());
    assert.ok(bytes.equals(Buffer.from(seed)));
  });

  it('redirects to a login page that is 200 HTML', async () => {
    const server = await serve();
    const headers = { ...jsonHeaders, accept: '*/*' };
    const redirect = await get(server, '/user/me', { headers });
    assert.equal(redirect.status, 302);
    const followed = await get(server, '/user/me', { headers, redirect: 'follow' });
    assert.equal(followed.status, 200);
    assert.match(followed.headers.get('content-type') ?? '', /text\/html/);
  });

  it('changes its switches while it runs', async () => {
    const server = await serve();
    server.configure({ style: 'cursor', acceptedKeys: ['41|abc'] });
    assert.ok('next_cursor' in ((await (await get(server, '/user/conversations')).json()) as object));
    server.configure({ acceptedKeys: [] });
    assert.equal((await get(server, '/user/conversations')).status, 401);
  });

  it('holds answers until released, and answers from the state of then', async () => {
    const server = await serve();
    const gate = server.hold('/user/conversations');
    const pending = get(server, '/user/conversations');
    await gate.arrived();
    assert.equal(server.requests[0]?.status, undefined);
    assert.equal((await get(server, '/user/me')).status, 200);
    const { id } = server.addConversation();
    gate.release();
    const { data } = (await (await pending).json()) as { data: { id: string }[] };
    assert.equal(data[0]?.id, id);
    assert.equal((await get(server, '/user/conversations')).status, 200);
  });

  it('tells when a request was given up', async () => {
    const server = await serve();
    const gate = server.hold();
    const abort = new AbortController();
    const pending = get(server, '/user/me', { signal: abort.signal });
    await gate.arrived();
    abort.abort();
    await assert.rejects(pending, { name: 'AbortError' });
    await server.answered('/user/me');
    assert.equal(server.requests[0]?.aborted, true);
  });

  it('fails the next requests as told, then goes on', async () => {
    const server = await serve();
    server.failNext({ times: 2, match: '/user/conversations' });
    server.failNext({ status: 429, headers: { 'retry-after': '7' }, match: /me$/ });
    assert.equal((await get(server, '/user/assistants/get')).status, 200);
    const limited = await get(server, '/user/me');
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '7']);
    const listed = [];
    for (let attempt = 0; attempt < 3; attempt++) listed.push((await get(server, '/user/conversations')).status);
    assert.deepEqual(listed, [500, 500, 200]);
    assert.deepEqual(
      server.requests.map(({ status }) => status),
      [200, 429, 500, 500, 200],
    );
  });

  it('cuts connections, before an answer and within one', async () => {
    const server = await serve();
    server.failNext({ instead: 'disconnect' });
    await assert.rejects(get(server, '/user/me'));
    server.failNext({ instead: 'truncate', body: '{"data":[' });
    const cut = await get(server, '/user/me');
    assert.equal(cut.status, 200);
    await assert.rejects(cut.text());
    server.failNext({ instead: 'hang' });
    server.failNext();
    server.clearFaults();
    assert.equal((await get(server, '/user/me')).status, 200);
  });

  it('fails by chance, the same requests every time', async () => {
    const statuses = async (): Promise<number[]> => {
      const server = await serve({ errorRate: 0.4 });
      const seen: number[] = [];
      for (let request = 0; request < 30; request++) seen.push((await get(server, '/user/me')).status);
      return seen;
    };
    const first = await statuses();
    assert.deepEqual(await statuses(), first);
    const failures = first.filter((status) => status === 500).length;
    assert.ok(failures > 4 && failures < 26, String(failures));
  });

  it('answers late where told to, and sends slow answers after their delay', async () => {
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

  it('does not answer before the slow conversation’s 45 seconds are over, and closes all the same', async () => {
    const server = await serve();
    const path = `/conversations/${server.fixtureId('slowAnswer')}/messages`;
    const gate = server.hold(path);
    const pending = get(server, path, { method: 'POST', body: '{"message":"hi"}' });
    const failed = assert.rejects(pending);
    await gate.arrived();
    gate.release();
    // A whole exchange later, an answer that is not held back would be there.
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
