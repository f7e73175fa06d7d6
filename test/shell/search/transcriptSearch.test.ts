import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError, type ApiErrorKind } from '../../../src/core/api/errors';
import type { Conversation } from '../../../src/core/model/conversation';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptCache } from '../../../src/core/store/transcriptCache';
import { compileQuery } from '../../../src/core/view/transcriptSearch/query';
import { unsearched } from '../../../src/shell/search/state';
import { TranscriptSearch, type SearchRequest } from '../../../src/shell/search/transcriptSearch';
import { transcript, turn } from '../../media/conversations';
import { eventually } from '../../support/host/eventually';

interface Asked {
  readonly id: string;
  readonly signal: AbortSignal;
  answer(text: string): void;
  fail(kind: ApiErrorKind): void;
}

/** A search over rows of these ids, and an API whose answers come when the test says so. */
function searchOf(ids: string[]) {
  const asked: Asked[] = [];
  const origin = 'https://call.example';
  const getTranscript = (id: string, { signal }: RequestOptions): Promise<Transcript> =>
    new Promise((resolve, reject) => {
      const fail = (kind: ApiErrorKind): void => reject(new ApiError({ kind, origin }));
      asked.push({ id, signal, fail, answer: (text) => resolve(transcript([turn('user', text)])) });
      signal.addEventListener('abort', () => fail('cancelled'));
    });
  const api = { origin, getTranscript } as unknown as ConversationsApi;
  const cache = new TranscriptCache();
  const rows = (): Conversation[] => ids.map((id) => ({ id, updatedAt: 'then' }) as Conversation);
  const search = new TranscriptSearch({ cache, rows });
  const found = (): string[] => search.state?.found.map(({ row }) => row.id) ?? [];
  return { api, asked, cache, search, found };
}

function request(text: string, isRegex = false): SearchRequest {
  const query = { text, isRegex };
  const compiled = compileQuery(query);
  assert.ok(compiled.ok);
  return { query, find: compiled.find };
}

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe('the search in transcripts', () => {
  it('asks for four at a time, and has the newest first whatever comes first', async () => {
    const { api, asked, search, found } = searchOf(['a', 'b', 'c', 'd', 'e', 'f']);
    const searching = search.start(api, request('x'));
    assert.deepEqual(
      asked.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    asked[2]?.answer('x');
    await turnOfTheLoop();
    assert.deepEqual(
      asked.map(({ id }) => id),
      ['a', 'b', 'c', 'd', 'e'],
    );
    assert.deepEqual([found(), search.state?.running, search.state?.searched.size], [['c'], true, 1]);
    for (const each of asked) each.answer('x');
    await turnOfTheLoop();
    asked[5]?.answer('nothing');
    await searching;
    assert.deepEqual([found(), search.state?.running, search.state?.matches], [['a', 'b', 'c', 'd', 'e'], false, 5]);
  });

  it('keeps one list of what was found, however much is', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `c${index}`);
    const { api, asked, search, found } = searchOf(ids);
    const lists = new Set<unknown>();
    search.onDidChange(() => lists.add(search.state?.found));
    const searching = search.start(api, request('x'));
    for (let answered = 0; answered < ids.length; answered += 1) {
      await eventually(() => assert.ok(asked[answered] !== undefined));
      asked[answered]?.answer('x');
    }
    await searching;
    assert.deepEqual(found(), ids);
    assert.equal(lists.size, 1);
  });

  it('keeps one list of what failed, however much does', async () => {
    const { api, asked, search } = searchOf(Array.from({ length: 50 }, (_, index) => `c${index}`));
    const searching = search.start(api, request('x'));
    const lists = new Set<unknown>();
    search.onDidChange(() => lists.add(search.state?.failures));
    for (let answered = 0; answered < 50; answered += 1) {
      asked[answered]?.fail('server');
      await turnOfTheLoop();
    }
    await searching;
    assert.deepEqual([lists.size, search.state?.failures.length], [1, 50]);
  });

  it('asks for nothing twice that has not changed', async () => {
    const { api, asked, search, found } = searchOf(['a', 'b']);
    const first = search.start(api, request('x'));
    for (const each of asked) each.answer('x y');
    await first;
    await search.start(api, request('y'));
    assert.deepEqual([asked.length, found()], [2, ['a', 'b']]);
  });

  it('keeps what was found when it is stopped, aborts what is asked for, and goes on with the rest', async () => {
    const { api, asked, search, found } = searchOf(['a', 'b']);
    const searching = search.start(api, request('x'));
    asked[1]?.answer('x');
    await turnOfTheLoop();
    search.stop();
    await searching;
    assert.equal(asked[0]?.signal.aborted, true);
    const { state } = search;
    assert.deepEqual([found(), state?.running, state?.stop, state && unsearched(state)], [['b'], false, 'asked', 1]);
    const again = search.goOn(api);
    assert.deepEqual(
      asked.map(({ id }) => id),
      ['a', 'b', 'a'],
    );
    asked[2]?.answer('x');
    await again;
    assert.deepEqual(
      [found(), search.state?.stop, search.state && unsearched(search.state)],
      [['a', 'b'], undefined, 0],
    );
  });

  it('goes on after one that failed, and stops where all would', async () => {
    const { api, asked, search } = searchOf(['a', 'b', 'c', 'd', 'e', 'f']);
    const searching = search.start(api, request('x'));
    asked[0]?.fail('notFound');
    await turnOfTheLoop();
    assert.deepEqual([search.state?.failures.length, search.state?.running], [1, true]);
    asked[1]?.fail('unauthorized');
    await searching;
    assert.deepEqual([asked.length, search.state?.stop, search.state?.failures.length], [5, 'failed', 2]);
  });

  it('keeps and tells nothing of an answer that comes after it was cleared', async () => {
    const { api, asked, cache, search } = searchOf(['a']);
    const searching = search.start(api, request('x'));
    search.clear();
    asked[0]?.answer('x');
    await searching;
    assert.deepEqual([search.state, cache.get({ id: 'a', updatedAt: 'then' })], [undefined, undefined]);
  });

  it('gives up an expression that takes too long for one after the other', async () => {
    const { api, asked, search } = searchOf(['a', 'b', 'c', 'd', 'e']);
    const searching = search.start(api, request('(a+)+$', true));
    for (const each of asked) each.answer(`${'a'.repeat(60)}!`);
    await searching;
    assert.deepEqual(
      [search.state?.stop, search.state?.failures.map(({ why }) => why)],
      ['tooSlow', ['tooSlow', 'tooSlow', 'tooSlow']],
    );
  }).timeout(20_000);

  it('ends the one before when another begins', async () => {
    const { api, asked, search, found } = searchOf(['a']);
    const first = search.start(api, request('x'));
    const second = search.start(api, request('y'));
    await first;
    asked[1]?.answer('x y');
    await second;
    assert.deepEqual([search.state?.query.text, found(), search.state?.matches], ['y', ['a'], 1]);
  });
});
