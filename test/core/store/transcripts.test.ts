import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import { ApiError, isCancelled } from '../../../src/core/api/errors';
import type { Transcript } from '../../../src/core/model/transcript';
import { TranscriptLoader } from '../../../src/core/store/transcripts';
import { transcript, turn } from '../../media/conversations';

interface Request {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly answer: (transcript: Transcript) => void;
  readonly fail: (error: ApiError) => void;
}

/** An API whose answers come when the test says so. */
function heldApi(): { api: ConversationsApi; requests: Request[] } {
  const requests: Request[] = [];
  const getTranscript = (id: string, { signal }: RequestOptions): Promise<Transcript> =>
    new Promise((answer, fail) => requests.push({ id, signal, answer, fail }));
  const api = { origin: 'https://call.example', getTranscript } as unknown as ConversationsApi;
  return { api, requests };
}

const never = new AbortController().signal;
const said = (text: string): Transcript => transcript([turn('user', text)]);

describe('reading transcripts', () => {
  it('asks once for those who ask at the same time, and again for who asks later', async () => {
    const { api, requests } = heldApi();
    const loader = new TranscriptLoader();
    const both = Promise.all([loader.load(api, 'a', never), loader.load(api, 'a', never)]);
    assert.equal(requests.length, 1);
    const answer = said('hello');
    requests[0]?.answer(answer);
    assert.deepEqual(await both, [answer, answer]);
    const later = loader.load(api, 'a', never);
    assert.equal(requests.length, 2);
    requests[1]?.answer(said('more'));
    assert.equal((await later).turns[0]?.content, 'more');
  });

  it('asks apart for other ids and other accounts', () => {
    const [one, other] = [heldApi(), heldApi()];
    const loader = new TranscriptLoader();
    void loader.load(one.api, 'a', never);
    void loader.load(one.api, 'b', never);
    void loader.load(other.api, 'a', never);
    assert.deepEqual(
      one.requests.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.deepEqual(
      other.requests.map(({ id }) => id),
      ['a'],
    );
  });

  it('goes on for who still waits, and is aborted when nobody does', async () => {
    const { api, requests } = heldApi();
    const loader = new TranscriptLoader();
    const [first, second] = [new AbortController(), new AbortController()];
    const left = loader.load(api, 'a', first.signal);
    const stayed = loader.load(api, 'a', second.signal);
    first.abort();
    await assert.rejects(left, isCancelled);
    assert.equal(requests[0]?.signal.aborted, false);
    second.abort();
    await assert.rejects(stayed, isCancelled);
    assert.equal(requests[0]?.signal.aborted, true);
  });

  it('does not join a request that was given up', () => {
    const { api, requests } = heldApi();
    const loader = new TranscriptLoader();
    const abort = new AbortController();
    loader.load(api, 'a', abort.signal).catch(() => undefined);
    abort.abort();
    void loader.load(api, 'a', never);
    assert.equal(requests.length, 2);
    assert.equal(requests[1]?.signal.aborted, false);
  });

  it('tells a failure to all who wait, and forgets it', async () => {
    const { api, requests } = heldApi();
    const loader = new TranscriptLoader();
    const error = new ApiError({ kind: 'notFound', origin: api.origin, status: 404 });
    const both = [loader.load(api, 'a', never), loader.load(api, 'a', never)];
    requests[0]?.fail(error);
    for (const each of both) await assert.rejects(each, error);
    void loader.load(api, 'a', never);
    assert.equal(requests.length, 2);
  });

  it('asks nothing for who has left already', async () => {
    const { api, requests } = heldApi();
    await assert.rejects(new TranscriptLoader().load(api, 'a', AbortSignal.abort()), isCancelled);
    assert.equal(requests.length, 0);
  });
});
