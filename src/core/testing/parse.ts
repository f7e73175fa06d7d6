import type { JsonObject } from '../model/json';
import { findMessageProblem, maxMessageChars } from '../text/message';
import { isTimeZone } from '../text/time';
import { entriesOf, fromEntries } from '../util/exactJson';
import { parseAssertions, parseObject } from './parseAssertion';
import { findUnknownPlaceholders } from './placeholders';
import { type Problem, ProblemCollector } from './problems';
import type { Assertion, AssistantReference, TestCase, TestSuite, TestTurn, TextRange } from './suite';
import { parseYaml } from './yamlSource';
import { type Fields, TooManyValuesError, type YamlField, YamlReader, type YamlValue, maxValues } from './yamlReader';

/** UTF-8. */
export const maxFileBytes = 1_000_000;
export const maxTests = 500;
const maxRepeat = 20;
const maxTurns = 100;
const maxNameChars = 200;
const maxVariables = 100;
const maxTags = 20;
const unlimited = Number.POSITIVE_INFINITY;

export interface ParsedSuite {
  /** Undefined if there is an error. */
  readonly suite: TestSuite | undefined;
  /** From top to bottom. */
  readonly problems: readonly Problem[];
}

/** Parses a test file. */
export function parseSuite(text: string): ParsedSuite {
  const steps = parseSuiteInSteps(text);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Like `parseSuite`, for `runTimeSliced`: a file with hundreds of tests takes a tenth of a second. */
export function* parseSuiteInSteps(text: string): Generator<undefined, ParsedSuite> {
  const problems = new ProblemCollector();
  let suite: TestSuite | undefined;
  if (Buffer.byteLength(text) > maxFileBytes)
    problems.add({ start: 0, end: 0 }, { kind: 'too-large', maxBytes: maxFileBytes });
  else
    try {
      suite = yield* parse(text, problems);
    } catch (error) {
      const start = { start: 0, end: 0 };
      if (error instanceof TooManyValuesError) problems.add(start, { kind: 'too-many-values', max: maxValues });
      // The YAML library's functions call one another for each level.
      else if (error instanceof RangeError) problems.add(start, { kind: 'too-deep' });
      else throw error;
    }
  return { suite: problems.hasErrors ? undefined : suite, problems: problems.list() };
}

function* parse(text: string, problems: ProblemCollector): Generator<undefined, TestSuite | undefined> {
  const source = yield* parseYaml(text, problems);
  // A syntax error causes other problems, which would hide it.
  if (problems.hasErrors) return undefined;
  const reader = new YamlReader(text, source, problems);
  const { root } = source;
  const whole: YamlValue = { node: root, range: { start: root?.range?.[0] ?? 0, end: root?.range?.[1] ?? 0 } };
  const fields = reader.map(whole, 'suite', ['assistant', 'tests'], 'suite');
  if (fields === undefined) return undefined;
  if (fields.$schema !== undefined) reader.text(fields.$schema, 0, unlimited);
  const description = fields.description && reader.text(fields.description, 1, maxNameChars);
  const assistant = fields.assistant && parseAssistant(reader, fields.assistant);
  const variables = fields.variables && parseVariables(reader, fields.variables);
  const timeZone = fields.timeZone && parseTimeZone(reader, fields.timeZone);
  const defaults = parseDefaults(reader, fields.defaultTest);
  const context: SuiteContext = { text, reader, variables, defaults, descriptions: new Set(), withoutAssertions: [] };
  const tests: TestCase[] = [];
  for (const item of (fields.tests && reader.list(fields.tests, 1, maxTests)) ?? []) {
    yield;
    const test = parseTest(context, item);
    if (test !== undefined) tests.push(test);
  }
  const allVariables = tests.reduce((all, test) => mergeVariables(all, test.variables), variables);
  checkPlaceholders(context, fields.defaultTest?.range, allVariables);
  // An assertion with an error would count as none.
  if (!problems.hasErrors)
    for (const range of context.withoutAssertions) reader.report(range, { kind: 'asserts-nothing' });
  return assistant && { description, assistant, timeZone, tests };
}

interface SuiteContext {
  readonly text: string;
  readonly reader: YamlReader;
  /** Of the whole file. */
  readonly variables: JsonObject | undefined;
  readonly defaults: Defaults;
  readonly descriptions: Set<string>;
  readonly withoutAssertions: TextRange[];
}

interface Defaults extends Policy {
  readonly assertions: readonly Assertion[];
}

/** Fields are undefined if they aren't written. */
interface Policy {
  readonly repeat: number | undefined;
  readonly mustPass: number | undefined;
  readonly stopOnFailure: boolean | undefined;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

function parseAssistant(reader: YamlReader, value: YamlField): AssistantReference | undefined {
  if (reader.isMap(value)) {
    const fields = reader.map(value, 'assistant', ['name', 'id']);
    const name = fields?.name && parseAssistantName(reader, fields.name);
    const id = fields?.id && reader.integer(fields.id, 1);
    return name === undefined ? undefined : { name, id };
  }
  if (typeof reader.scalar(value)?.value !== 'string') return reader.wrong(value, 'assistant');
  const name = parseAssistantName(reader, value);
  return name === undefined ? undefined : { name, id: undefined };
}

function parseAssistantName(reader: YamlReader, value: YamlField): string | undefined {
  const name = reader.text(value, 1, unlimited);
  if (name !== undefined && uuid.test(name.trim())) reader.report(value.range, { kind: 'assistant-uuid' });
  return name;
}

function parseVariables(reader: YamlReader, value: YamlField): JsonObject | undefined {
  const variables = parseObject(reader, value);
  if (variables !== undefined && entriesOf(variables).length > maxVariables)
    reader.report(value.keyRange, { kind: 'wrong-length', of: 'map', min: 0, max: maxVariables });
  return variables;
}

function parseTimeZone(reader: YamlReader, value: YamlField): string | undefined {
  const zone = reader.text(value, 0, unlimited);
  if (zone === undefined || isTimeZone(zone)) return zone;
  reader.report(value.range, { kind: 'time-zone' });
  return undefined;
}

function parseDefaults(reader: YamlReader, value: YamlField | undefined): Defaults {
  const fields = value && reader.map(value, 'defaultTest', []);
  const policy = parsePolicy(reader, fields ?? {});
  checkPasses(reader, fields ?? {}, policy);
  return { assertions: parseAssertions(reader, fields?.assert), ...policy };
}

type PolicyFields = Pick<Fields<'test'>, 'repeat' | 'mustPass' | 'stopOnFailure'>;

function parsePolicy(reader: YamlReader, { repeat, mustPass, stopOnFailure }: PolicyFields): Policy {
  return {
    repeat: repeat && reader.integer(repeat, 1, maxRepeat),
    mustPass: mustPass && reader.integer(mustPass, 1, maxRepeat),
    stopOnFailure: stopOnFailure && reader.boolean(stopOnFailure),
  };
}

/** @param defaults applied if `repeat` isn't written */
function checkPasses(reader: YamlReader, { mustPass: field }: PolicyFields, policy: Policy, defaults?: Policy): void {
  const { mustPass } = policy;
  const repeat = policy.repeat ?? defaults?.repeat ?? 1;
  if (field !== undefined && mustPass !== undefined && mustPass > repeat)
    reader.report(field.range, { kind: 'too-many-passes', mustPass, repeat });
}

function parseTest(context: SuiteContext, value: YamlValue): TestCase | undefined {
  const { reader, defaults } = context;
  const fields = reader.map(value, 'test', ['description', 'turns']);
  if (fields === undefined) return undefined;
  const written = fields.description && reader.text(fields.description, 1, maxNameChars);
  const own = fields.variables && parseVariables(reader, fields.variables);
  const policy = parsePolicy(reader, fields);
  checkPasses(reader, fields, policy, defaults);
  const repeat = policy.repeat ?? defaults.repeat ?? 1;
  const turns = (fields.turns && reader.list(fields.turns, 1, maxTurns)) ?? [];
  const test: TestCase = {
    description: '',
    range: value.range,
    tags: parseTags(reader, fields.tags),
    skip: fields.skip && parseSkip(reader, fields.skip),
    variables: mergeVariables(context.variables, own),
    repeat,
    mustPass: policy.mustPass ?? Math.min(defaults.mustPass ?? repeat, repeat),
    stopOnFailure: policy.stopOnFailure ?? defaults.stopOnFailure ?? false,
    opening: fields.opening ? parseOpening(reader, fields.opening) : [],
    turns: turns.flatMap((turn) => parseTurn(reader, turn, defaults) ?? []),
    assertions: parseAssertions(reader, fields.assert),
  };
  const { description } = fields;
  if (description === undefined || written === undefined) return undefined;
  checkPlaceholders(context, value.range, test.variables);
  const unique = makeUnique(reader, description, written, context.descriptions);
  if (!hasAssertions(test)) context.withoutAssertions.push(description.range);
  return { ...test, description: unique };
}

function hasAssertions({ opening, turns, assertions }: TestCase): boolean {
  return opening.length + assertions.length > 0 || turns.some((turn) => turn.assertions.length > 0);
}

function makeUnique(reader: YamlReader, { range }: YamlField, written: string, known: Set<string>): string {
  let description = written;
  if (known.has(written)) reader.report(range, { kind: 'duplicate-description', description: written });
  for (let count = 2; known.has(description); count += 1) description = `${written} (${count})`;
  known.add(description);
  return description;
}

function mergeVariables(file: JsonObject | undefined, own: JsonObject | undefined): JsonObject | undefined {
  if (file === undefined || own === undefined) return own ?? file;
  return fromEntries([...entriesOf(file).filter(([name]) => !Object.hasOwn(own, name)), ...entriesOf(own)]);
}

function parseTags(reader: YamlReader, value: YamlField | undefined): readonly string[] {
  const items = value && reader.list(value, 0, maxTags);
  return (items ?? []).flatMap((item) => {
    const tag = reader.text(item, 0, unlimited);
    if (tag !== undefined && !/^[\p{L}\p{N}_-]+$/u.test(tag)) reader.report(item.range, { kind: 'bad-tag' });
    return tag ?? [];
  });
}

/** Returns the reason, which is empty for `true`, or undefined for `false`. */
function parseSkip(reader: YamlReader, value: YamlField): string | undefined {
  const scalar = reader.scalar(value)?.value;
  if (scalar === true) return '';
  if (scalar === false) return undefined;
  return typeof scalar === 'string' ? scalar.trim() : reader.wrong(value, 'booleanOrText');
}

function parseOpening(reader: YamlReader, value: YamlField): readonly Assertion[] {
  return parseAssertions(reader, reader.map(value, 'opening', ['assert'])?.assert);
}

function parseTurn(reader: YamlReader, value: YamlValue, defaults: Defaults): TestTurn | undefined {
  const fields = reader.map(value, 'turn', ['user']);
  if (fields === undefined) return undefined;
  const reference = fields.reference && reader.text(fields.reference, 0, unlimited);
  const assertions = [...defaults.assertions, ...parseAssertions(reader, fields.assert)];
  const user = fields.user && reader.textOrNumber(fields.user);
  if (fields.user === undefined || user === undefined) return undefined;
  const problem = findMessageProblem(user);
  if (problem === 'blank') reader.report(fields.user.range, { kind: 'blank-message' });
  if (problem === 'tooLong') reader.report(fields.user.range, { kind: 'long-message', maxChars: maxMessageChars });
  return { user, userRange: fields.user.range, reference, assertions };
}

/** Warns of each `{{name}}` that has no value. */
function checkPlaceholders(
  { text, reader }: SuiteContext,
  range: TextRange | undefined,
  variables: JsonObject | undefined,
): void {
  if (range === undefined) return;
  const part = text.slice(range.start, range.end);
  if (!part.includes('{{')) return;
  for (const { name, start, end } of findUnknownPlaceholders(part, variables))
    reader.report({ start: range.start + start, end: range.start + end }, { kind: 'unknown-placeholder', name });
}
