import assert from 'node:assert/strict';
import type { ApiError } from '../../src/core/api/errors';
import { ExportRun, type ExportProgress } from '../../src/core/export/exportText';
import type { Serializer } from '../../src/core/export/format';
import { RowWalk } from '../../src/core/store/rowWalk';
import { formatRateLimitWait } from '../../src/shell/format/network';
import { ImpatientClock } from '../core/api/support/client';
import { ManualClock, settle } from '../core/util/manualClock';
import { Chain, good, row, useServers, describeError } from './support/chain';
import { respondWith, type RawResponse, type RawServer } from './support/rawServer';

const maintenance = (retryAfter: string, change: RawResponse = {}): RawResponse => ({
  status: 503,
  body: { message: 'Service Unavailable' },
  ...change,
  headers: { 'content-type': 'application/json', 'retry-after': retryAfter, ...change.headers },
});
const waitUntil = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await settle();
};

describe('a server in maintenance', () => {
  const start = useServers();

  const kinds: readonly (readonly [what: string, reply: RawResponse, seconds: number])[] = [
    ['in seconds', maintenance('60'), 60],
    [
      'as a date',
      maintenance('Mon, 23 Nov 2026 10:00:45 GMT', { headers: { date: 'Mon, 23 Nov 2026 10:00:00 GMT' } }),
      45,
    ],
    [
      'with a web page',
      maintenance('20', { headers: { 'content-type': 'text/html' }, body: '<html>Be right back' }),
      20,
    ],
    ['through a gateway', maintenance('30', { status: 502 }), 30],
  ];
  for (const [what, reply, seconds] of kinds) {
    it(`is retried after the time it names: ${what}`, async () => {
      const server = await start();
      const clock = new ImpatientClock();
      const chain = new Chain(server, { clock });
      let failuresLeft = 2;
      server.serve = (socket, request) => {
        failuresLeft -= 1;
        if (failuresLeft >= 0) respondWith(reply)(socket, request);
        else good(socket, request);
      };
      await chain.store.open('test');
      assert.deepEqual([chain.ids, server.seen.length], [['one'], 3]);
      assert.equal(Math.round(clock.waits.reduce((sum, ms) => sum + ms, 0) / 1000), 2 * seconds);
    });
  }

  async function openDuringMaintenance(): Promise<{ server: RawServer; chain: Chain; opening: Promise<void> }> {
    const server = await start();
    const chain = new Chain(server, { clock: new ManualClock() });
    server.serve = respondWith(maintenance('60'));
    const opening = chain.store.open('test');
    await waitUntil(() => chain.api?.rateLimitWait !== undefined);
    return { server, chain, opening };
  }

  it('is shown as the cause of the wait, and the wait can be canceled', async () => {
    const { server, chain, opening } = await openDuringMaintenance();
    const wait = chain.api?.rateLimitWait;
    assert.ok(wait);
    assert.deepEqual([wait.cause, wait.until], ['unavailable', Date.UTC(2026, 10, 23) + 60_000]);
    assert.match(formatRateLimitWait(wait), /^Server unavailable, resuming at \d\d:\d\d:\d\d$/);
    const second = chain.api
      ?.listConversations({}, { pageSize: 1 }, { signal: new AbortController().signal })
      .catch((error: unknown) => error as ApiError);
    chain.api?.cancelRateLimitWait();
    await opening;
    const message =
      /^Couldn't load test conversations\. The server is unavailable \(503\) and asks to wait until \d\d:\d\d:\d\d\.$/;
    assert.match(chain.failure.message, message);
    const unsent = (await second) as ApiError;
    assert.deepEqual([unsent.kind, unsent.unsent], ['server', true]);
    assert.match(describeError(unsent), message);
    assert.equal(server.seen.length, 1);
  });

  it('for an hour fails immediately, with an error that names the time', async () => {
    const server = await start();
    const chain = new Chain(server);
    server.serve = respondWith(maintenance('3600'));
    await chain.store.open('test');
    assert.match(chain.failure.message, /\(503\) and asks to wait until \d\d:\d\d:\d\d\.$/);
    assert.equal(server.seen.length, 1);
  });

  it('that never recovers fails after three visible requests, or after ten minutes in the background', async () => {
    const server = await start();
    const clock = new ImpatientClock();
    const chain = new Chain(server, { clock });
    server.serve = respondWith(maintenance('60'));
    await chain.store.open('test');
    assert.equal(chain.failure.error.kind, 'server');
    assert.equal(server.seen.length, 3);
    const background = chain.api?.getTranscript('one', {
      signal: new AbortController().signal,
      priority: 'background',
    });
    await assert.rejects(background ?? Promise.resolve(), { kind: 'server', status: 503 });
    assert.equal(server.seen.length, 3 + 11);
  });

  /** Exports 37 conversations with transcripts; the 11th to 19th transcript requests get `reply`. */
  async function runExport(
    reply: RawResponse,
    choice: 'keep' | 'discard' = 'discard',
  ): Promise<{ readonly result: ExportProgress; readonly questions: readonly ApiError[] }> {
    const server = await start();
    const { api } = new Chain(server);
    assert.ok(api);
    let transcripts = 0;
    server.serve = (socket, request) => {
      if (request.url.includes('/user/conversations')) {
        return respondWith({
          body: {
            data: Array.from({ length: 37 }, (_, index) => row(`r${index}`)),
            current_page: 1,
            last_page: 1,
            per_page: 100,
            total: 37,
          },
        })(socket, request);
      }
      transcripts += 1;
      return respondWith(transcripts > 10 && transcripts < 20 ? reply : { body: { status: true, history: [] } })(
        socket,
        request,
      );
    };
    const questions: ApiError[] = [];
    const { signal } = new AbortController();
    const serializer: Serializer = { begin: () => '', add: () => '', end: () => '' };
    const run = new ExportRun({
      about: { exportedAt: '', source: '', covers: 'filter', filter: '', transcripts: true, masked: [] },
      serializer,
      api,
      signal,
      askUser: (error) => {
        questions.push(error);
        return Promise.resolve(choice);
      },
      formatMissingReason: ({ message }) => message,
      createSummary: ({ conversations }) => ({ conversations }) as never,
      onProgress: () => undefined,
    });
    async function* sources(): AsyncGenerator<{ id: string; conversation: undefined }> {
      const walk = new RowWalk(api as NonNullable<typeof api>, {});
      for await (const { id } of walk.rows({ signal, onFailure: (error) => Promise.reject(error) }))
        yield { id, conversation: undefined };
    }
    for await (const piece of run.text(sources())) assert.equal(piece, '');
    return { result: run.result, questions };
  }

  it('during an export causes no missing transcript', async () => {
    assert.deepEqual(await runExport(maintenance('60')), {
      result: { conversations: 37, transcriptsMissed: 0, stoppedBy: undefined },
      questions: [],
    });
  });

  it('for an hour makes an export ask the user, like a lost connection', async () => {
    const { result, questions } = await runExport(maintenance('3600'), 'keep');
    assert.equal(questions.length, 1);
    assert.equal(result.stoppedBy?.status, 503);
    assert.ok(result.conversations >= 9 && result.conversations < 37);
  });

  it('is handled like a rate limit during an export', async () => {
    assert.equal(
      (await runExport({ status: 429, headers: { 'retry-after': '60' }, body: {} })).result.transcriptsMissed,
      0,
    );
  });
});
