import assert from 'node:assert/strict';
import type { Transport } from '../../src/core/api/transport';
import { sampleBaseUrl } from '../../src/sample/baseUrl';
import { createSampleTransport } from '../../src/sample/inProcess';
import { jsonHeaders, start } from './requests';

// The sample's transport must have the client's type without a cast.
const transport: Transport = createSampleTransport(() => start);
const request = { method: 'GET', url: `${sampleBaseUrl}/user/conversations`, headers: jsonHeaders } as const;

describe('Sample transport', () => {
  it('responds asynchronously like the network, without a rate limit', async () => {
    const { signal } = new AbortController();
    let hasResponded = false;
    const pending = transport({ ...request, signal }).then((response) => {
      hasResponded = true;
      return response;
    });
    await Promise.resolve();
    assert.equal(hasResponded, false);
    const response = await pending;
    assert.equal(response.status, 200);
    assert.equal(response.headers['x-ratelimit-limit'], undefined);
    assert.equal((JSON.parse(response.body) as { data: unknown[] }).data.length, 15);
  });

  it('rejects with the reason of the abort, before and after the start', async () => {
    const reason = new Error('no longer needed');
    await assert.rejects(transport({ ...request, signal: AbortSignal.abort(reason) }), reason);
    const abort = new AbortController();
    const pending = transport({ ...request, signal: abort.signal });
    abort.abort(reason);
    await assert.rejects(pending, reason);
  });

  it('waits for a slow response and can be aborted', async () => {
    const slow = createSampleTransport(() => start, { fixtures: true, slowAnswerMs: 3_600_000 });
    const { signal } = new AbortController();
    const response = await slow({ ...request, url: `${request.url}?per_page=100`, signal });
    const { data } = JSON.parse(response.body) as { data: { id: string; variables: { test_name?: string } | null }[] };
    const id = data.find(({ variables }) => variables?.test_name === 'Replies after 45 seconds')?.id;
    const abort = new AbortController();
    const url = `${sampleBaseUrl}/conversations/${id}/messages`;
    const send = { method: 'POST', url, headers: jsonHeaders, body: '{"message":"hi"}', signal: abort.signal } as const;
    const pending = slow(send);
    // This request is sent later, so its response shows that the slow one is waiting.
    await slow({ ...request, signal });
    abort.abort(new Error('aborted'));
    await assert.rejects(pending, /aborted/);
    const quick = createSampleTransport(() => start, { fixtures: true, slowAnswerMs: 1 });
    assert.equal((await quick({ ...send, signal })).status, 200);
  });
});
