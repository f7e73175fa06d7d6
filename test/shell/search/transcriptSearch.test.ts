import assert from 'node:assert/strict';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { compileQuery } from '../../../src/core/view/transcriptSearch';
import { countUnsearched } from '../../../src/shell/search/state';
import { TranscriptSearch, type SearchRequest } from '../../../src/shell/search/transcriptSearch';
import { transcript, turn } from '../../media/conversations';
import { eventually } from '../../support/workbench/eventually';

interface PendingRequest {
  readonly id: string;
  readonly signal: AbortSignal;
  respond(text: string): void;
  fail(kind: ApiErrorKind): void;
}

/** A search in conversations with these IDs, and an API whose responses the test releases. */
function createSearch(ids: string[]) {
  const requests: PendingRequest[] = [];
  const origin = 'https://call.example';
  const getTranscript = (id: string, { signal }: RequestOptions): Promise<Transcript> =>
    new Promise((resolve, reject) => {
      const fail = (kind: ApiErrorKind): void => reject(new ApiError({ kind, origin }));
      requests.push({ id, signal, fail, respond: (text) => resolve(transcript([turn('user', text)])) });
      signal.addEventListener('abort', () => fail('cancelled'));
    });
  const api = { origin, getTranscript } as unknown as ConversationsApi;
  const transcripts = new TranscriptLoader();
  const { cache } = transcripts;
  const rows = (): Conversation[] => ids.map((id) => ({ id, updatedAt: 'then' }) as Conversation);
  const search = new TranscriptSearch({ transcripts, rows });
  const foundIds = (): string[] => search.state?.found.map(({ row }) => row.id) ?? [];
  return { api, requests, cache, search, foundIds };
}

function parseRequest(text: string, isRegex = false): SearchRequest {
  const query = { text, isRegex };
  const compiled = compileQuery(query);
  assert.ok(compiled.ok);
  return { query, find: compiled.find };
}

const flushPromises = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('transcript search', () => {
  it('requests four transcripts at a time, and lists the newest first regardless of their order of arrival', async () => {
    const { api, requests, search, foundIds } = createSearch(['a', 'b', 'c', 'd', 'e', 'f']);
    const searching = search.start(api, parseRequest('x'));
    assert.deepEqual(
      requests.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    requests[2]?.respond('x');
    await flushPromises();
    assert.deepEqual(
      requests.map(({ id }) => id),
      ['a', 'b', 'c', 'd', 'e'],
    );
    assert.deepEqual([foundIds(), search.state?.isRunning, search.state?.searched.size], [['c'], true, 1]);
    for (const each of requests) each.respond('x');
    await flushPromises();
    requests[5]?.respond('nothing');
    await searching;
    assert.deepEqual(
      [foundIds(), search.state?.isRunning, search.state?.matches],
      [['a', 'b', 'c', 'd', 'e'], false, 5],
    );
  });

  it('adds all results to the same list', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `c${index}`);
    const { api, requests, search, foundIds } = createSearch(ids);
    const lists = new Set<unknown>();
    search.onDidChange(() => lists.add(search.state?.found));
    const searching = search.start(api, parseRequest('x'));
    for (let answered = 0; answered < ids.length; answered += 1) {
      await eventually(() => assert.ok(requests[answered] !== undefined));
      requests[answered]?.respond('x');
    }
    await searching;
    assert.deepEqual(foundIds(), ids);
    assert.equal(lists.size, 1);
  });

  it('adds all failures to the same list', async () => {
    const { api, requests, search } = createSearch(Array.from({ length: 50 }, (_, index) => `c${index}`));
    const searching = search.start(api, parseRequest('x'));
    const lists = new Set<unknown>();
    search.onDidChange(() => lists.add(search.state?.failures));
    for (let answered = 0; answered < 50; answered += 1) {
      requests[answered]?.fail('server');
      await flushPromises();
    }
    await searching;
    assert.deepEqual([lists.size, search.state?.failures.length], [1, 50]);
  });

  it('requests an unchanged transcript only once', async () => {
    const { api, requests, search, foundIds } = createSearch(['a', 'b']);
    const first = search.start(api, parseRequest('x'));
    for (const each of requests) each.respond('x y');
    await first;
    await search.start(api, parseRequest('y'));
    assert.deepEqual([requests.length, foundIds()], [2, ['a', 'b']]);
  });

  it('keeps its results when it is stopped, aborts its requests, and can be resumed', async () => {
    const { api, requests, search, foundIds } = createSearch(['a', 'b']);
    const searching = search.start(api, parseRequest('x'));
    requests[1]?.respond('x');
    await flushPromises();
    search.stop();
    await searching;
    assert.equal(requests[0]?.signal.aborted, true);
    const { state } = search;
    assert.deepEqual(
      [foundIds(), state?.isRunning, state?.stop, state && countUnsearched(state)],
      [['b'], false, 'user', 1],
    );
    const again = search.resume(api);
    assert.deepEqual(
      requests.map(({ id }) => id),
      ['a', 'b', 'a'],
    );
    requests[2]?.respond('x');
    await again;
    assert.deepEqual(
      [foundIds(), search.state?.stop, search.state && countUnsearched(search.state)],
      [['a', 'b'], undefined, 0],
    );
  });

  it('continues after a single failure, and stops if every request would fail', async () => {
    const { api, requests, search } = createSearch(['a', 'b', 'c', 'd', 'e', 'f']);
    const searching = search.start(api, parseRequest('x'));
    requests[0]?.fail('notFound');
    await flushPromises();
    assert.deepEqual([search.state?.failures.length, search.state?.isRunning], [1, true]);
    requests[1]?.fail('unauthorized');
    await searching;
    assert.deepEqual([requests.length, search.state?.stop, search.state?.failures.length], [5, 'failed', 2]);
  });

  it('ignores a response that arrives after it was cleared', async () => {
    const { api, requests, cache, search } = createSearch(['a']);
    const searching = search.start(api, parseRequest('x'));
    search.clear();
    requests[0]?.respond('x');
    await searching;
    assert.deepEqual([search.state, cache.get({ id: 'a', updatedAt: 'then' })], [undefined, undefined]);
  });

  it('stops if an expression takes too long in several transcripts', async () => {
    const { api, requests, search } = createSearch(['a', 'b', 'c', 'd', 'e']);
    const searching = search.start(api, parseRequest('(a+)+$', true));
    for (const each of requests) each.respond(`${'a'.repeat(60)}!`);
    await searching;
    assert.deepEqual(
      [search.state?.stop, search.state?.failures.map(({ reason }) => reason)],
      ['tooSlow', ['tooSlow', 'tooSlow', 'tooSlow']],
    );
  }).timeout(20_000);

  it('cancels the previous search when a new one starts', async () => {
    const { api, requests, search, foundIds } = createSearch(['a']);
    const first = search.start(api, parseRequest('x'));
    const second = search.start(api, parseRequest('y'));
    await first;
    requests[1]?.respond('x y');
    await second;
    assert.deepEqual([search.state?.query.text, foundIds(), search.state?.matches], ['y', ['a'], 1]);
  });
});
