import assert from 'node:assert/strict';
import type { JsonValue } from '../../../src/core/model/json';
import { isTooDeep, shallow } from '../../../src/core/util/jsonDepth';

const nested = (levels: number, innermost = ''): JsonValue =>
  JSON.parse(`${'{"a":['.repeat(levels / 2)}${innermost}${']}'.repeat(levels / 2)}`) as JsonValue;

describe('JSON that is nested too deep', () => {
  it('is what nobody writes', () => {
    assert.deepEqual([null, 'x', [], nested(200), nested(202), nested(100_000)].map((value) => isTooDeep(value)), [false, false, false, false, true, true]);
  });

  it('is the value itself where it is not', () => {
    const value = nested(200);
    assert.equal(shallow(value), value);
  });

  it('is text from there on, and nothing of it is lost', () => {
    const innermost = '{"__proto__":1,"b":[null,true,-1.5,"\\"\\u2028é",{},[]],"c":{"d":"e"}},2';
    const value = shallow({ before: [1], deep: nested(100_000, innermost), after: JSON.parse('{"__proto__":{"f":1}}') as JsonValue });
    assert.equal(isTooDeep(value), false);
    let text: JsonValue | undefined = (value as Readonly<Record<string, JsonValue>>)['deep'];
    let levels = 1;
    for (; typeof text === 'object' && text !== null; levels += 1) text = Object.values<JsonValue>(text)[0];
    assert.equal(levels, 200);
    const whole = `${'{"a":['.repeat(50_000)}${JSON.stringify(JSON.parse(`[${innermost}]`)).slice(1, -1)}${']}'.repeat(50_000)}`;
    assert.ok(typeof text === 'string' && whole.includes(text) && text.includes('{"__proto__":1,"b":[null,true,-1.5,'));
    assert.ok(JSON.parse(text));
    assert.deepEqual(Object.keys((value as { after: object }).after), ['__proto__']);
  });

  it('may be as wide as it is', () => {
    const wide = Array.from({ length: 300_000 }, (_, index) => index);
    let value: JsonValue = wide;
    for (let level = 0; level < 201; level += 1) value = [value];
    let text: JsonValue = shallow(value);
    while (typeof text === 'object' && text !== null) text = (text as readonly JsonValue[])[0] as JsonValue;
    assert.ok(text === `[${JSON.stringify(wide)}]`);
  });
});
