import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { createApiClient } from '../../../src/core/api/client';
import { createNodeFetchTransport } from '../../../src/core/api/transport';
import { toRecord } from '../../../src/core/api/decodeConversation';
import type { ListQuery } from '../../../src/core/model/query';
import { clientFor, catchFailure, never, testKey } from './support/client';
import { inSequence, LocalServer, send, type Answer, type Handler } from './support/localServer';

const seedBytes = readFileSync('test/fixtures/seed-list-response.json');
const emptyPage = { data: [], current_page: 1, last_page: 1, total: 0 };

describe('createApiClient', () => {
  const servers: LocalServer[] = [];
  async function serve(...answers: readonly (Answer | Handler)[]): Promise<LocalServer> {
    const server = await LocalServer.start(inSequence(...answers));
    servers.push(server);
    return server;
  }
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it("decodes the vendor's own sample without changing a byte", async () => {
    const server = await serve({ headers: { 'content-type': 'application/json' }, body: seedBytes });
    const { api } = clientFor(`${server.origin}/api`);
    const page = await api.listConversations({}, { pageSize: 30 }, never());
    const sent = JSON.parse(seedBytes.toString('utf8')) as { data: unknown };
    assert.deepEqual(page.rows.map(toRecord), sent.data);
    assert.deepEqual(page.envelope, { style: 'page', currentPage: 1, lastPage: 5, perPage: 15, total: 68 });
  });

  it('decodes deeply nested values that can still be serialized and cloned', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const row = `{"id":"a","assistant_id":"b","type":"test","variables":{"deep":${deep}}}`;
    const server = await serve(
      { body: Buffer.from(`{"data":[${row}],"current_page":1,"last_page":1,"total":1}`) },
      {
        body: Buffer.from(
          `{"history":[{"role":"user","content":${deep},"function_calls":[{"name":"f","arguments":${deep},"result":${deep}}]}],"variables":{"deep":${deep}}}`,
        ),
      },
    );
    const { api } = clientFor(`${server.origin}/api`);
    const page = await api.listConversations({}, { pageSize: 30 }, never());
    const transcript = await api.getTranscript('a', never());
    assert.ok(JSON.stringify(page).includes('[[[['));
    assert.ok(JSON.stringify(structuredClone(transcript)).includes('[[[['));
    assert.equal(transcript.turns[0]?.functionCalls[0]?.name, 'f');
  });

  it('sends the accept, authorization, and user agent headers', async () => {
    const server = await serve({ body: emptyPage });
    const { api } = clientFor(`${server.origin}/api/`, { userAgent: 'aiployees-conversations/1.2.3' });
    assert.equal(api.baseUrl, `${server.origin}/api`);
    assert.equal(api.origin, server.origin);
    await api.listConversations({}, { pageSize: 30 }, never());
    const headers = server.seen[0]?.headers;
    assert.equal(headers?.accept, 'application/json');
    assert.equal(headers?.authorization, `Bearer ${testKey}`);
    assert.equal(headers?.['user-agent'], 'aiployees-conversations/1.2.3');
    assert.equal(server.seen[0]?.method, 'GET');
  });

  const urls: readonly [query: ListQuery, page: PageRequest, url: string][] = [
    [{}, { pageSize: 30 }, '/api/user/conversations?per_page=30'],
    [
      { type: 'test' },
      { pageSize: 30, pointer: { style: 'page', page: 3 } },
      '/api/user/conversations?type=test&per_page=30&page=3',
    ],
    [
      { type: 'a&b=c', assistantId: 318, dateFrom: '2026-11-01', dateTo: '2026-11-20' },
      { pageSize: 30, pointer: { style: 'cursor', cursor: 'ey+/=&x' } },
      '/api/user/conversations?type=a%26b%3Dc&assistant_id=318&date_from=2026-11-01&date_to=2026-11-20&per_page=30&cursor=ey%2B%2F%3D%26x',
    ],
    [{}, { pageSize: 0 }, '/api/user/conversations?per_page=1'],
    [{}, { pageSize: 1000 }, '/api/user/conversations?per_page=100'],
    [{}, { pageSize: 12.7 }, '/api/user/conversations?per_page=12'],
    [{}, { pageSize: NaN }, '/api/user/conversations?per_page=30'],
  ];
  for (const [query, page, url] of urls) {
    it(`requests ${url} for page size ${page.pageSize}`, async () => {
      const server = await serve({ body: emptyPage });
      await clientFor(`${server.origin}/api`).api.listConversations(query, page, never());
      assert.equal(server.seen[0]?.url, url);
    });
  }

  it("builds every page's URL itself, with all filters, and ignores the server's links", async () => {
    const elsewhere = await serve({ body: emptyPage });
    const links = { next_page_url: `${elsewhere.origin}/api/user/conversations?page=2`, path: elsewhere.origin };
    const server = await serve(
      { body: { ...links, data: [{ id: 'a', type: 'test' }], current_page: 1, last_page: 2 } },
      { body: { ...links, data: [{ id: 'b', type: 'test' }], current_page: 2, last_page: 2 } },
    );
    const { api } = clientFor(`${server.origin}/api`);
    const ids: string[] = [];
    for (const pointer of [undefined, { style: 'page', page: 2 } as const]) {
      const { rows } = await api.listConversations({ type: 'test' }, { pointer, pageSize: 10 }, never());
      ids.push(...rows.map(({ id }) => id));
    }
    assert.deepEqual(ids, ['a', 'b']);
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      ['/api/user/conversations?type=test&per_page=10', '/api/user/conversations?type=test&per_page=10&page=2'],
    );
    assert.deepEqual(elsewhere.seen, []);
  });

  it('loads a transcript and sends the key with the request', async () => {
    const server = await serve({ body: { status: true, history: [{ role: 'user', content: 'Hi' }] } });
    const transcript = await clientFor(`${server.origin}/api`).api.getTranscript('2f0c6d1e-93b4', never());
    assert.deepEqual(transcript.turns, [{ role: 'user', content: 'Hi', functionCalls: [] }]);
    assert.equal(server.seen[0]?.url, '/api/conversations/2f0c6d1e-93b4');
    assert.equal(server.seen[0]?.headers.authorization, `Bearer ${testKey}`);
  });

  const ids: readonly [id: string, path: string][] = [
    ['../user/me', '/api/conversations/..%2Fuser%2Fme'],
    ['a/../../b', '/api/conversations/a%2F..%2F..%2Fb'],
    ['%2e%2e', '/api/conversations/%252e%252e'],
    ['a?b#c', '/api/conversations/a%3Fb%23c'],
    ['\\\\evil.test', '/api/conversations/%5C%5Cevil.test'],
    ['é 👋', '/api/conversations/%C3%A9%20%F0%9F%91%8B'],
    ['...', '/api/conversations/...'],
  ];
  for (const [id, path] of ids) {
    it(`encodes ${JSON.stringify(id)} as one segment of the path`, async () => {
      const server = await serve({ body: { history: [] } });
      await clientFor(`${server.origin}/api`).api.getTranscript(id, never());
      assert.equal(server.seen[0]?.url, path);
    });
  }

  for (const id of ['', '.', '..', '\ud800']) {
    it(`sends no request for the ID ${JSON.stringify(id)}`, async () => {
      const server = await serve({ body: { history: [] } });
      const error = await catchFailure(clientFor(server.origin).api.getTranscript(id, never()));
      assert.equal(error.kind, 'notFound');
      assert.deepEqual(server.seen, []);
    });
  }

  it('loads all pages of the assistants', async () => {
    const server = await serve(
      {
        body: {
          data: [
            { id: 1, uuid: 'a', name: 'A' },
            { id: 2, uuid: 'b', name: 'B' },
          ],
          current_page: 1,
          last_page: 2,
        },
      },
      { body: { data: [{ id: 3, uuid: 'c', name: 'C' }], current_page: 2, last_page: 2 } },
    );
    const assistants = await clientFor(`${server.origin}/api`).api.listAssistants(never());
    assert.deepEqual(
      assistants.map(({ serverId, uuid, name }) => `${serverId} ${uuid} ${name}`),
      ['1 a A', '2 b B', '3 c C'],
    );
    assert.deepEqual(
      server.seen.map(({ url }) => url),
      ['/api/user/assistants/get?per_page=100', '/api/user/assistants/get?per_page=100&page=2'],
    );
  });

  it('stops loading assistants if the server repeats a page or never ends', async () => {
    const same = await serve({ body: { data: [{ id: 1, uuid: 'a', name: 'A' }], current_page: 1, last_page: 9 } });
    assert.equal((await clientFor(same.origin).api.listAssistants(never())).length, 1);
    assert.equal(same.seen.length, 2);
    let page = 0;
    const endless = await serve((_, response) => {
      page += 1;
      send(response, {
        body: { data: [{ id: page, uuid: `u${page}`, name: 'A' }], current_page: page, last_page: 1e9 },
      });
    });
    assert.equal((await clientFor(endless.origin).api.listAssistants(never())).length, 50);
  });

  it('loads the owner of the key', async () => {
    const server = await serve({ body: { name: 'Ada', email: 'ada@example.test', total_balance: 41.25 } });
    assert.deepEqual(await clientFor(server.origin).api.getKeyOwner(never()), {
      name: 'Ada',
      email: 'ada@example.test',
      balance: 41.25,
    });
    assert.equal(server.seen[0]?.url, '/user/me');
  });

  it("doesn't follow a redirect to another port with the key", async () => {
    const other = await serve({ body: emptyPage });
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve({ status, headers: { location: `${other.origin}/api/user/conversations?token=abc` } });
      const error = await catchFailure(clientFor(server.origin).api.listConversations({}, { pageSize: 1 }, never()));
      assert.deepEqual([error.kind, error.unexpected, error.status], ['unexpected', 'redirect', status]);
      assert.equal(error.detail, `${other.origin}/api/user/conversations`);
      assert.equal(server.seen.length, 1);
    }
    assert.deepEqual(other.seen, []);
  });

  it('rejects a base URL to which the key must not be sent', () => {
    const options = { key: testKey, transport: createNodeFetchTransport(), timeoutMs: 1, log: () => undefined };
    for (const baseUrl of ['http://call.aiployees.com/api', 'https://a:b@host.test', '']) {
      assert.throws(() => createApiClient({ ...options, baseUrl }), TypeError);
    }
  });
});
