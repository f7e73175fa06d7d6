import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind, type UnexpectedAnswer } from '../../src/core/api/errors';
import { errorWords } from '../../src/shell/words/errors';
import { canary, Chain, good, row, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { answer, type Answer, type Serve } from './support/rawServer';

const html = { 'content-type': 'text/html' };
const echo = `Bearer ${canary}`;

const told = (name: string, reply: Answer, kind: ApiErrorKind, says: RegExp, attempts = 1): Fault => ({
  name,
  serve: answer(reply),
  kind,
  says,
  attempts,
});
const foreign = (name: string, reply: Answer, answeredAs: UnexpectedAnswer, says: RegExp): Fault => ({
  ...told(name, reply, 'unexpected', says),
  answer: answeredAs,
});
const refusedKey = /^The server rejected this API key\.$/;
const failed = /^Server error \(5\d\d\) while loading test conversations\./;

const faults: readonly Fault[] = [
  told(
    '400',
    { status: 400, body: { status: false, error: `Bad ${echo}` } },
    'rejected',
    /rejected the request \(400\) while loading .* Server message: "Bad Bearer …"/,
  ),
  told('401 as Laravel says it', { status: 401, body: { message: 'Unauthenticated.' } }, 'unauthorized', refusedKey),
  told('401 as an automation says it', { status: 401, body: { error: 'Unauthorized' } }, 'unauthorized', refusedKey),
  told(
    '401 that echoes the key',
    { status: 401, body: { error: 'Invalid API key', message: echo } },
    'unauthorized',
    refusedKey,
  ),
  foreign(
    '401 as a web page',
    { status: 401, headers: html, body: `<html>${echo}` },
    'webPage',
    /^A web page came back instead of the API's response \(401\): a firewall, proxy or sign-in page/,
  ),
  foreign(
    '401 without a body',
    { status: 401 },
    'foreign',
    /^The response \(401\) isn't the API's: a firewall, gateway or proxy may be in the way\.$/,
  ),
  foreign(
    '403 as a bot check',
    { status: 403, headers: html, body: '<!DOCTYPE html><title>Just a moment...</title>' },
    'webPage',
    /^A web page came back instead of the API's response \(403\): a firewall/,
  ),
  foreign(
    '403 by a gateway',
    { status: 403, body: { error_code: 1020, ray_id: echo } },
    'foreign',
    /^The response \(403\) isn't the API's/,
  ),
  foreign('407', { status: 407, headers: html, body: '<html>407' }, 'proxy', /^The proxy refused the request \(407\)/),
  told('402', { status: 402, body: { error: 'Insufficient balance' } }, 'rejected', /\(402\).*"Insufficient balance"/),
  told(
    '403',
    { status: 403, body: { message: 'Insufficient permissions' } },
    'forbidden',
    /doesn't have permission \(403.*"Insufficient permissions"/,
  ),
  told(
    '404',
    { status: 404, body: { message: 'The route could not be found.' } },
    'notFound',
    /Address not found \(404\).* Is the base URL correct\?/,
  ),
  foreign(
    '404 as a web page',
    { status: 404, headers: html, body: '<html>' },
    'webPage',
    /^The server returned a web page instead of JSON\. Is the base URL correct\?$/,
  ),
  told('405', { status: 405, body: {} }, 'rejected', /\(405\)/),
  told('408', { status: 408, body: { message: 'Request Timeout' } }, 'rejected', /\(408\).*"Request Timeout"/),
  told('409', { status: 409, body: { message: 'Conflict' } }, 'rejected', /\(409\).*"Conflict"/),
  told(
    '422 with words for each field',
    {
      status: 422,
      body: {
        message: 'The selected type is invalid. (and 1 more error)',
        errors: { type: ['The selected type is invalid.'], per_page: [`Not ${echo}.`] },
      },
    },
    'rejected',
    /\(422\).*"The selected type is invalid\. Not Bearer …\."/,
  ),
  told(
    '422 with a message alone',
    { status: 422, body: { message: 'Invalid.', errors: [] } },
    'rejected',
    /"Invalid\."/,
  ),
  told(
    '422 with an error alone',
    { status: 422, body: { status: false, error: 'message is required' } },
    'rejected',
    /"message is required"/,
  ),
  told('422 with a nested error', { status: 422, body: { error: { message: 'nested' } } }, 'rejected', /"nested"/),
  told('500', { status: 500, body: { message: 'Server Error' } }, 'server', failed, 3),
  told('501', { status: 501, body: {} }, 'server', failed),
  told(
    '502 in plain text',
    { status: 502, headers: { 'content-type': 'text/plain' }, body: `upstream ${echo}` },
    'server',
    /"upstream Bearer …"/,
    3,
  ),
  told('503 as a web page', { status: 503, headers: html, body: '<html>Be right back' }, 'server', failed, 3),
  told('504 without a body', { status: 504 }, 'server', failed, 3),
];

describe('A status', () => {
  testFaults(faults);
  const start = useServers();

  it('of 5xx, in a burst that ends in time, is not heard of', async () => {
    const server = await start();
    const chain = new Chain(server);
    let burst = 2;
    server.serve = (socket, request) => {
      if (burst > 0) answer({ status: 501 + burst, body: {} })(socket, request);
      else good(socket, request);
      burst -= 1;
    };
    await chain.store.open('test');
    assert.deepEqual([chain.ids, server.seen.length], [['one'], 3]);
  });

  it('of 401 in the middle of Load All is told once, asks no further, and keeps what came', async () => {
    const server = await start();
    const chain = new Chain(server, { pageSize: 10 });
    let answered = 0;
    const pages: Serve = (socket, request) => {
      const page = Number(request.query.get('page') ?? 1);
      const size = Number(request.query.get('per_page'));
      const ids = Array.from({ length: 1000 }, (_, index) => row(`r${index}`)).slice((page - 1) * size, page * size);
      answered += 1;
      if (answered > 4) answer({ status: 401, body: { message: echo } })(socket, request);
      else
        answer({
          body: { data: ids, current_page: page, last_page: Math.ceil(1000 / size), per_page: size, total: 1000 },
        })(socket, request);
    };
    server.serve = pages;
    await chain.store.open('test');
    let told = 0;
    chain.store.onDidChange(() => {
      if (chain.list.state.kind === 'failed') told += 1;
    });
    await chain.store.loadAll('test', new AbortController().signal);
    assert.match(chain.failure.words, refusedKey);
    assert.equal(told, 1);
    const { loaded, hasMore } = chain.list;
    assert.ok(loaded >= 100 && loaded < 400 && hasMore, `${loaded} loaded`);
    assert.ok(server.seen.length <= 9, 'those on their way are the last');
    answered = -1000;
    await chain.store.loadAll('test', new AbortController().signal);
    assert.deepEqual([chain.list.loaded, chain.list.hasMore, chain.list.mayLackRows], [1000, false, false]);
  });

  it('of 404 for a conversation that was listed says that it is gone, not that the address is wrong', async () => {
    const server = await start();
    const chain = new Chain(server);
    const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    server.serve = answer({ status: 404, body: { message: `No query results for ${id}` } });
    const error = await chain.api
      ?.getTranscript(id, { signal: new AbortController().signal })
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof ApiError);
    const { message } = errorWords(error, { kind: 'readingTranscript' });
    assert.equal(message, 'Conversation not found (404), although the server may still list it.');
    assert.ok(!JSON.stringify(error).includes(id));
    assert.equal(server.seen.length, 1);
  });
});
