import assert from 'node:assert/strict';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError, isCanceled } from '../../../src/core/api/errors';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { transcript, turn } from '../../media/conversations';

interface Request {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly answer: (transcript: Transcript) => void;
  readonly fail: (error: ApiError) => void;
}

/** Returns an API whose responses the test controls. */
function createHeldApi(): { api: ConversationsApi; requests: Request[] } {
  const requests: Request[] = [];
  const getTranscript = (id: string, { signal }: RequestOptions): Promise<Transcript> =>
    new Promise((answer, fail) => requests.push({ id, signal, answer, fail }));
  const api = { origin: 'https://call.example', getTranscript } as unknown as ConversationsApi;
  return { api, requests };
}

const noAbort = new AbortController().signal;
const transcriptWith = (text: string): Transcript => transcript([turn('user', text)]);

describe('TranscriptLoader', () => {
  it('sends one request for concurrent callers and another for a later caller', async () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    const both = Promise.all([loader.load(api, 'a', noAbort), loader.load(api, 'a', noAbort)]);
    assert.equal(requests.length, 1);
    const answer = transcriptWith('hello');
    requests[0]?.answer(answer);
    assert.deepEqual(await both, [answer, answer]);
    const later = loader.load(api, 'a', noAbort);
    assert.equal(requests.length, 2);
    requests[1]?.answer(transcriptWith('more'));
    assert.equal((await later).turns[0]?.content, 'more');
  });

  it('sends separate requests for other IDs and accounts', () => {
    const [one, other] = [createHeldApi(), createHeldApi()];
    const loader = new TranscriptLoader();
    void loader.load(one.api, 'a', noAbort);
    void loader.load(one.api, 'b', noAbort);
    void loader.load(other.api, 'a', noAbort);
    assert.deepEqual(
      one.requests.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.deepEqual(
      other.requests.map(({ id }) => id),
      ['a'],
    );
  });

  it('continues while one caller waits and is aborted when none does', async () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    const [first, second] = [new AbortController(), new AbortController()];
    const canceledLoad = loader.load(api, 'a', first.signal);
    const remainingLoad = loader.load(api, 'a', second.signal);
    first.abort();
    await assert.rejects(canceledLoad, isCanceled);
    assert.equal(requests[0]?.signal.aborted, false);
    second.abort();
    await assert.rejects(remainingLoad, isCanceled);
    assert.equal(requests[0]?.signal.aborted, true);
  });

  it("doesn't share a request that was aborted", () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    const abort = new AbortController();
    loader.load(api, 'a', abort.signal).catch(() => undefined);
    abort.abort();
    void loader.load(api, 'a', noAbort);
    assert.equal(requests.length, 2);
    assert.equal(requests[1]?.signal.aborted, false);
  });

  it("rejects all callers on failure and doesn't cache the failure", async () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    const error = new ApiError({ kind: 'notFound', origin: api.origin, status: 404 });
    const both = [loader.load(api, 'a', noAbort), loader.load(api, 'a', noAbort)];
    requests[0]?.fail(error);
    for (const each of both) await assert.rejects(each, error);
    void loader.load(api, 'a', noAbort);
    assert.equal(requests.length, 2);
  });

  it("doesn't let a visible call wait for a background request", async () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    const background = loader.load(api, 'a', noAbort, 'background');
    const visible = loader.load(api, 'a', noAbort);
    const later = loader.load(api, 'a', noAbort, 'background');
    assert.equal(requests.length, 2);
    requests[1]?.answer(transcriptWith('new'));
    assert.deepEqual([await visible, await later], [transcriptWith('new'), transcriptWith('new')]);
    requests[0]?.answer(transcriptWith('old'));
    assert.deepEqual(await background, transcriptWith('old'));
  });

  it('reports each response with the version that the row had before the request', async () => {
    const { api, requests } = createHeldApi();
    let updatedAt: string | undefined = 'before';
    const loader = new TranscriptLoader(() => updatedAt);
    const loaded: unknown[] = [];
    loader.onDidLoad(({ key, transcript: { turns } }) => loaded.push([key, turns[0]?.content]));
    const both = Promise.all([loader.load(api, 'a', noAbort), loader.load(api, 'a', noAbort)]);
    updatedAt = 'after';
    requests[0]?.answer(transcriptWith('one'));
    await both;
    updatedAt = undefined;
    const last = loader.load(api, 'b', noAbort);
    requests[1]?.answer(transcriptWith('two'));
    await last;
    assert.deepEqual(loaded, [
      [{ id: 'a', updatedAt: 'before' }, 'one'],
      [{ id: 'b', updatedAt: '' }, 'two'],
    ]);
  });

  it('loads a version of a transcript once, and reports it once', async () => {
    const { api, requests } = createHeldApi();
    const loader = new TranscriptLoader();
    let reports = 0;
    loader.onDidLoad(() => (reports += 1));
    const row = { id: 'a', updatedAt: '1' };
    const first = loader.loadCached(api, row, noAbort);
    requests[0]?.answer(transcriptWith('hello'));
    assert.equal((await loader.loadCached(api, row, noAbort)).turns, (await first).turns);
    assert.deepEqual([requests.length, reports], [1, 1]);
    loader.loadCached(api, { id: 'a', updatedAt: '2' }, noAbort).catch(() => undefined);
    assert.equal(requests.length, 2);
  });

  it('sends nothing if the signal is already aborted', async () => {
    const { api, requests } = createHeldApi();
    await assert.rejects(new TranscriptLoader().load(api, 'a', AbortSignal.abort()), isCanceled);
    assert.equal(requests.length, 0);
  });
});
