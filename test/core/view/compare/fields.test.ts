import assert from 'node:assert/strict';
import type { JsonValue } from '../../../../src/core/model/json';
import { fieldsOf, meaningOf } from '../../../../src/core/view/compare/fields';

/** Lists within one another, and what is within. */
function nested(levels: number, inner = ''): JsonValue {
  return JSON.parse(`${'['.repeat(levels)}${inner}${']'.repeat(levels)}`) as JsonValue;
}

describe('Values that are compared', () => {
  it('are the same in whatever order their keys were sent, 200 levels deep', () => {
    assert.equal(meaningOf(nested(199, '{"a":1,"b":2}')), meaningOf(nested(199, '{"b":2,"a":1}')));
  });

  it('are compared as they were sent where they are nested deeper', () => {
    assert.notEqual(meaningOf(nested(200, '{"a":1,"b":2}')), meaningOf(nested(200, '{"b":2,"a":1}')));
    assert.equal(meaningOf(nested(200, '{"a":1}')), meaningOf(nested(200, '{"a":1}')));
    assert.deepEqual(fieldsOf({ b: nested(201), a: 1 }), [
      { name: 'a', lines: ['1'] },
      { name: 'b', lines: [JSON.stringify(nested(201))] },
    ]);
  });

  for (const levels of [3000, 100_000]) {
    it(`are compared as text where JSON in a string is nested ${levels} levels deep`, () => {
      const text = `${'['.repeat(levels)}${']'.repeat(levels)}`;
      assert.equal(meaningOf(text), meaningOf(text));
      assert.notEqual(meaningOf(text), meaningOf(`[${text}]`));
      assert.deepEqual(fieldsOf({ a: text }), fieldsOf({ a: text }));
    });
  }
});
