import assert from 'node:assert/strict';
import { parseLooseJson } from '../../../src/core/text/looseJson';

describe('parseLooseJson', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['JSON itself', '{"a": [1, -2.5, true, null, "x"]}', { a: [1, -2.5, true, null, 'x'] }],
    ['numbers that JSON does not have', '[NaN, Infinity, -Infinity, -inf, nan]', [null, null, null, null, null]],
    ['single quotes', `{'a': 'say "hi"', 'b': 'it\\'s', "c": "it's"}`, { a: 'say "hi"', b: "it's", c: "it's" }],
    ['unquoted names', '{ok: false, $id: 1, état: 2}', { ok: false, $id: 1, état: 2 }],
    ['Python and JavaScript constants', '[True, False, None, undefined]', [true, false, null, null]],
    [
      'tuples, calls, and named arguments',
      "{'a': (1, 2,), 'd': date(2026, 1, 2), 't': timedelta(days=1)}",
      { a: [1, 2], d: [2026, 1, 2], t: [1] },
    ],
    ['string prefixes', "[b'x', u'y', f\"z\"]", ['x', 'y', 'z']],
    ['escapes', String.raw`['\x41', '\U0001F600', '\u0042', '\n', '\q', '\"']`, ['A', '😀', 'B', '\n', 'q', '"']],
    ['line breaks inside strings', "['a\nb']", ['a\nb']],
    ['a field named like an inherited property', '{constructor: 1}', { constructor: 1 }],
    ['plain text', 'ok: false', undefined],
    ['a set', "{'a', 'b'}", undefined],
    ['truncated text', "{'a': 'b", undefined],
    ['words in braces', '{name} and {more}', undefined],
    ['a number in parentheses', '(1)', [1]],
  ];
  for (const [name, text, expected] of cases)
    it(`handles ${name}`, () => assert.deepEqual(parseLooseJson(text), expected));

  it('returns undefined for values nested too deep', () =>
    assert.equal(parseLooseJson(`${'['.repeat(5000)}NaN${']'.repeat(5000)}`), undefined));

  it('takes linear time for escaped quotes in an unclosed string', () => {
    assert.equal(parseLooseJson(`{'a': "${'\\"'.repeat(400_000)}`), undefined);
  });
});
