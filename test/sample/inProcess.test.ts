import assert from 'node:assert/strict';
import type { Transport } from '../../src/core/api/transport';
import { sampleBaseUrl } from '../../src/sample/baseUrl';
import { createSampleTransport } from '../../src/sample/inProcess';
import { jsonHeaders, start } from './ask';

// The client's own type: the sample's transport is to fit without a cast.
const transport: Transport = createSampleTransport(() => start);
const request = { method: 'GET', url: `${sampleBaseUrl}/user/conversations`, headers: jsonHeaders } as const;

describe('sample transport', () => {
  it('answers as the network would, later and without a limit', async () => {
    const { signal } = new AbortController();
    let answered = false;
    const pending = transport({ ...request, signal }).then((response) => {
      answered = true;
      return response;
    });
    await Promise.resolve();
    assert.equal(answered, false);
    const response = await pending;
    assert.equal(response.status, 200);
    assert.equal(response.headers['x-ratelimit-limit'], undefined);
    assert.equal((JSON.parse(response.body) as { data: unknown[] }).data.length, 15);
  });

  it('rejects with the reason of the abort, before and after it began', async () => {
    const reason = new Error('not wanted');
    await assert.rejects(transport({ ...request, signal: AbortSignal.abort(reason) }), reason);
    const abort = new AbortController();
    const pending = transport({ ...request, signal: abort.signal });
    abort.abort(reason);
    await assert.rejects(pending, reason);
  });

  it('waits for a slow answer, and stops waiting when told', async () => {
    const slow = createSampleTransport(() => start, { fixtures: true, slowAnswerMs: 3_600_000 });
    const { signal } = new AbortController();
    const found = await slow({ ...request, url: `${request.url}?per_page=100`, signal });
    const { data } = JSON.parse(found.body) as { data: { id: string; variables: { test_name?: string } | null }[] };
    const id = data.find(({ variables }) => variables?.test_name === 'Answers after 45 seconds')?.id;
    const abort = new AbortController();
    const url = `${sampleBaseUrl}/conversations/${id}/messages`;
    const send = { method: 'POST', url, headers: jsonHeaders, body: '{"message":"hi"}', signal: abort.signal } as const;
    const pending = slow(send);
    // Asked after it: its answer shows that the slow one has begun to wait.
    await slow({ ...request, signal });
    abort.abort(new Error('enough'));
    await assert.rejects(pending, /enough/);
    const quick = createSampleTransport(() => start, { fixtures: true, slowAnswerMs: 1 });
    assert.equal((await quick({ ...send, signal })).status, 200);
  });
});
