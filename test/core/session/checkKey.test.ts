import assert from 'node:assert/strict';
import { createApiClient } from '../../../src/core/api/client';
import { createNodeFetchTransport } from '../../../src/core/api/transport';
import { systemClock } from '../../../src/core/util/abort';
import { checkKey, type KeyCheck } from '../../../src/shell/session/session';
import { startSampleServer, type SampleServer } from '../../support/sampleServer';

const key = '41|abcdefghijkl';

describe('checkKey', () => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await startSampleServer({ acceptedKeys: [key] });
  });
  afterEach(() => server.close());

  const check = async (
    keyToCheck = key,
    signal = new AbortController().signal,
    baseUrl = server.url,
  ): Promise<KeyCheck> => {
    const api = createApiClient({
      baseUrl,
      key: keyToCheck,
      transport: createNodeFetchTransport(),
      timeoutMs: 5000,
      log: () => undefined,
      // Retries without delay.
      clock: { ...systemClock, setTimeout: (callback, ms) => systemClock.setTimeout(callback, ms >= 5000 ? ms : 0) },
    });
    try {
      return await checkKey(api, signal);
    } finally {
      api.dispose();
    }
  };
  const paths = (): string[] => server.requests.map(({ path }) => path);

  it('returns the owner of the key', async () => {
    const result = await check();
    assert.equal(result.kind, 'accepted');
    assert.match(result.kind === 'accepted' ? (result.owner?.email ?? '') : '', /@/);
    assert.deepEqual(paths(), ['/user/me']);
  });

  it('reports a rejected key, however the server phrases it', async () => {
    for (const refusal of ['message', 'error', 'invalidKey', 'forbidden'] as const) {
      server.configure({ refusal });
      assert.equal((await check('41|wrongwrongwrong')).kind, 'refused', refusal);
    }
  });

  it('requests one conversation if the server has no owner endpoint', async () => {
    for (const status of [404, 403, 405]) {
      server.forgetRequests();
      server.failNext({ match: '/user/me', status });
      assert.deepEqual(await check(), { kind: 'accepted', owner: undefined }, String(status));
      assert.deepEqual(server.listQueries(), [{ per_page: '1' }]);
    }
  });

  it('requests one conversation if the owner endpoint returns a web page', async () => {
    const headers = { 'content-type': 'text/html' };
    server.failNext({ match: '/user/me', status: 200, headers, body: '<!doctype html><title>Log in</title>' });
    assert.deepEqual(await check(), { kind: 'accepted', owner: undefined });
  });

  it('reports a key that the list rejects', async () => {
    server.failNext({ match: '/user/me', status: 404 });
    assert.equal((await check('41|wrongwrongwrong')).kind, 'refused');
  });

  it('reports an unchecked key if the server fails', async () => {
    server.failNext({ match: '/user/me', status: 500, times: 100 });
    const result = await check();
    assert.equal(result.kind, 'unchecked');
    assert.equal(result.kind === 'unchecked' && result.error.kind, 'server');
  });

  it('reports an unchecked key if the connection is refused', async () => {
    const { url } = server;
    await server.close();
    const result = await check(key, undefined, url);
    assert.equal(result.kind === 'unchecked' && result.error.code, 'ECONNREFUSED');
    server = await startSampleServer();
  });

  const blockers: readonly (readonly [name: string, status: number, body: string, type: string])[] = [
    ['a bot check', 403, '<!DOCTYPE html><title>Just a moment...</title>', 'text/html'],
    ['a sign-in page', 401, '<html>Sign in', 'text/html'],
    ['a proxy', 407, '<html>', 'text/html'],
    ['a gateway', 403, JSON.stringify({ error_code: 1020 }), 'application/json'],
    ['an empty response', 401, '', 'text/plain'],
  ];
  for (const [name, status, body, type] of blockers) {
    it(`reports an unchecked key if ${name} (${status}) blocks the request`, async () => {
      for (const match of ['/user/me', '/user/conversations'])
        server.failNext({ match, status, body, headers: { 'content-type': type } });
      const result = await check();
      assert.deepEqual([result.kind, result.kind === 'unchecked' && result.error.kind], ['unchecked', 'unexpected']);
    });
  }

  it('can be canceled', async () => {
    const abort = new AbortController();
    const gate = server.hold('/user/me');
    const result = check(key, abort.signal);
    await gate.waitForRequests();
    abort.abort();
    assert.deepEqual(await result, { kind: 'cancelled' });
    server.release();
  });
});
