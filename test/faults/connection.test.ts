import assert from 'node:assert/strict';
import dns from 'node:dns';
import { gzipSync } from 'node:zlib';
import { LocalServer } from '../core/api/support/localServer';
import { Chain, canary, good, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { respondWith, sendBytes, sendBytesAndClose, formatHead, RawServer, type Serve } from './support/rawServer';

const json = { 'content-type': 'application/json' };
const gzip = { ...json, 'content-encoding': 'gzip' };
const page = JSON.stringify({ data: [{ id: 'never' }], current_page: 1, last_page: 1, filler: 'x'.repeat(500) });
const gzippedPage = gzipSync(page);
const formatChunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const timeoutMessage = /^Couldn't load test conversations\. \S+ took too long to respond/;
const unreachableMessage = /^Couldn't reach 127\.0\.0\.1:\d+/;
const cutOffMessage = /Couldn't reach|was cut off or isn't valid JSON/;

/** Sends a huge body as fast as the client reads it. */
function flood(total: number): Serve {
  return (socket) => {
    socket.write(formatHead(200, { ...json, 'content-length': String(total) }));
    const part = Buffer.alloc(1024 * 1024, ' ');
    const pour = (): void => {
      while (!socket.destroyed && socket.bytesWritten < total && socket.write(part));
      if (!socket.destroyed && socket.bytesWritten < total) socket.once('drain', pour);
    };
    pour();
  };
}

const network = { kind: 'network', attempts: 3 } as const;
const timeout = { kind: 'timeout', attempts: 2, timeoutMs: 40, message: timeoutMessage } as const;

const faults: readonly Fault[] = [
  {
    name: 'a reset before the response',
    ...network,
    serve: (socket) => socket.resetAndDestroy(),
    message: unreachableMessage,
    code: /ECONNRESET/,
  },
  {
    name: 'a connection closed without a response',
    ...network,
    serve: sendBytesAndClose(),
    message: unreachableMessage,
    code: /ECONNRESET/,
  },
  {
    name: 'a reset within the body',
    ...network,
    serve: (socket) =>
      socket.write(`${formatHead(200, { ...json, 'content-length': '500' })}{"data": [`, () =>
        socket.resetAndDestroy(),
      ),
    message: unreachableMessage,
  },
  {
    name: "a response that isn't HTTP",
    ...network,
    serve: sendBytesAndClose('SSH-2.0-nonsense\r\n'),
    message: unreachableMessage,
    code: /HPE_/,
  },
  { name: 'a server that never responds', ...timeout, serve: sendBytes() },
  { name: 'a server that stops within the headers', ...timeout, serve: sendBytes('HTTP/1.1 200 OK\r\nContent-Ty') },
  {
    name: 'a server that stops within the body',
    ...timeout,
    serve: sendBytes(formatHead(200, { ...json, 'content-length': '500' }), '{"data": ['),
  },
  {
    name: 'a Content-Length longer than the body, on an open connection',
    ...timeout,
    serve: sendBytes(formatHead(200, { ...json, 'content-length': '5000' }), page),
  },
  {
    name: 'a Content-Length longer than the body',
    ...network,
    serve: sendBytesAndClose(formatHead(200, { ...json, 'content-length': '5000' }), page),
    message: cutOffMessage,
  },
  {
    name: 'a Content-Length shorter than the body',
    kind: 'unexpected',
    answer: 'notJson',
    attempts: 1,
    serve: sendBytesAndClose(formatHead(200, { ...json, 'content-length': '20', connection: 'close' }), page),
    message: /was cut off or isn't valid JSON/,
  },
  {
    name: 'a chunk that never ends',
    ...timeout,
    serve: sendBytes(
      formatHead(200, { ...json, 'transfer-encoding': 'chunked' }),
      formatChunk(page.slice(0, 50)),
      'ff\r\n{',
    ),
  },
  {
    name: 'a chunked body without the last chunk',
    ...network,
    serve: sendBytesAndClose(
      formatHead(200, { ...json, 'transfer-encoding': 'chunked' }),
      formatChunk(page.slice(0, 50)),
    ),
    message: cutOffMessage,
  },
  {
    name: 'a chunk with an invalid size',
    ...network,
    serve: sendBytesAndClose(formatHead(200, { ...json, 'transfer-encoding': 'chunked' }), 'zz\r\n{}\r\n'),
    message: unreachableMessage,
  },
  {
    name: 'a truncated gzip body',
    kind: 'unexpected',
    answer: 'notJson',
    attempts: 1,
    serve: respondWith({ headers: gzip, body: gzippedPage.subarray(0, gzippedPage.length - 20) }),
    message: cutOffMessage,
  },
  {
    name: "a gzip body that isn't gzip",
    ...network,
    serve: respondWith({ headers: gzip, body: 'plain text' }),
    message: cutOffMessage,
  },
  {
    name: 'a gzip body with a wrong checksum',
    ...network,
    serve: respondWith({
      headers: gzip,
      body: Buffer.concat([gzippedPage.subarray(0, gzippedPage.length - 8), Buffer.alloc(8, 7)]),
    }),
    message: cutOffMessage,
  },
  {
    name: 'a gzip bomb',
    kind: 'unexpected',
    answer: 'tooLarge',
    attempts: 1,
    serve: respondWith({ headers: gzip, body: gzipSync(Buffer.alloc(100 * 1024 * 1024)) }),
    message: /^Couldn't load test conversations\. The response was too large/,
  },
  {
    name: 'a body of 300 MB',
    kind: 'unexpected',
    answer: 'tooLarge',
    attempts: 1,
    serve: flood(300 * 1024 * 1024),
    message: /was too large/,
  },
];

describe('a failed connection', () => {
  testFaults(faults);
  const start = useServers();

  for (const code of ['ENOTFOUND', 'EAI_AGAIN'] as const) {
    it(`is reported after three DNS lookups: ${code}`, async () => {
      const chain = new Chain(await start());
      const { lookup } = dns;
      let lookups = 0;
      const failing = (_host: string, _options: unknown, callback: (error: Error) => void): void => {
        lookups += 1;
        process.nextTick(callback, Object.assign(new Error(code), { code }));
      };
      dns.lookup = failing as unknown as typeof lookup;
      try {
        chain.connect('https://call.nowhere.invalid/api');
        await chain.store.open('test');
        assert.equal(chain.failure.error.code, code);
        assert.equal(chain.failure.message, `Couldn't reach call.nowhere.invalid (${code}).`);
        assert.equal(lookups, 3);
      } finally {
        dns.lookup = lookup;
      }
    });
  }

  it('that the server refuses is reported, and Retry works', async () => {
    const server = await start();
    const chain = new Chain(server);
    server.serve = good;
    await chain.store.open('test');
    await server.stop();
    await chain.store.loadMore('test');
    assert.deepEqual([chain.failure.error.kind, chain.failure.error.code], ['network', 'ECONNREFUSED']);
    assert.match(chain.failure.message, /refused the connection \(ECONNREFUSED\)\. Is the server running/);
    assert.deepEqual(chain.ids, ['one']);
    const again = await RawServer.start(server.port);
    again.serve = good;
    await chain.store.retry('test');
    assert.deepEqual(chain.ids, ['one', 'two']);
    await again.stop();
  });

  it('over HTTPS to an HTTP server is reported, and nothing is sent unencrypted', async () => {
    const plain = await LocalServer.start((_, response) => void response.end());
    const chain = new Chain(await start());
    chain.connect(plain.origin.replace('http:', 'https:'));
    await chain.store.open('test');
    assert.equal(chain.failure.error.kind, 'network');
    assert.match(
      chain.failure.message,
      /secure connection to .* \([A-Z_]+\)\. Check the base URL and proxy settings\./,
    );
    assert.deepEqual(plain.seen, [], 'nothing was sent unencrypted');
    await plain.stop();
  });

  it('that was kept alive and closed by the server is replaced without reporting an error', async () => {
    const server = await start();
    const chain = new Chain(server);
    server.serve = good;
    await chain.store.open('test');
    let resets = 0;
    server.serve = (socket, request) => {
      if (resets === 0) socket.resetAndDestroy();
      else good(socket, request);
      resets += 1;
    };
    await chain.store.loadMore('test');
    assert.equal(chain.list.state.kind, 'ready');
    assert.deepEqual(chain.ids, ['one', 'two']);
    assert.equal(server.seen.length, 3);
    assert.ok(server.seen.every(({ headers }) => headers['authorization'] === `Bearer ${canary}`));
  });

  it('stops reading a body that is too large', async () => {
    const server = await start();
    const chain = new Chain(server);
    let sent = 0;
    server.serve = (socket, request) => {
      socket.on('close', () => (sent = socket.bytesWritten));
      flood(300 * 1024 * 1024)(socket, request);
    };
    await chain.store.open('test');
    assert.equal(chain.failure.error.unexpected, 'tooLarge');
    await server.stop();
    assert.ok(sent < 100 * 1024 * 1024, `${sent} bytes`);
  });
});
