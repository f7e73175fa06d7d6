import assert from 'node:assert/strict';
import { ApiError } from '../../../src/core/api/errors';
import type { PollOutcome } from '../../../src/core/store/snapshot';
import { pollOnce, type PollSources } from '../../../src/shell/follow/follow';

describe('a poll of the followed lists and transcripts', () => {
  const { signal } = new AbortController();
  const read: PollOutcome = { kind: 'read' };
  const failed: PollOutcome = {
    kind: 'failed',
    error: new ApiError({ kind: 'server', origin: 'https://call.example' }),
  };
  const requestedLists: string[] = [];
  const parts = (list: string | undefined, ofList: PollOutcome, ...ofTranscripts: PollOutcome[]): PollSources => ({
    list,
    pollList: (key) => {
      requestedLists.push(key);
      return Promise.resolve(ofList);
    },
    pollTranscripts: () => Promise.resolve(ofTranscripts),
  });

  it('reports the failure of its list, else of a transcript', async () => {
    assert.equal(await pollOnce(parts('test', read, read), signal), undefined);
    assert.equal(await pollOnce(parts('test', { kind: 'skipped' }), signal), undefined);
    assert.equal((await pollOnce(parts('test', failed, failed), signal))?.of, 'list');
    assert.equal((await pollOnce(parts('test', read, read, failed), signal))?.of, 'transcript');
  });

  it('requests no list if none is visible', async () => {
    requestedLists.length = 0;
    assert.equal(await pollOnce(parts(undefined, failed, read), signal), undefined);
    assert.deepEqual(requestedLists, []);
  });
});
