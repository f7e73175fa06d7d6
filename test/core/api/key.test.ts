import assert from 'node:assert/strict';
import { cleanKey } from '../../../src/core/api/key';

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

  it('takes a great many blanks within as they are', () => {
    const text = `a${' '.repeat(200_000)}b`;
    assert.deepEqual(cleanKey(text), { ok: true, key: text });
  });

  for (const text of ['x', 'a key with spaces', 'Bearerless', 'cl\u00e9', 'k'.repeat(5000)]) {
    it(`takes ${JSON.stringify(text.slice(0, 20))} as it is`, () => {
      assert.deepEqual(cleanKey(text), { ok: true, key: text });
    });
  }

  for (const text of ['', ' \n', '""', 'Bearer ', 'bearer', 'Authorization: Bearer']) {
    it(`finds nothing in ${JSON.stringify(text)}`, () =>
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
    it(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(cleanKey(text), { ok: false, reason: 'characters' }));
  }
});
