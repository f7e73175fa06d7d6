import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodedString } from '../../../src/core/text/nestedJson';
import { segmentsOf } from '../../../src/core/text/segments';
import { summaryOf } from '../../../src/core/text/summary';

describe('characters that would go unseen', () => {
  const shown = (text: string): string =>
    segmentsOf(text)
      .map((segment) => (segment.kind === 'text' ? segment.text : `[${segment.codes}]`))
      .join('');

  const cases: readonly (readonly [string, string, string])[] = [
    ['plain text is one piece', 'Hello, Zoë!', 'Hello, Zoë!'],
    ['bidi overrides', 'a\u202eb\u202c', 'a[U+202E]b[U+202C]'],
    ['bidi isolates and marks', '\u2066x\u2069\u200f', '[U+2066]x[U+2069 U+200F]'],
    ['control characters', 'a\u0000b\u001bc\u009f', 'a[U+0000]b[U+001B]c[U+009F]'],
    ['tab and newline stay', 'a\tb\nc', 'a\tb\nc'],
    ['Windows line ends are newlines', 'a\r\nb', 'a\nb'],
    ['a lone carriage return is shown', 'a\rb', 'a[U+000D]b'],
    ['blanks without width', 'pass\u200bword\ufeff', 'pass[U+200B]word[U+FEFF]'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a[U+2028]b[U+2029]'],
    ['joiners stay: emoji and Persian need them', '👩\u200d👧 می\u200cخواهم', '👩\u200d👧 می\u200cخواهم'],
    [
      'a flag of tags stays',
      'x 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} y',
      'x 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} y',
    ],
    [
      'tags after a flag do not hide behind it',
      '🏴\u{e0067}\u{e0062}\u{e007f}\u{e0041}',
      '🏴\u{e0067}\u{e0062}\u{e007f}[U+E0041]',
    ],
    ['many of one kind are counted', '\u202e'.repeat(5), '[U+202E ×5]'],
    ['many of several kinds are counted', '\u{e0061}\u{e0062}\u{e0063}\u{e0064}', '[U+E0061 U+E0062 U+E0063 … ×4]'],
    ['empty text', '', ''],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.equal(shown(text), expected));
  }

  it('thousands of flags stay flags', () => {
    assert.equal(shown('🏴\u{e0067}\u{e0062}\u{e007f}'.repeat(2000)).includes('['), false);
  });
});

describe('JSON inside a string', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['an object', '{"a":1}', { a: 1 }],
    ['a list with blanks before it', ' \n[1,2]', [1, 2]],
    ['a string that is JSON again, at any depth', JSON.stringify(JSON.stringify(JSON.stringify({ a: 1 }))), { a: 1 }],
    ['a number stays text', '12', undefined],
    ['a word stays text', 'true', undefined],
    ['a quoted word stays text', '"hello"', undefined],
    ['what only looks like JSON stays text', '{name}', undefined],
    ['cut JSON stays text', '{"a":', undefined],
    ['empty text', '', undefined],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.deepEqual(decodedString(text), expected));
  }
});

describe('a value on one line', () => {
  const cases: readonly (readonly [string, Parameters<typeof summaryOf>[0], string | undefined])[] = [
    ['fields', { a: 'x', b: 2, c: null, d: true }, 'a: x, b: 2, c: null, d: true'],
    ['deeper ones in brackets', { a: { b: [1, { c: 2 }] } }, 'a: {b: [1, {c: 2}]}'],
    ['a list', ['x', 'y'], 'x, y'],
    ['text over several lines', 'a\n  b', 'a b'],
    ['JSON inside a string', '{"a":1}', 'a: 1'],
    ['nothing sent', undefined, undefined],
    ['null', null, undefined],
    ['no fields', {}, undefined],
    ['no items', [], undefined],
    ['blank text', ' \n', undefined],
    ['false is something', false, 'false'],
  ];
  for (const [name, value, expected] of cases) {
    it(name, () => assert.equal(summaryOf(value), expected));
  }

  it('is cut, and says so, without breaking a character in two', () => {
    const line = summaryOf(`${'a'.repeat(118)}😀😀😀`) ?? '';
    assert.equal(line.length <= 120, true);
    assert.match(line, /^a+…$/);
  });

  it('is cut within a long list', () => {
    const line = summaryOf(Array.from({ length: 100_000 }, (_, index) => index)) ?? '';
    assert.match(line, /^0, 1, 2, .*…$/);
  });
});
