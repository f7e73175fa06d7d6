import type { JsonObject, JsonValue } from '../model/json';
import { decodeJsonString } from '../text/looseJson';
import { entriesOf, fromEntries, isJsonArray, isJsonObject, stringify, toNumber } from '../util/exactJson';
import { listComparedFields } from '../view/compare/fields';
import type { AssertionCheck } from './suite';
import { findRegex, normalizeReply } from './textMatch';

export type ArgumentsCheck = Extract<AssertionCheck, { kind: 'tool-args-match' }>;

export type ArgumentDifference =
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'extra'; readonly path: string }
  /** `isTypeOnly` if they read the same, such as 2 and "2". */
  | {
      readonly kind: 'other';
      readonly path: string;
      readonly expected: JsonValue;
      readonly actual: JsonValue;
      readonly isTypeOnly: boolean;
    }
  | { readonly kind: 'length'; readonly path: string; readonly expected: number; readonly actual: number }
  | { readonly kind: 'pattern'; readonly path: string; readonly pattern: string; readonly actual: JsonValue };

/** Returns a call's arguments, which may be JSON in a string; an empty object if it has none. */
export function decodeArguments(sent: JsonValue | undefined): JsonObject {
  const value = typeof sent === 'string' ? decodeJsonString(sent) : sent;
  return isJsonObject(value) ? value : {};
}

/**
 * Returns all differences; none if the arguments match.
 * @throws TimeoutError if a regular expression takes too long, SyntaxError if it doesn't compile
 */
export function compareArguments(check: ArgumentsCheck, actual: JsonObject): readonly ArgumentDifference[] {
  const differences: ArgumentDifference[] = [];
  const given = dropFields(actual, check.ignore);
  for (const [name, pattern] of Object.entries(check.patterns).filter(([each]) => !check.ignore.includes(each))) {
    const value = getField(given, name);
    if (value === undefined) differences.push({ kind: 'missing', path: name });
    else if (findRegex(toText(value), pattern) === undefined)
      differences.push({ kind: 'pattern', path: name, pattern, actual: value });
  }
  const isExact = check.mode === 'exact';
  // A pattern replaces the expected value.
  const rest = dropFields(given, Object.keys(check.patterns));
  compareObjects(dropFields(check.args ?? {}, check.ignore), rest, isExact, '', differences);
  return differences;
}

/** Returns both sides for a diff, one field a line, without the fields that aren't compared. */
export function formatArguments(
  check: ArgumentsCheck,
  actual: JsonObject,
): { readonly expected: string; readonly actual: string } {
  const given = dropFields(actual, check.ignore);
  const wanted = dropFields(check.args ?? {}, [...check.ignore, ...Object.keys(check.patterns)]);
  const patterns = Object.entries(check.patterns).map(([name, pattern]): readonly [string, JsonValue] => {
    const value = getField(given, name);
    const holds = value !== undefined && findRegex(toText(value), pattern) !== undefined;
    return [name, holds ? value : `/${pattern}/`];
  });
  const expected = fromEntries([...entriesOf(wanted), ...patterns]);
  const names = new Set(entriesOf(expected).map(([name]) => name));
  const shown = check.mode === 'exact' ? given : fromEntries(entriesOf(given).filter(([name]) => names.has(name)));
  return { expected: formatFields(expected), actual: formatFields(shown) };
}

/** Returns JSON on one line. */
export function formatValue(value: JsonValue): string {
  return stringify(value);
}

function formatFields(value: JsonObject): string {
  return listComparedFields(value)
    .map(({ name = '', lines }) => `${name}: ${lines.join('\n')}`)
    .join('\n');
}

function compareObjects(
  expected: JsonObject,
  actual: JsonObject,
  isExact: boolean,
  path: string,
  differences: ArgumentDifference[],
): void {
  for (const [name, value] of entriesOf(expected)) {
    const inner = path === '' ? name : `${path}.${name}`;
    const given = getField(actual, name);
    if (given === undefined) differences.push({ kind: 'missing', path: inner });
    else compareValues(value, given, isExact, inner, differences);
  }
  if (!isExact) return;
  for (const [name] of entriesOf(actual))
    if (!Object.hasOwn(expected, name))
      differences.push({ kind: 'extra', path: path === '' ? name : `${path}.${name}` });
}

function compareValues(
  expected: JsonValue,
  actual: JsonValue,
  isExact: boolean,
  path: string,
  differences: ArgumentDifference[],
): void {
  if (isJsonObject(expected) && isJsonObject(actual)) {
    compareObjects(expected, actual, isExact, path, differences);
  } else if (isJsonArray(expected) && isJsonArray(actual)) {
    if (expected.length === actual.length)
      for (const [index, item] of expected.entries())
        compareValues(item, actual[index] ?? null, isExact, `${path}[${index}]`, differences);
    else differences.push({ kind: 'length', path, expected: expected.length, actual: actual.length });
  } else if (!isSameScalar(expected, actual)) {
    const isTypeOnly = toText(expected) === toText(actual);
    differences.push({ kind: 'other', path, expected, actual, isTypeOnly });
  }
}

function isSameScalar(expected: JsonValue, actual: JsonValue): boolean {
  if (typeof expected === 'string' && typeof actual === 'string')
    return normalizeReply(expected) === normalizeReply(actual);
  const [a, b] = [toNumber(expected), toNumber(actual)];
  if (a === undefined || b === undefined) return expected === actual;
  return stringify(expected) === stringify(actual) || (a === b && Math.abs(a) <= Number.MAX_SAFE_INTEGER);
}

function toText(value: JsonValue): string {
  return typeof value === 'string' ? value : stringify(value);
}

function getField(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function dropFields(object: JsonObject, names: readonly string[]): JsonObject {
  return names.length === 0 ? object : fromEntries(entriesOf(object).filter(([name]) => !names.includes(name)));
}
