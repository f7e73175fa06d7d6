import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../../src/core/model/json';
import { entriesOf, ExactNumber, stringify, toNumber } from '../../../src/core/util/exactJson';
import { parse, parseIncrementally } from '../../../src/core/util/parseJson';

const createNested = (levels: number, innermost = ''): string =>
  `${'{"a":['.repeat(levels / 2)}${innermost}${']}'.repeat(levels / 2)}`;

function parseInSteps(text: string): JsonValue {
  const steps = parseIncrementally(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

describe('Lossless JSON', () => {
  const exactCases = [
    '9007199254740993',
    '-9007199254740993',
    '1234567890123456789012345678901234567890',
    '12.50',
    '0.00450000',
    '1.0',
    '-0',
    '-0.0',
    '1e400',
    '1E5',
    '1e+5',
    '0.1e1',
    '1e-400',
    '0.1000000000000000055511151231257827',
    '{"qty":1,"qty":2}',
    '{"qty":1,"qty":1}',
    '{"a":{"b":1},"a":{"c":[12.50,{"d":1,"d":{"d":2}}]}}',
    '{"10":1,"9":2}',
    '{"b":1,"0":2}',
    '{"__proto__":1,"__proto__":12.50}',
    '{"toJSON":1,"toJSON":2}',
    '[1.50,{"deep":[[9007199254740993]],"text":"12.50"}]',
  ];
  for (const json of exactCases) {
    it(`returns ${json} unchanged`, () => {
      assert.equal(stringify(parse(json)), json);
      assert.equal(stringify({ inner: [parse(json)] }), `{"inner":[${json}]}`);
      assert.equal(stringify(parseInSteps(json)), json);
    });
  }

  it('parses numbers that JavaScript represents exactly as numbers', () => {
    const plain = [
      '0',
      '-1',
      '12.5',
      '0.000001',
      '1e-7',
      '1.5e-7',
      '1e+21',
      '123456789012345',
      '0.30000000000000004',
      '5e-324',
      '1.7976931348623157e+308',
      '9007199254740991',
      '9007199254740992',
    ];
    for (const json of plain) {
      for (const value of [parse(json), parseInSteps(json)]) {
        assert.equal(typeof value, 'number', json);
        assert.equal(String(value as number), json);
      }
    }
    assert.equal((parse('{"0":1,"1":2,"b":3}') as JsonObject)['b'], 3);
  });

  it('converts exact numbers to numbers for calculations', () => {
    assert.deepEqual([parse('12.50'), parse('-0.0'), parse('3'), parse('"3"'), undefined].map(toNumber), [
      12.5,
      -0,
      3,
      undefined,
      undefined,
    ]);
  });

  it('uses the last duplicate field as the property, like JSON.parse', () => {
    const value = parse('{"qty":1,"of":0,"qty":2}') as JsonObject;
    assert.equal(value['qty'], 2);
    assert.deepEqual(entriesOf(value), [
      ['qty', 1],
      ['of', 0],
      ['qty', 2],
    ]);
    assert.deepEqual(Object.keys(value), ['qty', 'of']);
  });

  it('differs by digits and by every field', () => {
    const differ = [
      ['12.50', '12.5'],
      ['9007199254740993', '9007199254740995'],
      ['{"a":1,"a":2}', '{"a":2}'],
      ['{"a":1,"a":2}', '{"a":3,"a":2}'],
      ['{"b":1,"0":2}', '{"0":2,"b":1}'],
    ] as const;
    for (const [one, other] of differ) {
      assert.ok(!isDeepStrictEqual(parse(one), parse(other)), `${one} ${other}`);
      assert.ok(isDeepStrictEqual(parse(one), parse(one)), one);
      assert.notEqual(JSON.stringify([parse(one)]), JSON.stringify([parse(other)]), `${one} ${other}`);
    }
  });

  it('can be indented', () => {
    assert.equal(
      stringify(parse('{"price":12.50,"qty":1,"qty":[2]}'), 2),
      '{\n  "price": 12.50,\n  "qty": 1,\n  "qty": [\n    2\n  ]\n}',
    );
  });

  it('mistakes no text for a number or a field', () => {
    const exactNumber = new ExactNumber('1.0');
    // JSON that was written without `stringify` contains no marks either.
    const texts = [
      'exact-',
      'exact-1=12.50',
      JSON.stringify(exactNumber),
      JSON.stringify(parse('{"a":1,"a":2}')),
      '"=1"',
      'exact-a-b-c-d0:name',
    ];
    const value = { texts, names: Object.fromEntries(texts.map((text) => [text, exactNumber])) };
    const parsedAgain = JSON.parse(stringify(value)) as typeof value;
    assert.deepEqual(parsedAgain.texts, texts);
    assert.deepEqual(Object.keys(parsedAgain.names), texts);
  });

  it('handles the reported response', () => {
    const text = readFileSync('test/fixtures/exact-numbers.json', 'utf8').trim();
    assert.equal(stringify(parse(text)), text);
  });

  for (const broken of [
    '',
    ' ',
    '{',
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{"a"}',
    '{a:1}',
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    'tru',
    'nul',
    'truefalse',
    '"a',
    '"\n"',
    '"\\x"',
    '"\\u12"',
    '[1 2]',
    '{"a":1 "b":2}',
    '[1]]',
    '1 2',
    '{"a":12.50}x',
    '\ufeff1',
    'NaN',
    "'a'",
    '[1}',
    '{"a":1]',
  ]) {
    it(`rejects ${JSON.stringify(broken)}`, () => {
      assert.throws(() => parse(broken), SyntaxError);
      assert.throws(() => parseInSteps(broken), SyntaxError);
    });
  }
});

describe('JSON nested deeper than 200 levels', () => {
  it('is parsed completely up to 200 levels', () => {
    for (const value of [parse(createNested(200)), parseInSteps(createNested(200))])
      assert.deepEqual(value, JSON.parse(createNested(200)));
  });

  it('is unparsed text below, as it was sent', () => {
    const innermost = '{"__proto__":1,"b":[null,true,-1.50,"\\"\\u2028é",{},[]],"c":{"d":"e"}},2';
    for (const parseText of [parse, parseInSteps]) {
      const value = parseText(
        `{"before":[1],"deep":${createNested(100_000, innermost)},"after":{"__proto__":{"f":1}}}`,
      ) as JsonObject;
      let text: JsonValue | undefined = value['deep'];
      let levels = 1;
      for (; typeof text === 'object' && text !== null; levels += 1)
        text = Object.values<JsonValue>(text as JsonObject)[0];
      assert.equal(levels, 200);
      assert.ok(
        typeof text === 'string' && createNested(100_000, innermost).includes(text) && text.includes(innermost),
      );
      assert.ok(JSON.parse(text));
      assert.deepEqual(Object.keys(value['after'] as JsonObject), ['__proto__']);
    }
  });

  it('can be of any width', () => {
    const wide = JSON.stringify(Array.from({ length: 300_000 }, (_, index) => index));
    let text = parse(`${'['.repeat(201)}${wide}${']'.repeat(201)}`);
    while (typeof text === 'object' && text !== null) text = (text as readonly JsonValue[])[0] as JsonValue;
    assert.ok(text === `[${wide}]`);
  });

  it('is an error or a value if requested', () => {
    assert.throws(() => parse(createNested(202), 'error'), SyntaxError);
    assert.deepEqual(parse(createNested(200), 'error'), JSON.parse(createNested(200)));
    assert.deepEqual(parse(createNested(400), 'value'), JSON.parse(createNested(400)));
  });
});
