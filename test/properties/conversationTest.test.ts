import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { formatProblem } from '../../src/core/testing/formatProblem';
import { parseSuite } from '../../src/core/testing/parse';
import { writtenTypes } from '../../src/core/testing/vocabulary';
import { english } from '../../src/core/text/l10n';
import { projectRoot } from '../support/paths';
import { histories } from './support/histories';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const schema = JSON.parse(readFileSync(join(projectRoot, 'media', 'conversation-test.schema.json'), 'utf8')) as object;
// Regular expressions are checked elsewhere: editors differ in their flags.
const validate = new Ajv({ strict: false, formats: { regex: true } }).compile(schema);

/** A valid value, or rarely an invalid one. */
const mostly = (valid: readonly Json[], ...invalid: readonly Json[]): fc.Arbitrary<Json> =>
  fc.oneof({ weight: 40, arbitrary: fc.constantFrom(...valid) }, { weight: 1, arbitrary: fc.constantFrom(...invalid) });

const text = mostly(['Hello', '0049', '+49', 'yes', ' ', 'ü', '{{today}}'], 'x'.repeat(201), '');
const textOrNumber = mostly(['Hello', '0049', 'true', '', 0, 7, 1.5, -2], true, null);
const names = fc.array(text, { minLength: 1, maxLength: 3 });
const range = fc.record({ min: fc.nat(3), max: fc.integer({ min: 3, max: 9 }) }, { requiredKeys: ['max'] });
const toolUsed = fc.oneof(
  text,
  names,
  fc.record({ name: text, min: fc.nat(3), max: fc.nat(9) }, { requiredKeys: ['name'] }),
);
const toolArgs = fc.record(
  {
    name: text,
    args: mostly([{}, { a: [1, { b: null }] }], []),
    patterns: mostly([{}, { a: '^x' }], { a: 1 }),
    mode: mostly(['partial', 'exact'], 'loose'),
    ignore: names,
  },
  { requiredKeys: ['name', 'args'] },
);
const toolSequence = fc.oneof(
  names,
  fc.record({ steps: names, mode: mostly(['in_order', 'exact'], 'any') }, { requiredKeys: ['steps'] }),
);
const type = mostly(
  [...writtenTypes, 'trajectory:tool-used', 'not-trajectory:tool-sequence'],
  'not-latency',
  'javascript',
).map(String);

/** Mostly with a value of the right kind. */
const assertion: fc.Arbitrary<Json> = type.chain((name): fc.Arbitrary<Json> => {
  const value: fc.Arbitrary<Json> = name.endsWith('tool-used')
    ? toolUsed
    : name.endsWith('args-match')
      ? toolArgs
      : name.endsWith('sequence')
        ? toolSequence
        : name.endsWith('count')
          ? range
          : /-(?:any|all)$/.test(name)
            ? fc.array(textOrNumber, { minLength: 1, maxLength: 3 })
            : /(?:regex|rubric)$/.test(name)
              ? text
              : textOrNumber;
  return name === 'latency'
    ? fc.record(
        { type: fc.constant(name), threshold: mostly([1, 1.5, 15_000], 0) },
        { requiredKeys: ['type', 'threshold'] },
      )
    : fc.record({ type: fc.constant(name), value }, { requiredKeys: ['type', 'value'] });
});
const assertions = fc.array(assertion, { maxLength: 3 });
const variables = fc.constantFrom<Json>({}, { a: 1, b: { c: [true] } }, { 'a b': null });
const policy = {
  repeat: mostly([1, 3, 20], 21, 0, 1.5),
  mustPass: mostly([1, 20], 21),
  stopOnFailure: fc.boolean(),
};
const turn = fc.record({ user: textOrNumber, reference: text, assert: assertions }, { requiredKeys: ['user'] });
const test = fc.record(
  {
    ...{ description: text, variables, ...policy, assert: assertions },
    tags: fc.array(mostly(['smoke', 'größe_1'], 'a b', ''), { maxLength: 2 }),
    skip: fc.constantFrom<Json>(true, false, 'later', ''),
    opening: fc.record({ assert: assertions }),
    turns: fc.array(turn, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: ['description', 'turns'] },
);
const file: fc.Arbitrary<Json> = fc.record(
  {
    description: text,
    assistant: fc.oneof(text, fc.record({ name: text, id: mostly([1, 7], 0) })),
    variables,
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'nowhere'),
    defaultTest: fc.record({ assert: assertions, ...policy }, { requiredKeys: [] }),
    tests: fc.array(test, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['assistant', 'tests'] },
);

/** Replaces, removes, or adds something at a place that the numbers choose. */
function mutate(value: Json, path: readonly number[], replacement: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const entries: readonly (readonly [string, Json])[] = Object.entries(value as Readonly<Record<string, Json>>);
  const at = step % (entries.length + 1);
  const changed = entries.flatMap(([key, inner], index): readonly (readonly [string, Json])[] => {
    const next = index === at ? mutate(inner, rest, replacement) : inner;
    return next === undefined ? [] : [[key, next]];
  });
  if (Array.isArray(value)) return changed.map(([, inner]) => inner);
  return Object.fromEntries(
    at === entries.length && replacement !== undefined ? [...changed, ['banana', replacement]] : changed,
  );
}

const mutation = fc.tuple(
  fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }),
  fc.option(fc.constantFrom<Json>(null, true, 0, 1.5, 'x', [], {}, ['x'], { name: 'x' }), { nil: undefined }),
);

describe('The schema of conversation tests', () => {
  it('accepts the files that the decoder accepts, and no others', async () => {
    let valid = 0;
    const checked = await histories(
      fc.property(file, fc.array(mutation, { maxLength: 2 }), fc.boolean(), (original, mutations, isJson) => {
        const value = mutations.reduce<Json>(
          (whole, [path, replacement]) => mutate(whole, path, replacement) ?? null,
          original,
        );
        const yaml = isJson ? JSON.stringify(value) : stringify(value);
        const problems = parseSuite(yaml).problems.filter(({ isInSchema }) => isInSchema);
        const isValid = validate(value);
        if (isValid) valid += 1;
        const reason = isValid
          ? problems.map((problem) => formatProblem(english, problem)).join('\n')
          : JSON.stringify(validate.errors);
        assert.equal(problems.length === 0, isValid, `${yaml}\n${reason}`);
      }),
    );
    assert.ok(valid > checked / 10 && valid < checked / 1.1, `${valid} of ${checked} files are valid`);
  });

  it('accepts the example', () => {
    const example = readFileSync(join(projectRoot, 'test', 'fixtures', 'example.conversation.yaml'), 'utf8');
    assert.deepEqual(parseSuite(example).problems, []);
  });
});
