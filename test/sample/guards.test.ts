import assert from 'node:assert/strict';
import { createSampleBackend } from '../../src/sample/backend';
import { ask, backendWith, bodyOf, jsonHeaders, list, start } from './ask';

const anonymous = { accept: 'application/json' };

describe('sample guards', () => {
  it('want a key for what is private, and not for transcripts unless told to', () => {
    const backend = backendWith();
    const id = list(backend).data[0]?.id ?? '';
    for (const path of ['/user/conversations', '/user/me', '/user/assistants/get']) {
      const response = ask(backend, path, { headers: anonymous });
      assert.deepEqual([response.status, bodyOf(response)], [401, { message: 'Unauthenticated.' }]);
    }
    assert.equal(ask(backend, `/conversations/${id}`, { headers: anonymous }).status, 200);
    backend.configure({ authOnPublic: true });
    assert.equal(ask(backend, `/conversations/${id}`, { headers: anonymous }).status, 401);
    assert.equal(ask(backend, '/conversations', { headers: anonymous, body: {} }).status, 401);
  });

  it('refuse unknown keys, each in the words of its switch', () => {
    const answers = (['message', 'error', 'invalidKey', 'forbidden'] as const).map((refusal) => {
      const response = ask(backendWith({ acceptedKeys: ['41|right'], refusal }), '/user/me');
      return [response.status, Object.keys(bodyOf<object>(response)).join()];
    });
    assert.deepEqual(answers, [
      [401, 'message'],
      [401, 'error'],
      [401, 'error,message'],
      [403, 'error,message'],
    ]);
    const right = { ...jsonHeaders, authorization: 'Bearer 41|right' };
    assert.equal(ask(backendWith({ acceptedKeys: ['41|right'] }), '/user/me', { headers: right }).status, 200);
    const broken = { ...jsonHeaders, authorization: 'Bearer abc|def' };
    assert.equal(ask(backendWith(), '/user/me', { headers: broken }).status, 401);
  });

  it('redirect whoever does not ask for JSON first to the login page', () => {
    for (const accept of ['', '*/*', 'text/html, application/json']) {
      const response = ask(backendWith(), '/user/conversations', { headers: { ...jsonHeaders, accept } });
      assert.deepEqual([response.status, response.headers['location']], [302, 'https://api.example.test/login']);
    }
    const login = backendWith().handle({ method: 'GET', url: 'https://api.example.test/login', headers: {} });
    assert.equal(login.status, 200);
    assert.match(login.headers['content-type'] ?? '', /text\/html/);
    const accept = { ...jsonHeaders, Accept: '*/*', accept: '' };
    assert.equal(ask(backendWith({ strictAccept: false }), '/user/conversations', { headers: accept }).status, 200);
  });

  it('count each key by the minute, and say when to come back', () => {
    let now = start;
    const backend = createSampleBackend(() => now, { rate: 3 });
    const remaining = [1, 2, 3].map(() => ask(backend, '/user/me').headers['x-ratelimit-remaining']);
    assert.deepEqual(remaining, ['2', '1', '0']);
    now += 20_500;
    const refused = ask(backend, '/user/me');
    assert.equal(refused.status, 429);
    assert.deepEqual(bodyOf(refused), { message: 'Too Many Attempts.' });
    assert.equal(refused.headers['retry-after'], '40');
    assert.equal(refused.headers['x-ratelimit-reset'], String(start / 1000 + 60));
    assert.equal(ask(backend, '/user/me', { headers: { ...jsonHeaders, authorization: 'Bearer 42|x' } }).status, 200);
    now += 39_500;
    assert.equal(ask(backend, '/user/me').status, 200);
  });

  it('allow sixty requests a minute unless told otherwise, and none without headers', () => {
    const backend = createSampleBackend(() => start);
    const answers = Array.from({ length: 61 }, () => ask(backend, '/user/conversations'));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [...Array.from({ length: 60 }, () => 200), 429],
    );
    for (const { headers } of answers) assert.equal(headers['x-ratelimit-limit'], '60');
  });

  it('know whose key it is and its assistants, or do not', () => {
    assert.deepEqual(bodyOf(ask(backendWith(), '/user/me')), {
      name: 'Ada Sample',
      email: 'ada@example.test',
      total_balance: 41.250731,
    });
    assert.equal(ask(backendWith({ me: '404' }), '/user/me').status, 404);
    const page = bodyOf<{ data: { id: number; uuid: string; name: string }[]; per_page: number; last_page: number }>(
      ask(backendWith({ lyingTotal: 900, noLastPage: true }), '/user/assistants/get?per_page=3&page=2'),
    );
    assert.deepEqual([page.per_page, page.last_page, page.data.length], [3, 2, 2]);
    assert.equal(bodyOf<{ per_page: number }>(ask(backendWith(), '/user/assistants/get')).per_page, 10);
    assert.equal(ask(backendWith(), '/user/assistants/get?per_page=101').status, 422);
    for (const assistantsCall of ['404', '403'] as const) {
      assert.equal(ask(backendWith({ assistantsCall }), '/user/assistants/get').status, Number(assistantsCall));
    }
  });

  it('say what is not there, and which method is', () => {
    const backend = backendWith();
    assert.equal(ask(backend, '/user/nothing').status, 404);
    assert.equal(ask(backend, '/user/me', { body: {} }).status, 405);
    assert.equal(ask(backend, '/conversations').status, 405);
    assert.equal(ask(backend, '/conversations/%E0%A4%A').status, 404);
    assert.equal(backend.handle({ method: 'GET', url: 'https://api.example.test/', headers: jsonHeaders }).status, 404);
  });
});
