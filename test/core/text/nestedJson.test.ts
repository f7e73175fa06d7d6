import assert from 'node:assert/strict';
import { decodeJsonString } from '../../../src/core/text/looseJson';
import { isJsonArray, isJsonObject } from '../../../src/core/util/exactJson';

describe('decodeJsonString', () => {
  const cases: readonly [text: string, value: unknown][] = [
    ['{"a":1}', { a: 1 }],
    [' \n[1,{}]', [1, {}]],
    [JSON.stringify('{"a":1}'), { a: 1 }],
    [JSON.stringify(JSON.stringify([2])), [2]],
  ];
  for (const [text, value] of cases) it(`decodes ${text}`, () => assert.deepEqual(decodeJsonString(text), value));

  for (const text of [
    '12',
    '-1.5',
    'true',
    'null',
    '',
    '  ',
    'word',
    '"word"',
    '"12"',
    '{a}',
    '[1',
    '{"a":1} and more',
  ]) {
    it(`returns undefined for ${JSON.stringify(text)}`, () => assert.equal(decodeJsonString(text), undefined));
  }

  it('returns undefined for values nested too deep', () => {
    const createNested = (levels: number): string => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;
    assert.ok(decodeJsonString(createNested(200)));
    for (const levels of [202, 3000, 100_000]) assert.equal(decodeJsonString(createNested(levels)), undefined);
  });

  it('can be checked for arrays and objects, and null is neither', () => {
    assert.deepEqual([[], {}, null, 'x', undefined].map(isJsonArray), [true, false, false, false, false]);
    assert.deepEqual([[], {}, null, 'x', undefined].map(isJsonObject), [false, true, false, false, false]);
  });
});
