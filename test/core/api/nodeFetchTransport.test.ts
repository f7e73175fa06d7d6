import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  createNodeFetchTransport,
  type TransportRequest,
  type TransportResponse,
  TransportError,
} from '../../../src/core/api/transport';
import { never } from './support/client';
import { hang, inSequence, LocalServer, reset, send, type Answer, type Handler } from './support/localServer';

const transport = createNodeFetchTransport();

function get(url: string, change: Partial<TransportRequest> = {}): Promise<TransportResponse> {
  return transport({ method: 'GET', url, headers: { 'x-test': 'yes' }, ...never(), ...change });
}

async function catchFailure(promise: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await promise.then(
    () => assert.fail('expected a failure'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof TransportError, String(error));
  return error;
}

describe('createNodeFetchTransport', () => {
  const servers: LocalServer[] = [];
  async function serve(...answers: readonly (Answer | Handler)[]): Promise<LocalServer> {
    const server = await LocalServer.start(inSequence(...answers));
    servers.push(server);
    return server;
  }
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  it("returns the status, headers, and body, and sends the request's URL and headers", async () => {
    const server = await serve({ status: 418, headers: { 'X-Answer': 'A' }, body: 'Grüße 👋' });
    const response = await get(`${server.origin}/a?b=%2B1`);
    assert.equal(response.status, 418);
    assert.equal(response.headers['x-answer'], 'A');
    assert.equal(response.body, 'Grüße 👋');
    assert.equal(server.seen[0]?.url, '/a?b=%2B1');
    assert.equal(server.seen[0]?.headers['x-test'], 'yes');
  });

  it('posts a body', async () => {
    let received = '';
    const echo: Handler = (request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
      request.on('end', () => send(response, { body: 'ok' }));
    };
    const server = await serve(echo);
    await get(server.origin, { method: 'POST', body: '{"message":"hé"}' });
    assert.equal(received, '{"message":"hé"}');
    assert.equal(server.seen[0]?.method, 'POST');
  });

  it('decompresses gzip', async () => {
    const body = gzipSync(JSON.stringify({ packed: true }));
    const server = await serve({ headers: { 'content-encoding': 'gzip' }, body });
    assert.equal((await get(server.origin)).body, '{"packed":true}');
  });

  it("doesn't follow redirects", async () => {
    const other = await serve({ body: 'other' });
    const server = await serve({ status: 302, headers: { location: `${other.origin}/login` } });
    const response = await get(server.origin);
    assert.equal(response.status, 302);
    assert.equal(response.headers['location'], `${other.origin}/login`);
    assert.deepEqual(other.seen, []);
  });

  it('reuses the connection for consecutive requests', async () => {
    const server = await serve({ body: 'ok' });
    for (let index = 0; index < 3; index += 1) await get(server.origin);
    assert.equal(new Set(server.seen.map(({ clientPort }) => clientPort)).size, 1);
  });

  it('rejects a body over the size limit, compressed or not', async () => {
    const server = await serve(
      { body: 'x'.repeat(1000) },
      { body: 'x'.repeat(1001) },
      { headers: { 'content-encoding': 'gzip' }, body: gzipSync('x'.repeat(1001)) },
    );
    const capped = createNodeFetchTransport({ maxBodyBytes: 1000 });
    const request = { method: 'GET', url: server.origin, headers: {} } as const;
    assert.equal((await capped({ ...request, ...never() })).body.length, 1000);
    assert.equal((await catchFailure(capped({ ...request, ...never() }))).failure, 'tooLarge');
    assert.equal((await catchFailure(capped({ ...request, ...never() }))).failure, 'tooLarge');
  });

  it('fails when its signal is aborted before the request, during the wait, or within the body', async () => {
    const abort = new AbortController();
    const abortWithinBody = new AbortController();
    const server = await serve(
      () => abort.abort(),
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => abortWithinBody.abort());
      },
    );
    assert.equal((await catchFailure(get(server.origin, { signal: AbortSignal.abort() }))).failure, 'aborted');
    assert.equal(server.seen.length, 0);
    assert.equal((await catchFailure(get(server.origin, { signal: abort.signal }))).failure, 'aborted');
    assert.equal((await catchFailure(get(server.origin, { signal: abortWithinBody.signal }))).failure, 'aborted');
    assert.equal(server.seen.length, 2);
  });

  it('reports a refused connection by its code, without the URL', async () => {
    const server = await serve({});
    const { origin } = server;
    await server.stop();
    servers.length = 0;
    const error = await catchFailure(get(`${origin}/conversations/secret-id`));
    assert.deepEqual([error.failure, error.code], ['network', 'ECONNREFUSED']);
    assert.equal(String(error), 'TransportError: network ECONNREFUSED');
    assert.ok(!`${String(error)} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`.includes('secret-id'));
  });

  it('reports a body that is cut off as a network error', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    assert.equal((await catchFailure(get(server.origin))).failure, 'network');
  });

  it("reports a response that isn't HTTP as a network error", async () => {
    const raw = createServer((socket) => socket.resume().end('SSH-2.0-nonsense\r\n'));
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const error = await catchFailure(get(`http://127.0.0.1:${(raw.address() as AddressInfo).port}`));
    assert.equal(error.failure, 'network');
    await new Promise<void>((resolve) => raw.close(() => resolve()));
  });

  it('requests only http and https URLs', async () => {
    for (const url of ['data:application/json,[]', 'file:///etc/hosts', 'ftp://127.0.0.1/']) {
      const { failure, code } = await catchFailure(get(url));
      assert.deepEqual([failure, code], ['network', 'ERR_INVALID_PROTOCOL']);
    }
    const server = await serve({ body: 'not over TLS' });
    const { failure, code } = await catchFailure(get(server.origin.replace('http:', 'https:')));
    assert.equal(failure, 'network');
    assert.notEqual(code, 'ERR_INVALID_PROTOCOL');
  });

  describe('with an idle connection that the server closed', () => {
    it('replaces it immediately for a GET', async () => {
      const server = await serve({ body: 'first' }, reset, { body: 'second' });
      await get(server.origin);
      assert.equal((await get(server.origin)).body, 'second');
      assert.equal(server.seen.length, 3);
    });

    it('replaces it only once', async () => {
      const server = await serve({ body: 'first' }, reset, reset, { body: 'never' });
      await get(server.origin);
      const { code, sends } = await catchFailure(get(server.origin));
      assert.deepEqual([code, sends], ['ECONNRESET', 2]);
      assert.equal(server.seen.length, 3);
    });

    it("doesn't replace it for a POST, which the server may have handled", async () => {
      const server = await serve({ body: 'first' }, reset, { body: 'never' });
      await get(server.origin);
      assert.equal((await catchFailure(get(server.origin, { method: 'POST', body: '{}' }))).code, 'ECONNRESET');
      assert.equal(server.seen.length, 2);
    });

    it("doesn't resend after a response that isn't HTTP or after an abort", async () => {
      const abort = new AbortController();
      const server = await serve(
        { body: 'first' },
        (request) => request.socket.end('SSH-2.0-nonsense\r\n'),
        { body: 'third' },
        () => abort.abort(),
      );
      await get(server.origin);
      const { failure, sends } = await catchFailure(get(server.origin));
      assert.deepEqual([failure, sends], ['network', 1]);
      await get(server.origin);
      const aborted = await catchFailure(get(server.origin, { signal: abort.signal }));
      assert.deepEqual([String(aborted), aborted.sends], ['TransportError: aborted', 1]);
      assert.equal(server.seen.length, 4);
    });

    it("doesn't resend the first request on a connection", async () => {
      const server = await serve(reset, { body: 'never' });
      assert.equal((await catchFailure(get(server.origin))).code, 'ECONNRESET');
      assert.equal(server.seen.length, 1);
    });
  });

  it('can be aborted if the server never answers', async () => {
    const server = await serve(hang);
    const abort = new AbortController();
    const answer = catchFailure(get(server.origin, { signal: abort.signal }));
    abort.abort();
    assert.equal((await answer).failure, 'aborted');
  });
});
