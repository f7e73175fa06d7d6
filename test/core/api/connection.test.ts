import assert from 'node:assert/strict';
import { parseBaseUrl, type BaseUrlProblem, cleanKey } from '../../../src/core/api/connection';

describe('parseBaseUrl', () => {
  const accepted: readonly [text: string, baseUrl: string, origin: string][] = [
    ['https://call.aiployees.com/api', 'https://call.aiployees.com/api', 'https://call.aiployees.com'],
    ['  https://Call.AIployees.com/api// \n', 'https://call.aiployees.com/api', 'https://call.aiployees.com'],
    ['https://host.test', 'https://host.test', 'https://host.test'],
    ['https://host.test:443/', 'https://host.test', 'https://host.test'],
    ['https://host.test:8443/a/b/', 'https://host.test:8443/a/b', 'https://host.test:8443'],
    ['http://localhost:3000/api', 'http://localhost:3000/api', 'http://localhost:3000'],
    ['http://127.0.0.1:80/api', 'http://127.0.0.1/api', 'http://127.0.0.1'],
    ['http://127.8.9.10/api', 'http://127.8.9.10/api', 'http://127.8.9.10'],
    ['http://127.10.20.30/api', 'http://127.10.20.30/api', 'http://127.10.20.30'],
    ['http://[::1]:9/api', 'http://[::1]:9/api', 'http://[::1]:9'],
  ];
  for (const [text, baseUrl, origin] of accepted) {
    it(`accepts ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseBaseUrl(text), { ok: true, baseUrl, origin });
    });
  }

  const rejected: readonly [text: string, reason: BaseUrlProblem][] = [
    ['', 'empty'],
    [' \t', 'empty'],
    ['call.aiployees.com/api', 'notAUrl'],
    ['https://', 'notAUrl'],
    ['https://ho st/api', 'notAUrl'],
    ['https://ho\nst/api', 'notAUrl'],
    ['localhost:3000/api', 'scheme'],
    ['ftp://host.test/api', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['http://call.aiployees.com/api', 'plainHttp'],
    ['http://127.0.0.1.evil.test/api', 'plainHttp'],
    ['http://localhost.evil.test/api', 'plainHttp'],
    ['http://0.0.0.0/api', 'plainHttp'],
    ['http://10.0.0.1/api', 'plainHttp'],
    ['http://[::ffff:7f00:1]/api', 'plainHttp'],
    ['https://me:secret@host.test/api', 'credentials'],
    ['https://me@host.test/api', 'credentials'],
    ['https://:secret@host.test/api', 'credentials'],
    ['https://host.test/api?x=1', 'query'],
    ['https://host.test/api?', 'query'],
    ['https://host.test/api#top', 'query'],
  ];
  for (const [text, reason] of rejected) {
    it(`rejects ${JSON.stringify(text)}: ${reason}`, () => {
      assert.deepEqual(parseBaseUrl(text), { ok: false, reason });
    });
  }
});

describe('cleanKey', () => {
  const key = '41|Zx9kQ2mW';
  const pasted = [
    key,
    `  ${key}\r\n`,
    `"${key}"`,
    `'${key}'`,
    `\u201c${key}\u201d`,
    `\`${key}\``,
    `Bearer ${key}`,
    `bearer   ${key}`,
    `"Bearer ${key}"`,
    `Bearer "${key}"`,
    `Authorization: Bearer ${key}`,
    `\ufeff${key}\u200b`,
    `\u00a0${key}`,
  ];
  for (const text of pasted) {
    it(`finds the key in ${JSON.stringify(text)}`, () => assert.deepEqual(cleanKey(text), { ok: true, key }));
  }

  it('accepts a key with very many spaces inside', () => {
    const text = `a${' '.repeat(200_000)}b`;
    assert.deepEqual(cleanKey(text), { ok: true, key: text });
  });

  for (const text of ['x', 'a key with spaces', 'Bearerless', 'cl\u00e9', 'k'.repeat(5000)]) {
    it(`leaves ${JSON.stringify(text.slice(0, 20))} unchanged`, () => {
      assert.deepEqual(cleanKey(text), { ok: true, key: text });
    });
  }

  for (const text of ['', ' \n', '""', 'Bearer ', 'bearer', 'Authorization: Bearer']) {
    it(`finds no key in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(cleanKey(text), { ok: false, reason: 'empty' }));
  }

  for (const text of [
    'a\nb',
    'a\r\nX-Forged: 1',
    'a\tb',
    'a\u0000b',
    'a\u007fb',
    'a\u0085b',
    'a\u200bb',
    'ключ',
    'a😀',
  ]) {
    it(`rejects ${JSON.stringify(text)}`, () => assert.deepEqual(cleanKey(text), { ok: false, reason: 'characters' }));
  }
});
