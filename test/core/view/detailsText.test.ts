import assert from 'node:assert/strict';
import { decodeJsonString } from '../../../src/core/text/looseJson';
import { splitSegments } from '../../../src/core/text/segments';
import { summarizeJson } from '../../../src/core/text/summary';

describe('Hidden characters', () => {
  const formatSegments = (text: string): string =>
    splitSegments(text)
      .map((segment) => (segment.kind === 'text' ? segment.text : `[${segment.codes}]`))
      .join('');

  const cases: readonly (readonly [string, string, string])[] = [
    ['are not found in plain text', 'Hello, Zoë!', 'Hello, Zoë!'],
    ['include bidi overrides', 'a\u202eb\u202c', 'a[U+202E]b[U+202C]'],
    ['include bidi isolates and marks', '\u2066x\u2069\u200f', '[U+2066]x[U+2069 U+200F]'],
    ['include control characters', 'a\u0000b\u001bc\u009f', 'a[U+0000]b[U+001B]c[U+009F]'],
    ['exclude tab and newline', 'a\tb\nc', 'a\tb\nc'],
    ['exclude Windows line endings', 'a\r\nb', 'a\nb'],
    ['include a lone carriage return', 'a\rb', 'a[U+000D]b'],
    ['include zero-width spaces', 'pass\u200bword\ufeff', 'pass[U+200B]word[U+FEFF]'],
    ['include line and paragraph separators', 'a\u2028b\u2029', 'a[U+2028]b[U+2029]'],
    ['exclude joiners, which emoji and Persian need', '👩\u200d👧 می\u200cخواهم', '👩\u200d👧 می\u200cخواهم'],
    [
      'exclude tag sequence flags',
      'x 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} y',
      'x 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} y',
    ],
    ['include tags after a flag', '🏴\u{e0067}\u{e0062}\u{e007f}\u{e0041}', '🏴\u{e0067}\u{e0062}\u{e007f}[U+E0041]'],
    ['are counted if one is repeated', '\u202e'.repeat(5), '[U+202E ×5]'],
    ['are counted if there are many', '\u{e0061}\u{e0062}\u{e0063}\u{e0064}', '[U+E0061 U+E0062 U+E0063 … ×4]'],
    ['are not found in empty text', '', ''],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.equal(formatSegments(text), expected));
  }

  it('exclude thousands of flags', () => {
    assert.equal(formatSegments('🏴\u{e0067}\u{e0062}\u{e007f}'.repeat(2000)).includes('['), false);
  });
});

describe('JSON inside a string', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['is decoded as an object', '{"a":1}', { a: 1 }],
    ['is decoded as a list after white space', ' \n[1,2]', [1, 2]],
    ['is decoded from nested strings at any depth', JSON.stringify(JSON.stringify(JSON.stringify({ a: 1 }))), { a: 1 }],
    ['is not decoded from a number', '12', undefined],
    ['is not decoded from a word', 'true', undefined],
    ['is not decoded from a quoted word', '"hello"', undefined],
    ['is not decoded from text that only looks like JSON', '{name}', undefined],
    ['is not decoded if it is truncated', '{"a":', undefined],
    ['is not decoded from empty text', '', undefined],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.deepEqual(decodeJsonString(text), expected));
  }
});

describe('The summary of a value', () => {
  const cases: readonly (readonly [string, Parameters<typeof summarizeJson>[0], string | undefined])[] = [
    ['lists fields', { a: 'x', b: 2, c: null, d: true }, 'a: x, b: 2, c: null, d: true'],
    ['puts nested values in brackets', { a: { b: [1, { c: 2 }] } }, 'a: {b: [1, {c: 2}]}'],
    ['lists items', ['x', 'y'], 'x, y'],
    ['joins lines of text', 'a\n  b', 'a b'],
    ['decodes JSON inside a string', '{"a":1}', 'a: 1'],
    ['is undefined for a missing value', undefined, undefined],
    ['is undefined for null', null, undefined],
    ['is undefined for an empty object', {}, undefined],
    ['is undefined for an empty list', [], undefined],
    ['is undefined for blank text', ' \n', undefined],
    ['shows false', false, 'false'],
  ];
  for (const [name, value, expected] of cases) {
    it(name, () => assert.equal(summarizeJson(value), expected));
  }

  it('is shortened with an ellipsis without splitting a character', () => {
    const line = summarizeJson(`${'a'.repeat(118)}😀😀😀`) ?? '';
    assert.equal(line.length <= 120, true);
    assert.match(line, /^a+…$/);
  });

  it('is shortened inside a long list', () => {
    const line = summarizeJson(Array.from({ length: 100_000 }, (_, index) => index)) ?? '';
    assert.match(line, /^0, 1, 2, .*…$/);
  });
});
