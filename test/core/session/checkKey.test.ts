import assert from 'node:assert/strict';
import { createApiClient } from '../../../src/core/api/client';
import { createNodeFetchTransport } from '../../../src/core/api/nodeFetchTransport';
import { systemClock } from '../../../src/core/util/clock';
import { checkKey, type KeyCheck } from '../../../src/shell/session/checkKey';
import { startSampleServer, type SampleServer } from '../../support/sampleServer';

const key = '41|abcdefghijkl';

describe('checking a key', () => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await startSampleServer({ acceptedKeys: [key] });
  });
  afterEach(() => server.close());

  const check = async (given = key, signal = new AbortController().signal, baseUrl = server.url): Promise<KeyCheck> => {
    const api = createApiClient({
      baseUrl,
      key: given,
      transport: createNodeFetchTransport(),
      timeoutMs: 5000,
      log: () => undefined,
      // Retries wait for nothing here.
      clock: { ...systemClock, setTimeout: (callback, ms) => systemClock.setTimeout(callback, ms >= 5000 ? ms : 0) },
    });
    try {
      return await checkKey(api, signal);
    } finally {
      api.dispose();
    }
  };
  const paths = (): string[] => server.requests.map(({ path }) => path);

  it('says whose it is', async () => {
    const result = await check();
    assert.equal(result.kind, 'accepted');
    assert.match(result.kind === 'accepted' ? (result.owner?.email ?? '') : '', /@/);
    assert.deepEqual(paths(), ['/user/me']);
  });

  it('says that the server refuses it, in all the words that servers have for it', async () => {
    for (const refusal of ['message', 'error', 'invalidKey', 'forbidden'] as const) {
      server.configure({ refusal });
      assert.equal((await check('41|wrongwrongwrong')).kind, 'refused', refusal);
    }
  });

  it('asks for one conversation where nobody can say whose it is', async () => {
    for (const status of [404, 403, 405]) {
      server.forgetRequests();
      server.failNext({ match: '/user/me', status });
      assert.deepEqual(await check(), { kind: 'accepted', owner: undefined }, String(status));
      assert.deepEqual(server.listQueries(), [{ per_page: '1' }]);
    }
  });

  it('asks for one conversation where a web page stands in the owner’s place', async () => {
    const headers = { 'content-type': 'text/html' };
    server.failNext({ match: '/user/me', status: 200, headers, body: '<!doctype html><title>Log in</title>' });
    assert.deepEqual(await check(), { kind: 'accepted', owner: undefined });
  });

  it('is told that the key is refused by the list, too', async () => {
    server.failNext({ match: '/user/me', status: 404 });
    assert.equal((await check('41|wrongwrongwrong')).kind, 'refused');
  });

  it('says that it could not be checked where the server fails', async () => {
    server.failNext({ match: '/user/me', status: 500, times: 100 });
    const result = await check();
    assert.equal(result.kind, 'unchecked');
    assert.equal(result.kind === 'unchecked' && result.error.kind, 'server');
  });

  it('says that it could not be checked where nobody answers', async () => {
    const { url } = server;
    await server.close();
    const result = await check(key, undefined, url);
    assert.equal(result.kind === 'unchecked' && result.error.code, 'ECONNREFUSED');
    server = await startSampleServer();
  });

  const inTheWay: readonly (readonly [what: string, status: number, body: string, type: string])[] = [
    ['a bot check', 403, '<!DOCTYPE html><title>Just a moment...</title>', 'text/html'],
    ['a sign-in page', 401, '<html>Sign in', 'text/html'],
    ['a proxy', 407, '<html>', 'text/html'],
    ['a gateway', 403, JSON.stringify({ error_code: 1020 }), 'application/json'],
    ['nothing at all', 401, '', 'text/plain'],
  ];
  for (const [what, status, body, type] of inTheWay) {
    it(`doesn't blame the key for ${what} (${status}) in the way, so that it can be kept`, async () => {
      for (const match of ['/user/me', '/user/conversations'])
        server.failNext({ match, status, body, headers: { 'content-type': type } });
      const result = await check();
      assert.deepEqual([result.kind, result.kind === 'unchecked' && result.error.kind], ['unchecked', 'unexpected']);
    });
  }

  it('ends when it is no longer wanted', async () => {
    const wanted = new AbortController();
    const gate = server.hold('/user/me');
    const result = check(key, wanted.signal);
    await gate.arrived();
    wanted.abort();
    assert.deepEqual(await result, { kind: 'cancelled' });
    server.release();
  });
});
