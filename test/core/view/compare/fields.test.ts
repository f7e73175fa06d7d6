import assert from 'node:assert/strict';
import type { JsonValue } from '../../../../src/core/model/json';
import { parse } from '../../../../src/core/util/parseJson';
import { listComparedFields, toCanonicalJson } from '../../../../src/core/view/compare/fields';

/** Returns nested lists around `inner`. */
function createNested(levels: number, inner = ''): JsonValue {
  return JSON.parse(`${'['.repeat(levels)}${inner}${']'.repeat(levels)}`) as JsonValue;
}

describe('Compared values', () => {
  it('are equal regardless of key order, 200 levels deep', () => {
    assert.equal(
      toCanonicalJson(createNested(199, '{"a":1,"b":2}')),
      toCanonicalJson(createNested(199, '{"b":2,"a":1}')),
    );
  });

  it('differ if their digits differ', () => {
    const field = (json: string): readonly string[] =>
      listComparedFields(parse(json)).flatMap(({ name, lines }) => [`${name}:`, ...lines]);
    assert.notEqual(
      toCanonicalJson(parse('{"id":9007199254740993}')),
      toCanonicalJson(parse('{"id":9007199254740992}')),
    );
    // The comparison shows digits as sent, so equal values must look equal.
    assert.notEqual(toCanonicalJson(parse('{"price":12.50}')), toCanonicalJson(parse('{"price":12.5}')));
    assert.equal(toCanonicalJson('{"price":12.50,"id":1}'), toCanonicalJson(parse('{"id":1,"price":12.50}')));
    assert.deepEqual(field('{"b":{"z":-0,"y":1e400},"a":12.50}'), [
      'a:',
      '12.50',
      'b:',
      '{',
      '  "y": 1e400,',
      '  "z": -0',
      '}',
    ]);
  });

  it('differ if a field is duplicated', () => {
    assert.notEqual(toCanonicalJson(parse('{"qty":1,"qty":2}')), toCanonicalJson(parse('{"qty":2}')));
    assert.deepEqual(
      listComparedFields(parse('{"b":0,"qty":1,"qty":2}')).map(({ name, lines }) => [name, ...lines]),
      [
        ['b', '0'],
        ['qty', '1'],
        ['qty', '2'],
      ],
    );
  });

  for (const levels of [3000, 100_000]) {
    it(`are compared as text if JSON in a string is nested ${levels} levels deep`, () => {
      const text = `${'['.repeat(levels)}${']'.repeat(levels)}`;
      assert.equal(toCanonicalJson(text), toCanonicalJson(text));
      assert.notEqual(toCanonicalJson(text), toCanonicalJson(`[${text}]`));
      assert.deepEqual(listComparedFields({ a: text }), listComparedFields({ a: text }));
    });
  }
});
