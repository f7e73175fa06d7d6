import assert from 'node:assert/strict';
import { createSampleBackend } from '../../src/sample/backend';
import { sendRequest, createBackend, parseBody, jsonHeaders, list, start } from './requests';

const anonymous = { accept: 'application/json' };

describe('Sample guards', () => {
  it('require a key for private endpoints, and for transcripts only if configured', () => {
    const backend = createBackend();
    const id = list(backend).data[0]?.id ?? '';
    for (const path of ['/user/conversations', '/user/me', '/user/assistants/get']) {
      const response = sendRequest(backend, path, { headers: anonymous });
      assert.deepEqual([response.status, parseBody(response)], [401, { message: 'Unauthenticated.' }]);
    }
    assert.equal(sendRequest(backend, `/conversations/${id}`, { headers: anonymous }).status, 200);
    backend.configure({ authOnPublic: true });
    assert.equal(sendRequest(backend, `/conversations/${id}`, { headers: anonymous }).status, 401);
    assert.equal(sendRequest(backend, '/conversations', { headers: anonymous, body: {} }).status, 401);
  });

  it('reject unknown keys with the configured response', () => {
    const answers = (['message', 'error', 'invalidKey', 'forbidden'] as const).map((refusal) => {
      const response = sendRequest(createBackend({ acceptedKeys: ['41|right'], refusal }), '/user/me');
      return [response.status, Object.keys(parseBody<object>(response)).join()];
    });
    assert.deepEqual(answers, [
      [401, 'message'],
      [401, 'error'],
      [401, 'error,message'],
      [403, 'error,message'],
    ]);
    const right = { ...jsonHeaders, authorization: 'Bearer 41|right' };
    assert.equal(
      sendRequest(createBackend({ acceptedKeys: ['41|right'] }), '/user/me', { headers: right }).status,
      200,
    );
    const broken = { ...jsonHeaders, authorization: 'Bearer abc|def' };
    assert.equal(sendRequest(createBackend(), '/user/me', { headers: broken }).status, 401);
  });

  it("redirect requests that don't prefer JSON to the login page", () => {
    for (const accept of ['', '*/*', 'text/html, application/json']) {
      const response = sendRequest(createBackend(), '/user/conversations', { headers: { ...jsonHeaders, accept } });
      assert.deepEqual([response.status, response.headers['location']], [302, 'https://api.example.test/login']);
    }
    const login = createBackend().handle({ method: 'GET', url: 'https://api.example.test/login', headers: {} });
    assert.equal(login.status, 200);
    assert.match(login.headers['content-type'] ?? '', /text\/html/);
    const accept = { ...jsonHeaders, Accept: '*/*', accept: '' };
    assert.equal(
      sendRequest(createBackend({ strictAccept: false }), '/user/conversations', { headers: accept }).status,
      200,
    );
  });

  it('limit each key per minute and report when to retry', () => {
    let now = start;
    const backend = createSampleBackend(() => now, { rate: 3 });
    const remaining = [1, 2, 3].map(() => sendRequest(backend, '/user/me').headers['x-ratelimit-remaining']);
    assert.deepEqual(remaining, ['2', '1', '0']);
    now += 20_500;
    const limited = sendRequest(backend, '/user/me');
    assert.equal(limited.status, 429);
    assert.deepEqual(parseBody(limited), { message: 'Too Many Attempts.' });
    assert.equal(limited.headers['retry-after'], '40');
    assert.equal(limited.headers['x-ratelimit-reset'], String(start / 1000 + 60));
    assert.equal(
      sendRequest(backend, '/user/me', { headers: { ...jsonHeaders, authorization: 'Bearer 42|x' } }).status,
      200,
    );
    now += 39_500;
    assert.equal(sendRequest(backend, '/user/me').status, 200);
  });

  it('allow sixty requests per minute by default and always send rate limit headers', () => {
    const backend = createSampleBackend(() => start);
    const answers = Array.from({ length: 61 }, () => sendRequest(backend, '/user/conversations'));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array.from({ length: 60 }, () => 200), 429],
    );
    for (const { headers } of answers) assert.equal(headers['x-ratelimit-limit'], '60');
  });

  it("return the key's owner and assistants unless configured otherwise", () => {
    assert.deepEqual(parseBody(sendRequest(createBackend(), '/user/me')), {
      name: 'Ada Sample',
      email: 'ada@example.test',
      total_balance: 41.250731,
    });
    assert.equal(sendRequest(createBackend({ me: '404' }), '/user/me').status, 404);
    const page = parseBody<{ data: { id: number; uuid: string; name: string }[]; per_page: number; last_page: number }>(
      sendRequest(createBackend({ lyingTotal: 900, noLastPage: true }), '/user/assistants/get?per_page=3&page=2'),
    );
    assert.deepEqual([page.per_page, page.last_page, page.data.length], [3, 2, 2]);
    assert.equal(parseBody<{ per_page: number }>(sendRequest(createBackend(), '/user/assistants/get')).per_page, 10);
    assert.equal(sendRequest(createBackend(), '/user/assistants/get?per_page=101').status, 422);
    for (const assistantsCall of ['404', '403'] as const) {
      assert.equal(
        sendRequest(createBackend({ assistantsCall }), '/user/assistants/get').status,
        Number(assistantsCall),
      );
    }
  });

  it('report missing paths and wrong methods', () => {
    const backend = createBackend();
    assert.equal(sendRequest(backend, '/user/nothing').status, 404);
    assert.equal(sendRequest(backend, '/user/me', { body: {} }).status, 405);
    assert.equal(sendRequest(backend, '/conversations').status, 405);
    assert.equal(sendRequest(backend, '/conversations/%E0%A4%A').status, 404);
    assert.equal(backend.handle({ method: 'GET', url: 'https://api.example.test/', headers: jsonHeaders }).status, 404);
  });
});
