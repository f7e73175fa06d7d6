import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { ApiError, ApiErrorKind, UnexpectedResponse } from '../../../src/core/api/errors';
import { createNodeFetchTransport } from '../../../src/core/api/transport';
import { clientFor, catchFailure, ImpatientClock, never, testKey } from './support/client';
import { inSequence, LocalServer, type Answer } from './support/localServer';

const secret = testKey.slice(testKey.indexOf('|') + 1);
const conversationId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const html = { 'content-type': 'text/html; charset=UTF-8' };
const plain = { 'content-type': 'text/plain' };

describe('An error of the API client', () => {
  const servers: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  async function failureFor(answer: Answer, maxBodyBytes?: number, key = testKey): Promise<ApiError> {
    const server = await LocalServer.start(inSequence(answer));
    servers.push(server);
    const transport = createNodeFetchTransport(maxBodyBytes === undefined ? {} : { maxBodyBytes });
    const { api } = clientFor(`${server.origin}/api`, { clock: new ImpatientClock(), transport, key });
    const error = await catchFailure(api.getTranscript(conversationId, never()));
    assert.equal(error.origin, server.origin);
    return error;
  }

  const statuses: readonly [answer: Answer, kind: ApiErrorKind, detail: string | undefined][] = [
    [
      { status: 400, body: { status: false, error: 'Insufficient balance. Please top up your account.' } },
      'rejected',
      'Insufficient balance. Please top up your account.',
    ],
    [{ status: 401, body: { message: 'Unauthenticated.' } }, 'unauthorized', 'Unauthenticated.'],
    [{ status: 401, body: { error: 'Unauthorized' } }, 'unauthorized', 'Unauthorized'],
    [
      { status: 401, body: { error: 'Invalid API key', message: 'Key not accepted.' } },
      'unauthorized',
      'Invalid API key: Key not accepted.',
    ],
    [
      { status: 401, headers: { 'www-authenticate': 'Basic realm="api"' }, body: { message: 'Unauthenticated.' } },
      'unauthorized',
      'Unauthenticated.',
    ],
    [
      { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { message: 'Token expired' } },
      'unauthorized',
      'Token expired',
    ],
    [
      { status: 401, headers: { server: 'cloudflare', 'cf-ray': '8f0' }, body: { message: 'Unauthenticated.' } },
      'unauthorized',
      'Unauthenticated.',
    ],
    [
      {
        status: 403,
        body: {
          message: 'This action is unauthorized.',
          exception: 'AuthorizationException',
          file: 'x.php',
          line: 1,
          trace: [],
        },
      },
      'forbidden',
      'This action is unauthorized.',
    ],
    [{ status: 403, headers: html, body: { message: 'Your plan has no API.' } }, 'forbidden', 'Your plan has no API.'],
    [{ status: 402, body: { error: 'Broke', error_code: 'INSUFFICIENT_BALANCE' } }, 'rejected', 'Broke'],
    [
      { status: 403, body: { error: 'Forbidden', message: 'Insufficient permissions' } },
      'forbidden',
      'Forbidden: Insufficient permissions',
    ],
    [{ status: 404, body: { status: false, error: 'Conversation not found' } }, 'notFound', 'Conversation not found'],
    [
      {
        status: 422,
        body: {
          message: 'The selected type is invalid. (and 1 more error)',
          errors: {
            type: ['The selected type is invalid.'],
            per_page: ['The per page field must not be greater than 100.'],
          },
        },
      },
      'rejected',
      'The selected type is invalid. The per page field must not be greater than 100.',
    ],
    [{ status: 422, body: { message: 'Invalid.', errors: [] } }, 'rejected', 'Invalid.'],
    [{ status: 422, body: { status: false, error: 'message is required' } }, 'rejected', 'message is required'],
    [{ status: 422, body: { error: { message: 'nested' } } }, 'rejected', 'nested'],
    [{ status: 429, body: { message: 'Too Many Attempts.' } }, 'rateLimited', 'Too Many Attempts.'],
    [{ status: 500, body: { message: 'Server Error' } }, 'server', 'Server Error'],
    [{ status: 501, body: [] }, 'server', undefined],
    [{ status: 503, headers: html, body: '<html>Be right back</html>' }, 'server', undefined],
    [{ status: 502, headers: plain, body: 'upstream connect error\n' }, 'server', 'upstream connect error'],
  ];
  for (const [answer, kind, detail] of statuses) {
    it(`is ${kind} for ${answer.status} ${answer.headers === undefined ? '' : `${JSON.stringify(answer.headers)} `}${JSON.stringify(answer.body) ?? 'without a body'}`, async () => {
      const error = await failureFor(answer);
      assert.deepEqual([error.kind, error.status, error.detail], [kind, answer.status, detail]);
    });
  }

  const unexpected: readonly [name: string, answer: Answer, as: UnexpectedResponse, detail: string | undefined][] = [
    ['a redirect to the login page', { status: 302, headers: { location: '/login?next=x' } }, 'redirect', '/login'],
    ['a redirect without a target', { status: 307 }, 'redirect', undefined],
    [
      'a redirect with a password',
      { status: 302, headers: { location: 'https://a:b@host.test/x' } },
      'redirect',
      'https://host.test/x',
    ],
    ['multiple choices', { status: 300, body: { history: [] } }, 'redirect', undefined],
    ['not modified', { status: 304 }, 'redirect', undefined],
    ['a web page', { headers: html, body: '<!DOCTYPE html><p>Sign in' }, 'webPage', 'text/html'],
    [
      'a web page known only by its content type',
      { headers: { 'content-type': 'Text/HTML ; charset=UTF-8' }, body: 'Sign in' },
      'webPage',
      'text/html',
    ],
    [
      'a web page in XML',
      { headers: { 'content-type': 'application/xhtml+xml' }, body: 'Sign in' },
      'webPage',
      'application/xhtml+xml',
    ],
    ['text that starts with an HTML tag', { headers: plain, body: '<HTML>' }, 'webPage', 'text/plain'],
    ['text about a web page', { headers: plain, body: 'No <html> here' }, 'notJson', 'text/plain'],
    [
      'text that starts with a blank line and an HTML tag',
      { headers: plain, body: '\n<html>' },
      'webPage',
      'text/plain',
    ],
    ['text', { headers: plain, body: 'OK' }, 'notJson', 'text/plain'],
    [
      'broken JSON',
      { headers: { 'content-type': 'application/json' }, body: '{"history": [' },
      'notJson',
      'application/json',
    ],
    ['no content', { status: 204 }, 'notJson', 'application/json'],
    ['an empty body', { body: '' }, 'notJson', undefined],
    ['a body of another shape', { body: { hello: 'world' } }, 'shape', undefined],
    [
      'a failure sent as success',
      { body: { status: false, error: 'Conversation not found' } },
      'shape',
      'Conversation not found',
    ],
    ['null', { body: null }, 'shape', undefined],
    ["a firewall's sign-in page", { status: 401, headers: html, body: '<html>Sign in</html>' }, 'webPage', undefined],
    [
      'a bot check',
      { status: 403, headers: html, body: '<!DOCTYPE html><title>Just a moment...</title>' },
      'webPage',
      undefined,
    ],
    ['a 404 web page', { status: 404, headers: html, body: '<html>404</html>' }, 'webPage', undefined],
    ['a 405 web page', { status: 405, headers: html, body: '<html>405' }, 'webPage', undefined],
    ['a 413 web page', { status: 413, headers: html, body: '<html>413' }, 'webPage', undefined],
    ['401 without a body', { status: 401 }, 'foreign', undefined],
    ['403 in plain text', { status: 403, headers: plain, body: 'Blocked by policy' }, 'foreign', 'Blocked by policy'],
    ['403 without a message', { status: 403, body: {} }, 'foreign', undefined],
    [
      'a web server that requires a password',
      {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="staging"' },
        body: { message: 'Authorization required' },
      },
      'foreign',
      'Authorization required',
    ],
    [
      'a Cloudflare firewall',
      {
        status: 403,
        body: {
          title: 'Error 1020: Access denied',
          status: 403,
          error_code: 1020,
          ray_id: '8f0',
          cloudflare_error: true,
        },
      },
      'foreign',
      undefined,
    ],
    ['a short Cloudflare error', { status: 403, body: { error_code: 1020 } }, 'foreign', undefined],
    [
      'an AWS gateway',
      { status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' }, body: { message: 'Forbidden' } },
      'foreign',
      'Forbidden',
    ],
    ['an AWS gateway without its header', { status: 403, body: { message: 'Forbidden' } }, 'foreign', 'Forbidden'],
    [
      'an AWS authorizer',
      { status: 401, headers: { 'x-amzn-errortype': 'UnauthorizedException' }, body: { message: 'Unauthorized' } },
      'foreign',
      'Unauthorized',
    ],
    [
      'Kong',
      { status: 401, body: { message: 'No API key found in request' } },
      'foreign',
      'No API key found in request',
    ],
    [
      'a route that Kong does not know',
      { status: 404, body: { message: 'no Route matched with those values' } },
      'foreign',
      'no Route matched with those values',
    ],
    [
      'Azure',
      { status: 401, body: { statusCode: 401, message: 'Access denied due to missing subscription key.' } },
      'foreign',
      'Access denied due to missing subscription key.',
    ],
    [
      'a proxy that requires a sign-in',
      { status: 407, headers: { ...html, 'proxy-authenticate': 'NTLM' }, body: '<html>407' },
      'proxy',
      undefined,
    ],
    [
      'a proxy that answers in JSON',
      { status: 407, body: { message: 'Unauthenticated.' } },
      'proxy',
      'Unauthenticated.',
    ],
  ];
  for (const [name, answer, as, detail] of unexpected) {
    it(`is unexpected (${as}) for ${name}`, async () => {
      const error = await failureFor(answer);
      assert.deepEqual([error.kind, error.unexpected, error.detail], ['unexpected', as, detail]);
      assert.equal(error.status, answer.status ?? 200);
    });
  }

  it('is a failure for a truncated gzip body', async () => {
    const packed = gzipSync(
      JSON.stringify({ history: Array.from({ length: 500 }, (_, index) => ({ role: 'user', content: `${index}` })) }),
    );
    const headers = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const error = await failureFor({ headers, body: packed.subarray(0, packed.length - 200) });
    assert.ok(error.kind === 'network' || error.unexpected === 'notJson', error.message);
  });

  it('is tooLarge for a body over the size limit', async () => {
    const error = await failureFor({ body: { history: [], filler: 'x'.repeat(2000) } }, 1000);
    assert.deepEqual([error.kind, error.unexpected], ['unexpected', 'tooLarge']);
  });

  it("has the server's message on one line of at most 200 characters", async () => {
    const error = await failureFor({ status: 500, body: { message: `a\r\n\tb\u0000\u202ec ${'👋'.repeat(300)}` } });
    assert.ok(error.detail?.startsWith('a b c 👋'));
    assert.ok(error.detail?.endsWith('👋…'));
    assert.equal([...(error.detail ?? '')].length, 200);
  });

  it('never contains the key, however the server echoes it', async () => {
    const echoes = [`Bearer ${testKey}`, testKey, secret, encodeURIComponent(testKey), `${'x'.repeat(190)}${testKey}`];
    for (const echo of echoes) {
      for (const answer of [
        { status: 401, body: { message: `Not accepted: ${echo}` } },
        { status: 500, headers: plain, body: echo },
        { status: 302, headers: { location: `https://host.test/${encodeURI(echo)}` } },
        { body: { error: echo } },
      ]) {
        const error = await failureFor(answer);
        const exposed = [error.message, error.detail, error.stack, JSON.stringify(error), String(error.cause)].join(
          ' ',
        );
        assert.ok(!exposed.includes(secret.slice(0, 12)), exposed);
      }
    }
  });

  it('never contains a key with quotes, slashes, or non-ASCII characters', async () => {
    const key = 'half "one"/half é';
    for (const echo of [key, encodeURIComponent(key), JSON.stringify(key)]) {
      const error = await failureFor({ status: 401, body: { message: `Not ${echo} here` } }, undefined, key);
      assert.match(error.detail ?? '', /^Not "?…"? here$/);
    }
  });

  it('contains only a shortened conversation ID', async () => {
    const error = await failureFor({ status: 404, body: { message: `No query results for ${conversationId}` } });
    assert.equal(error.detail, 'No query results for 7c9e6679…');
  });
});
