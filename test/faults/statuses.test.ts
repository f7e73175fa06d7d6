import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind, type UnexpectedResponse } from '../../src/core/api/errors';
import { formatError } from '../../src/shell/format/errors';
import { canary, Chain, good, row, useServers } from './support/chain';
import { testFaults, type Fault } from './support/faultTable';
import { respondWith, type RawResponse, type Serve } from './support/rawServer';

const html = { 'content-type': 'text/html' };
const echo = `Bearer ${canary}`;

const createFault = (name: string, reply: RawResponse, kind: ApiErrorKind, message: RegExp, attempts = 1): Fault => ({
  name,
  serve: respondWith(reply),
  kind,
  message,
  attempts,
});
const createForeignFault = (
  name: string,
  reply: RawResponse,
  answeredAs: UnexpectedResponse,
  message: RegExp,
): Fault => ({
  ...createFault(name, reply, 'unexpected', message),
  answer: answeredAs,
});
const rejectedKeyMessage = /^The server rejected this API key\.$/;
const serverErrorMessage = /^Couldn't load test conversations\. Server error \(5\d\d\)\./;

const faults: readonly Fault[] = [
  createFault(
    '400',
    { status: 400, body: { status: false, error: `Bad ${echo}` } },
    'rejected',
    /^Couldn't load .* rejected the request \(400\)\. Server message: "Bad Bearer …"/,
  ),
  createFault(
    '401 in the format of Laravel',
    { status: 401, body: { message: 'Unauthenticated.' } },
    'unauthorized',
    rejectedKeyMessage,
  ),
  createFault(
    '401 in the format of an automation',
    { status: 401, body: { error: 'Unauthorized' } },
    'unauthorized',
    rejectedKeyMessage,
  ),
  createFault(
    '401 that echoes the key',
    { status: 401, body: { error: 'Invalid API key', message: echo } },
    'unauthorized',
    rejectedKeyMessage,
  ),
  createForeignFault(
    '401 as a web page',
    { status: 401, headers: html, body: `<html>${echo}` },
    'webPage',
    /^A web page came back instead of the API's response \(401\): a firewall, proxy or sign-in page/,
  ),
  createForeignFault(
    '401 without a body',
    { status: 401 },
    'foreign',
    /^The response \(401\) isn't the API's: a firewall, gateway or proxy may be in the way\.$/,
  ),
  createForeignFault(
    '403 as a bot check',
    { status: 403, headers: html, body: '<!DOCTYPE html><title>Just a moment...</title>' },
    'webPage',
    /^A web page came back instead of the API's response \(403\): a firewall/,
  ),
  createForeignFault(
    '403 by a gateway',
    { status: 403, body: { error_code: 1020, ray_id: echo } },
    'foreign',
    /^The response \(403\) isn't the API's/,
  ),
  createForeignFault(
    '407 from a proxy',
    { status: 407, headers: html, body: '<html>407' },
    'proxy',
    /^The proxy refused the request \(407\)/,
  ),
  createFault(
    '402',
    { status: 402, body: { error: 'Insufficient balance' } },
    'rejected',
    /\(402\).*"Insufficient balance"/,
  ),
  createFault(
    '403',
    { status: 403, body: { message: 'Insufficient permissions' } },
    'forbidden',
    /doesn't have permission \(403.*"Insufficient permissions"/,
  ),
  createFault(
    '404',
    { status: 404, body: { message: 'The route could not be found.' } },
    'notFound',
    /Address not found \(404\).* Is the base URL correct\?/,
  ),
  createForeignFault(
    '404 as a web page',
    { status: 404, headers: html, body: '<html>' },
    'webPage',
    /^The server returned a web page instead of JSON\. Is the base URL correct\?$/,
  ),
  createFault('405', { status: 405, body: {} }, 'rejected', /\(405\)/),
  createFault('408', { status: 408, body: { message: 'Request Timeout' } }, 'rejected', /\(408\).*"Request Timeout"/),
  createFault('409', { status: 409, body: { message: 'Conflict' } }, 'rejected', /\(409\).*"Conflict"/),
  createFault(
    '422 with a message for each field',
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
  createFault(
    '422 with only a message',
    { status: 422, body: { message: 'Invalid.', errors: [] } },
    'rejected',
    /"Invalid\."/,
  ),
  createFault(
    '422 with only an error',
    { status: 422, body: { status: false, error: 'message is required' } },
    'rejected',
    /"message is required"/,
  ),
  createFault(
    '422 with a nested error',
    { status: 422, body: { error: { message: 'nested' } } },
    'rejected',
    /"nested"/,
  ),
  createFault('500', { status: 500, body: { message: 'Server Error' } }, 'server', serverErrorMessage, 3),
  createFault('501', { status: 501, body: {} }, 'server', serverErrorMessage),
  createFault(
    '502 in plain text',
    { status: 502, headers: { 'content-type': 'text/plain' }, body: `upstream ${echo}` },
    'server',
    /"upstream Bearer …"/,
    3,
  ),
  createFault(
    '503 as a web page',
    { status: 503, headers: html, body: '<html>Be right back' },
    'server',
    serverErrorMessage,
    3,
  ),
  createFault('504 without a body', { status: 504 }, 'server', serverErrorMessage, 3),
];

describe('an error status', () => {
  testFaults(faults);
  const start = useServers();

  it("of 5xx isn't reported if it ends after two attempts", async () => {
    const server = await start();
    const chain = new Chain(server);
    let failuresLeft = 2;
    server.serve = (socket, request) => {
      if (failuresLeft > 0) respondWith({ status: 501 + failuresLeft, body: {} })(socket, request);
      else good(socket, request);
      failuresLeft -= 1;
    };
    await chain.store.open('test');
    assert.deepEqual([chain.ids, server.seen.length], [['one'], 3]);
  });

  it('of 401 stops Load All, is reported once, and keeps the loaded rows', async () => {
    const server = await start();
    const chain = new Chain(server, { pageSize: 10 });
    let answered = 0;
    const pages: Serve = (socket, request) => {
      const page = Number(request.query.get('page') ?? 1);
      const size = Number(request.query.get('per_page'));
      const ids = Array.from({ length: 1000 }, (_, index) => row(`r${index}`)).slice((page - 1) * size, page * size);
      answered += 1;
      if (answered > 4) respondWith({ status: 401, body: { message: echo } })(socket, request);
      else
        respondWith({
          body: { data: ids, current_page: page, last_page: Math.ceil(1000 / size), per_page: size, total: 1000 },
        })(socket, request);
    };
    server.serve = pages;
    await chain.store.open('test');
    let failureCount = 0;
    chain.store.onDidChange(() => {
      if (chain.list.state.kind === 'failed') failureCount += 1;
    });
    await chain.store.loadAll('test', new AbortController().signal);
    assert.match(chain.failure.message, rejectedKeyMessage);
    assert.equal(failureCount, 1);
    const { loaded, hasMore } = chain.list;
    assert.ok(loaded >= 100 && loaded < 400 && hasMore, `${loaded} loaded`);
    assert.ok(server.seen.length <= 9, 'only requests already sent follow');
    answered = -1000;
    await chain.store.loadAll('test', new AbortController().signal);
    assert.deepEqual([chain.list.loaded, chain.list.hasMore, chain.list.mayLackRows], [1000, false, false]);
  });

  it('of 404 for a listed conversation is reported as a missing conversation, not as a wrong base URL', async () => {
    const server = await start();
    const chain = new Chain(server);
    const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    server.serve = respondWith({ status: 404, body: { message: `No query results for ${id}` } });
    const error = await chain.api
      ?.getTranscript(id, { signal: new AbortController().signal })
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof ApiError);
    const { message } = formatError(error, { kind: 'readingTranscript' });
    assert.equal(message, 'Conversation not found (404), although the server may still list it.');
    assert.ok(!JSON.stringify(error).includes(id));
    assert.equal(server.seen.length, 1);
  });
});
