import assert from 'node:assert/strict';
import dns from 'node:dns';
import { gzipSync } from 'node:zlib';
import { LocalServer } from '../core/api/support/localServer';
import { Chain, canary, good, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { answer, bytes, bytesAndEnd, headOf, RawServer, type Serve } from './support/rawServer';

const json = { 'content-type': 'application/json' };
const gzip = { ...json, 'content-encoding': 'gzip' };
const page = JSON.stringify({ data: [{ id: 'never' }], current_page: 1, last_page: 1, filler: 'x'.repeat(500) });
const packed = gzipSync(page);
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

const silence = /took too long to respond while loading test conversations/;
const unreachable = /^Couldn't reach 127\.0\.0\.1:\d+/;
const brokeOff = /Couldn't reach|was cut off or isn't valid JSON/;

/** A body that goes on and on, as fast as it is taken. */
function flood(total: number): Serve {
  return (socket) => {
    socket.write(headOf(200, { ...json, 'content-length': String(total) }));
    const part = Buffer.alloc(1024 * 1024, ' ');
    const pour = (): void => {
      while (!socket.destroyed && socket.bytesWritten < total && socket.write(part));
      if (!socket.destroyed && socket.bytesWritten < total) socket.once('drain', pour);
    };
    pour();
  };
}

const network = { kind: 'network', attempts: 3 } as const;
const timeout = { kind: 'timeout', attempts: 2, timeoutMs: 40, says: silence } as const;

const faults: readonly Fault[] = [
  {
    name: 'a reset before the answer',
    ...network,
    serve: (socket) => socket.resetAndDestroy(),
    says: unreachable,
    code: /ECONNRESET/,
  },
  {
    name: 'a connection closed without an answer',
    ...network,
    serve: bytesAndEnd(),
    says: unreachable,
    code: /ECONNRESET/,
  },
  {
    name: 'a reset within the body',
    ...network,
    serve: (socket) =>
      socket.write(`${headOf(200, { ...json, 'content-length': '500' })}{"data": [`, () => socket.resetAndDestroy()),
    says: unreachable,
  },
  { name: 'what is no HTTP', ...network, serve: bytesAndEnd('SSH-2.0-nonsense\r\n'), says: unreachable, code: /HPE_/ },
  { name: 'a server that takes the request and says nothing', ...timeout, serve: bytes() },
  { name: 'a server that stops within the headers', ...timeout, serve: bytes('HTTP/1.1 200 OK\r\nContent-Ty') },
  {
    name: 'a server that stops within the body',
    ...timeout,
    serve: bytes(headOf(200, { ...json, 'content-length': '500' }), '{"data": ['),
  },
  {
    name: 'a Content-Length that promises more than comes, and no end',
    ...timeout,
    serve: bytes(headOf(200, { ...json, 'content-length': '5000' }), page),
  },
  {
    name: 'a Content-Length that promises more than comes',
    ...network,
    serve: bytesAndEnd(headOf(200, { ...json, 'content-length': '5000' }), page),
    says: brokeOff,
  },
  {
    name: 'a Content-Length that cuts the body short',
    kind: 'unexpected',
    answer: 'notJson',
    attempts: 1,
    serve: bytesAndEnd(headOf(200, { ...json, 'content-length': '20', connection: 'close' }), page),
    says: /was cut off or isn't valid JSON/,
  },
  {
    name: 'a chunk that never ends',
    ...timeout,
    serve: bytes(headOf(200, { ...json, 'transfer-encoding': 'chunked' }), chunk(page.slice(0, 50)), 'ff\r\n{'),
  },
  {
    name: 'chunks without the last one',
    ...network,
    serve: bytesAndEnd(headOf(200, { ...json, 'transfer-encoding': 'chunked' }), chunk(page.slice(0, 50))),
    says: brokeOff,
  },
  {
    name: 'a chunk of no size',
    ...network,
    serve: bytesAndEnd(headOf(200, { ...json, 'transfer-encoding': 'chunked' }), 'zz\r\n{}\r\n'),
    says: unreachable,
  },
  {
    name: 'a gzip that breaks off',
    kind: 'unexpected',
    answer: 'notJson',
    attempts: 1,
    serve: answer({ headers: gzip, body: packed.subarray(0, packed.length - 20) }),
    says: brokeOff,
  },
  { name: 'a gzip that is none', ...network, serve: answer({ headers: gzip, body: 'plain text' }), says: brokeOff },
  {
    name: 'a gzip with a wrong checksum',
    ...network,
    serve: answer({ headers: gzip, body: Buffer.concat([packed.subarray(0, packed.length - 8), Buffer.alloc(8, 7)]) }),
    says: brokeOff,
  },
  {
    name: 'a gzip bomb',
    kind: 'unexpected',
    answer: 'tooLarge',
    attempts: 1,
    serve: answer({ headers: gzip, body: gzipSync(Buffer.alloc(100 * 1024 * 1024)) }),
    says: /was too large \(loading test conversations\)/,
  },
  {
    name: 'a body of 300 MB',
    kind: 'unexpected',
    answer: 'tooLarge',
    attempts: 1,
    serve: flood(300 * 1024 * 1024),
    says: /was too large/,
  },
];

describe('A connection that fails', () => {
  testFaults(faults);
  const start = useServers();

  for (const code of ['ENOTFOUND', 'EAI_AGAIN'] as const) {
    it(`a name that can't be looked up: ${code}`, async () => {
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
        assert.equal(chain.failure.words, `Couldn't reach call.nowhere.invalid (${code}).`);
        assert.equal(lookups, 3);
      } finally {
        dns.lookup = lookup;
      }
    });
  }

  it('a refused connection', async () => {
    const server = await start();
    const chain = new Chain(server);
    server.serve = good;
    await chain.store.open('test');
    await server.stop();
    await chain.store.loadMore('test');
    assert.deepEqual([chain.failure.error.kind, chain.failure.error.code], ['network', 'ECONNREFUSED']);
    assert.match(chain.failure.words, /refused the connection \(ECONNREFUSED\)\. Is the server running/);
    assert.deepEqual(chain.ids, ['one']);
    const again = await RawServer.start(server.port);
    again.serve = good;
    await chain.store.retry('test');
    assert.deepEqual(chain.ids, ['one', 'two']);
    await again.stop();
  });

  it('HTTPS asked of a server that speaks none', async () => {
    const plain = await LocalServer.start((_, response) => void response.end());
    const chain = new Chain(await start());
    chain.connect(plain.origin.replace('http:', 'https:'));
    await chain.store.open('test');
    assert.equal(chain.failure.error.kind, 'network');
    assert.match(chain.failure.words, /secure connection to .* \([A-Z_]+\)\. Check the base URL and proxy settings\./);
    assert.deepEqual(plain.seen, [], 'nothing was sent in the clear');
    await plain.stop();
  });

  it('a kept connection that the server has closed meanwhile: replaced at once, and nobody hears of it', async () => {
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

  it('takes no more of a body that is too large than it may', async () => {
    const server = await start();
    const chain = new Chain(server);
    let sent = 0;
    server.serve = (socket, request) => {
      socket.on('close', () => (sent = socket.bytesWritten));
      flood(300 * 1024 * 1024)(socket, request);
    };
    await chain.store.open('test');
    assert.equal(chain.failure.error.answer, 'tooLarge');
    await server.stop();
    assert.ok(sent < 100 * 1024 * 1024, `${sent} bytes`);
  });
});
