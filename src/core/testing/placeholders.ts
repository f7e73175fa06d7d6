import type { JsonObject, JsonValue } from '../model/json';
import { formatDay, subtractDays } from '../text/time';
import { entriesOf, fromEntries, isJsonArray, isJsonObject, stringify } from '../util/exactJson';
import type { Assertion, TestCase } from './suite';

const placeholder = /\{\{\s*([^{}]+?)\s*\}\}/g;
const relativeDay = /^today(?:\s*([+-])\s*(\d{1,4}))?$/;

/** The time and the time zone of a run. */
export interface TestClock {
  /** Epoch milliseconds. */
  readonly now: number;
  /** `UTC`, `local`, or an IANA name. */
  readonly zone: string;
}

/** Returns the test with its placeholders filled in. Unknown ones stay as they are. */
export function fillTest(test: TestCase, clock: TestClock): TestCase {
  const values: Values = { variables: test.variables, today: formatDay(clock.now, clock.zone) };
  const fillAll = (assertions: readonly Assertion[]): readonly Assertion[] =>
    assertions.map((assertion) => fillAssertion(assertion, values));
  return {
    ...test,
    opening: fillAll(test.opening),
    turns: test.turns.map((turn) => ({
      ...turn,
      user: fill(turn.user, values),
      reference: turn.reference === undefined ? undefined : fill(turn.reference, values),
      assertions: fillAll(turn.assertions),
    })),
    assertions: fillAll(test.assertions),
  };
}

export interface FoundPlaceholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Finds each `{{name}}` that isn't a day or a variable, except in comments. */
export function findUnknownPlaceholders(yaml: string, variables: JsonObject | undefined): readonly FoundPlaceholder[] {
  return [...yaml.matchAll(placeholder)]
    .map(({ 0: whole, 1: name = '', index }) => ({ name, start: index, end: index + whole.length }))
    .filter(({ name }) => !relativeDay.test(name) && findVariable(name, variables) === undefined)
    .filter(({ start }) => !/(?:^|\s)#.*$/.test(yaml.slice(yaml.lastIndexOf('\n', start) + 1, start)));
}

/** Returns a pattern that compiles if the filled one does. */
export function removePlaceholders(pattern: string): string {
  return pattern.replace(placeholder, 'x');
}

interface Values {
  readonly variables: JsonObject | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

function fill(text: string, values: Values, escape = (value: string): string => value): string {
  if (!text.includes('{{')) return text;
  return text.replace(placeholder, (whole, name: string) => {
    const value = findDay(name, values.today) ?? findVariable(name, values.variables);
    return value === undefined ? whole : escape(value);
  });
}

function findDay(name: string, today: string): string | undefined {
  const found = relativeDay.exec(name);
  if (found === null) return undefined;
  const [, sign = '+', days = '0'] = found;
  return subtractDays(today, sign === '+' ? -Number(days) : Number(days));
}

function findVariable(name: string, variables: JsonObject | undefined): string | undefined {
  if (variables === undefined || !Object.hasOwn(variables, name)) return undefined;
  const value = variables[name] as JsonValue;
  return isJsonArray(value) || isJsonObject(value) ? stringify(value) : String(value ?? '');
}

function fillAssertion(assertion: Assertion, values: Values): Assertion {
  const text = (each: string): string => fill(each, values);
  switch (assertion.kind) {
    case 'contains':
      return { ...assertion, texts: assertion.texts.map(text) };
    case 'equals':
    case 'starts-with':
      return { ...assertion, text: text(assertion.text) };
    case 'regex':
      return { ...assertion, pattern: fillPattern(assertion.pattern, values) };
    case 'tool-used':
      return { ...assertion, names: assertion.names.map(text) };
    case 'tool-args-match':
      return {
        ...assertion,
        name: text(assertion.name),
        args: assertion.args && (fillJson(assertion.args, values) as JsonObject),
        patterns: Object.fromEntries(
          Object.entries(assertion.patterns).map(([name, pattern]) => [name, fillPattern(pattern, values)]),
        ),
      };
    case 'tool-sequence':
      return { ...assertion, steps: assertion.steps.map(text) };
    case 'llm-rubric':
      return { ...assertion, rubric: text(assertion.rubric) };
    case 'word-count':
    case 'tool-count':
    case 'latency':
    case 'tool-succeeds':
      return assertion;
  }
}

/** Values are matched literally. */
function fillPattern(pattern: string, values: Values): string {
  return fill(pattern, values, (value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
}

function fillJson(value: JsonValue, values: Values): JsonValue {
  if (typeof value === 'string') return fill(value, values);
  if (isJsonArray(value)) return value.map((item) => fillJson(item, values));
  if (!isJsonObject(value)) return value;
  return fromEntries(entriesOf(value).map(([name, field]) => [name, fillJson(field, values)]));
}
