import assert from 'node:assert/strict';
import { parseLooseJson } from '../../../src/core/text/looseJson';

describe('JSON as other languages print it', () => {
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['JSON itself', '{"a": [1, -2.5, true, null, "x"]}', { a: [1, -2.5, true, null, 'x'] }],
    ['numbers that JSON lacks', '[NaN, Infinity, -Infinity, -inf, nan]', [null, null, null, null, null]],
    ['single quotes', `{'a': 'say "hi"', 'b': 'it\\'s', "c": "it's"}`, { a: 'say "hi"', b: "it's", c: "it's" }],
    ['names without quotes', '{ok: false, $id: 1, état: 2}', { ok: false, $id: 1, état: 2 }],
    ['constants of Python and JavaScript', '[True, False, None, undefined]', [true, false, null, null]],
    [
      'tuples, calls and their named arguments',
      "{'a': (1, 2,), 'd': date(2026, 1, 2), 't': timedelta(days=1)}",
      { a: [1, 2], d: [2026, 1, 2], t: [1] },
    ],
    ['prefixes of strings', "[b'x', u'y', f\"z\"]", ['x', 'y', 'z']],
    ['escapes', String.raw`['\x41', '\U0001F600', '\u0042', '\n', '\q', '\"']`, ['A', '😀', 'B', '\n', 'q', '"']],
    ['line breaks within strings', "['a\nb']", ['a\nb']],
    ['a name that every object has', '{constructor: 1}', { constructor: 1 }],
    ['text', 'ok: false', undefined],
    ['a set', "{'a', 'b'}", undefined],
    ['what is cut off', "{'a': 'b", undefined],
    ['words in braces', '{name} and {more}', undefined],
    ['a number in parentheses', '(1)', [1]],
  ];
  for (const [name, text, expected] of cases)
    it(`understands ${name}, or returns nothing`, () => assert.deepEqual(parseLooseJson(text), expected));

  it('leaves out what is nested too deep', () =>
    assert.equal(parseLooseJson(`${'['.repeat(5000)}NaN${']'.repeat(5000)}`), undefined));

  it('reads each character once, however many quotes are escaped in a string that never ends', () => {
    assert.equal(parseLooseJson(`{'a': "${'\\"'.repeat(400_000)}`), undefined);
  });
});
