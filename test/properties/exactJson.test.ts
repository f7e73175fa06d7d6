import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeConversation, toRecord } from '../../src/core/api/decodeConversation';
import { createJsonLinesSerializer } from '../../src/core/export/json';
import type { JsonValue } from '../../src/core/model/json';
import { stringify } from '../../src/core/util/exactJson';
import { parse, parseIncrementally } from '../../src/core/util/parseJson';
import { histories, runs } from './support/histories';

const numRuns = runs * 4;

const digits = fc.stringMatching(/^\d{1,25}$/);
/** JSON numbers, including some that JavaScript formats differently. */
const numbers = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,24}$/)),
    fc.option(digits),
    fc.option(fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  )
  .map(
    ([sign, whole, fraction, exponent]) => `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent ?? ''}`,
  );
const names = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'qty',
    '0',
    '1',
    '10',
    '4294967294',
    '4294967295',
    '01',
    '-1',
    '__proto__',
    'toJSON',
    'constructor',
    '',
  ),
  fc.string({ unit: 'grapheme' }),
);
const texts = fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text));

/** JSON without whitespace, with repeated names and any number format. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    numbers,
    texts,
    fc.constantFrom('true', 'false', 'null', '[]', '{}'),
    fc
      .double()
      .filter(Number.isFinite)
      .map((value) => JSON.stringify(value)),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }).map((values) => `[${values.join(',')}]`),
  object: fc
    .array(fc.tuple(names, tie('json')), { maxLength: 5 })
    .map((fields) => `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
}));

function parseInSteps(text: string): JsonValue {
  const steps = parseIncrementally(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Returns the value as JSON.parse would. */
function roundTrip(value: JsonValue): unknown {
  return JSON.parse(stringify(value));
}

function tryParse(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'rejected';
  }
}

describe('JSON with any number format and field names', () => {
  it('is parsed and formatted without a change', async () => {
    await histories(
      fc.property(json, (sent) => {
        for (const value of [parse(sent), parseInSteps(sent)]) {
          assert.equal(stringify(value), sent);
          assert.equal(stringify(parse(stringify(value, 2))), sent);
          assert.deepEqual(roundTrip(value), JSON.parse(sent));
        }
      }),
      numRuns,
    );
  });

  it('is unchanged inside nested JSON strings', async () => {
    await histories(
      fc.property(json, fc.integer({ min: 1, max: 4 }), (sent, depth) => {
        let text = sent;
        for (let level = 0; level < depth; level += 1) text = JSON.stringify(text);
        let value = parse(text);
        for (let level = 0; level < depth; level += 1) value = parse(value as string);
        assert.equal(stringify(value), sent);
      }),
      numRuns,
    );
  });

  it('is accepted or rejected like by JSON.parse, with the same value', async () => {
    const edits = fc.tuple(
      json,
      fc.nat(),
      fc.nat(4),
      fc.oneof(
        fc.constantFrom(
          '',
          ',',
          ':',
          '"',
          '\\',
          '[',
          ']',
          '{',
          '}',
          '0',
          '.',
          '-',
          'e',
          ' ',
          '\n',
          '\u0001',
          '\ufeff',
          't',
        ),
        fc.string({ maxLength: 2 }),
      ),
    );
    let rejected = 0;
    await histories(
      fc.property(edits, ([sent, place, length, other]) => {
        const at = place % (sent.length + 1);
        const changed = sent.slice(0, at) + other + sent.slice(at + length);
        const expected = tryParse(() => JSON.parse(changed));
        if (expected === 'rejected') rejected += 1;
        assert.deepEqual(
          tryParse(() => roundTrip(parse(changed))),
          expected,
        );
        assert.deepEqual(
          tryParse(() => roundTrip(parseInSteps(changed))),
          expected,
        );
      }),
      numRuns,
    );
    assert.ok(rejected > 0 && rejected < numRuns);
  });
});

describe('a conversation with any fields', () => {
  const unusualValue = fc.constantFrom(
    'null',
    '""',
    '[]',
    '{}',
    '0',
    '1',
    '1.0',
    '-0',
    'true',
    '"1"',
    '"12"',
    '12',
    '12.50',
    '0.00450000',
    '"0.00450000"',
    '1E-7',
    '9007199254740993',
    '"2026-11-20 08:10:00"',
    '{"name":"Ines"}',
    '{"phone":"+49","name":null}',
    '{"name":null,"phone":12.0}',
    '{"name":"I","phone":"+49","city":"Bonn"}',
    '{"a":1,"a":2}',
    '{"1":1,"0":2}',
  );
  const fields = [
    'assistant_id',
    'assistant_name',
    'type',
    'message_count',
    'total_cost',
    'ai_enabled',
    'created_at',
    'updated_at',
    'variables',
    'external_identifier',
    'whatsapp_sender',
    'customer',
    'rating',
    '7',
    '__proto__',
    'toJSON',
  ];
  const ids = fc.constantFrom('"x-1"', '8812', '9007199254740993', '1.0', '"id"');
  const rows = fc
    .tuple(
      ids,
      fc.array(fc.tuple(fc.constantFrom(...fields), fc.oneof(unusualValue, json)), { maxLength: 14 }),
      fc.nat(),
    )
    .map(([id, others, place]) => {
      const all = others.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
      all.splice(place % (all.length + 1), 0, `"id":${id}`);
      return `{${all.join(',')}}`;
    });

  it('is exported and copied without a change', async () => {
    await histories(
      fc.property(rows, (sent) => {
        const conversation = decodeConversation(parse(sent));
        assert.ok(conversation !== undefined);
        assert.equal(stringify(toRecord(conversation)), sent);
        const line = createJsonLinesSerializer().add({
          id: conversation.id,
          conversation,
          transcript: undefined,
          missed: undefined,
        });
        assert.equal(
          line.replaceAll('\\u2028', '\u2028').replaceAll('\\u2029', '\u2029'),
          `{"conversation":${sent}}\n`,
        );
      }),
      numRuns,
    );
  });
});
