import assert from 'node:assert/strict';
import { parseBaseUrl } from '../../src/core/api/connection';
import { Chain, good, row, useServers } from './support/chain';
import { respondWith, type RawServer } from './support/rawServer';

const redirects: readonly (readonly [name: string, location: (server: RawServer, other: RawServer) => string])[] = [
  ['to the same host', () => '/api/v2/user/conversations'],
  ['to another port', (_, other) => `${other.origin}/api/user/conversations`],
  ['to another name of the host', (_, other) => `http://localhost:${other.port}/api/user/conversations`],
  ['to another host', (_, other) => `http://127.0.0.2:${other.port}/`],
  ['in a loop', (server) => `${server.baseUrl}/user/conversations`],
  ['to a URL with a password', (_, other) => `http://user:word@127.0.0.1:${other.port}/`],
  ['to an empty address', () => ''],
  ['to a script URL', () => 'javascript:alert(1)'],
];

describe('a redirect', () => {
  const start = useServers();
  for (const [name, location] of redirects) {
    for (const status of [301, 302, 307, 308]) {
      it(`${name} (${status}) is reported and not followed`, async () => {
        const [server, other] = [await start(), await start()];
        const chain = new Chain(server);
        server.serve = good;
        other.serve = good;
        await chain.store.open('test');
        server.serve = respondWith({ status, headers: { location: location(server, other) } });
        await chain.store.loadMore('test');
        const { error, message } = chain.failure;
        assert.deepEqual([error.kind, error.unexpected], ['unexpected', 'redirect']);
        assert.match(message, /redirects to another address\. The API key isn't sent there/);
        assert.ok(!JSON.stringify(error).includes('word@'), 'the password is not in the error');
        assert.deepEqual([server.seen.length, other.seen.length], [2, 0]);
        assert.deepEqual(chain.ids, ['one']);
        server.serve = good;
        await chain.store.retry('test');
        assert.deepEqual(chain.ids, ['one', 'two']);
      });
    }
  }
});

describe('the API key', () => {
  const start = useServers();

  it('is never sent to an address in a response', async () => {
    const [server, other] = [await start(), await start()];
    other.serve = good;
    const next = `${other.origin}/api/user/conversations?page=2`;
    server.serve = (socket, request) => {
      const page = Number(request.query.get('page') ?? 1);
      const links = {
        next_page_url: next,
        path: next,
        last_page_url: next,
        links: [{ url: next, label: 'Next', active: false }],
      };
      respondWith({
        headers: { link: `<${next}>; rel="next"`, refresh: `0; url=${next}` },
        body: { data: [row(`r${page}`)], current_page: page, last_page: 3, ...links },
      })(socket, request);
    };
    const chain = new Chain(server);
    await chain.store.open('test');
    await chain.store.loadMore('test');
    await chain.store.loadAll('test', new AbortController().signal);
    assert.deepEqual(other.seen, []);
    assert.ok(server.seen.length >= 3);
  });

  const invalidBaseUrls = [
    'http://call.aiployees.com/api',
    'http://127.0.0.1.evil.example/api',
    'http://localhost.evil.example/api',
    'http://evil.example/127.0.0.1',
    'http://127.0.0.1@evil.example/api',
    'https://call.aiployees.com@evil.example/api',
    'https://call.aiployees.com:443@evil.example/api',
    'https://user:word@call.aiployees.com/api',
    'http://[::1]@evil.example/',
    'http://0.0.0.0/api',
    'http://10.0.0.1/api',
    'ftp://call.aiployees.com/api',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'https://call.aiployees.com/api?x=https://evil.example',
    'https://call.aiployees.com/api#@evil.example',
  ];
  for (const address of invalidBaseUrls) {
    it(`is never sent to ${address}`, async () => {
      const chain = new Chain(await start());
      assert.equal(parseBaseUrl(address).ok, false);
      assert.throws(() => chain.clients.create({ baseUrl: address, key: 'k' }), TypeError);
    });
  }

  const lookalikes: readonly (readonly [address: string, origin: string])[] = [
    ['https://call.aiployees.com.evil.example/api', 'https://call.aiployees.com.evil.example'],
    ['https://call.aiployees.com:8443/api', 'https://call.aiployees.com:8443'],
    ['https://call.aiployeеs.com/api', 'https://call.xn--aiployes-i8g.com'],
    ['https:\\\\evil.example\\@call.aiployees.com', 'https://evil.example'],
  ];
  for (const [address, origin] of lookalikes) {
    it(`for ${address} belongs only to ${origin}`, () => {
      const parsed = parseBaseUrl(address);
      assert.equal(parsed.ok && parsed.origin, origin);
    });
  }
});
