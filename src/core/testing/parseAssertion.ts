import type { JsonObject } from '../model/json';
import { isJsonObject } from '../util/exactJson';
import { removePlaceholders } from './placeholders';
import type { Assertion, AssertionCheck, CountRange } from './suite';
import { type AssertionTypeName, assertionTypes, findForeignType, parseTypeName, writtenTypes } from './vocabulary';
import type { YamlField, YamlReader, YamlValue } from './yamlReader';
import { suggest } from './suggest';

const maxAssertions = 50;
const maxTexts = 50;
const maxRegexChars = 1000;
const maxRubricChars = 2000;
const unlimited = Number.POSITIVE_INFINITY;

/** Assertions that can't be read are reported and left out. */
export function parseAssertions(reader: YamlReader, value: YamlValue | undefined): readonly Assertion[] {
  const items = value && reader.list(value, 0, maxAssertions);
  return (items ?? []).flatMap((item) => parseAssertion(reader, item) ?? []);
}

function parseAssertion(reader: YamlReader, value: YamlValue): Assertion | undefined {
  const fields = reader.map(value, 'assertion', ['type']);
  const type = fields?.type && reader.text(fields.type, 0, unlimited);
  if (fields?.type === undefined || type === undefined) return undefined;
  const known = parseTypeName(type);
  if (known === undefined) {
    reportUnknownType(reader, fields.type, type);
    return undefined;
  }
  const { value: valueKind } = assertionTypes[known.name];
  if (valueKind !== 'threshold' && fields.threshold !== undefined)
    reader.report(fields.threshold.keyRange, { kind: 'threshold' });
  const hasValue = valueKind !== 'threshold' && valueKind !== 'nothing';
  if (!hasValue && fields.value !== undefined) reader.report(fields.value.keyRange, { kind: 'needless-value', type });
  const needed = hasValue ? 'value' : valueKind === 'threshold' ? 'threshold' : undefined;
  const given = needed && fields[needed];
  if (needed !== undefined && given === undefined) {
    reader.report(fields.type.range, { kind: 'missing-key', key: needed });
    return undefined;
  }
  const check = parseCheck(reader, known.name, given ?? fields.type);
  return check && { ...check, type, isNegated: known.isNegated, range: value.range };
}

function reportUnknownType(reader: YamlReader, { range }: YamlField, type: string): void {
  const kind = findForeignType(type);
  if (kind !== undefined) reader.report(range, { kind, type });
  else reader.report(range, { kind: 'unknown-type', type, suggestion: suggestType(type) });
}

function suggestType(type: string): string | undefined {
  const positive = type.replace(/^not-/, '');
  return writtenTypes.includes(positive) ? positive : suggest(type, writtenTypes);
}

/** @param value of `value` or `threshold`; unused by kinds that have none */
function parseCheck(reader: YamlReader, name: AssertionTypeName, value: YamlValue): AssertionCheck | undefined {
  switch (name) {
    case 'contains':
    case 'icontains': {
      const text = reader.textOrNumber(value);
      return text === undefined ? undefined : createContains([text], 'all', name);
    }
    case 'contains-any':
    case 'icontains-any':
    case 'contains-all':
    case 'icontains-all': {
      const texts = parseList(reader, value, 1, maxTexts, (item) => reader.textOrNumber(item));
      return texts && createContains(texts, name.endsWith('any') ? 'any' : 'all', name);
    }
    case 'equals':
    case 'starts-with': {
      const text = reader.textOrNumber(value);
      return text === undefined ? undefined : { kind: name, text, ignoresCase: false };
    }
    case 'regex': {
      const pattern = parseRegex(reader, value, maxRegexChars);
      return pattern === undefined ? undefined : { kind: name, pattern };
    }
    case 'word-count':
    case 'tool-count': {
      const count = parseRange(reader, value);
      return count && { kind: name, count };
    }
    case 'latency': {
      const maxMs = reader.positiveNumber(value);
      return maxMs === undefined ? undefined : { kind: name, maxMs };
    }
    case 'tool-used':
      return parseToolUsed(reader, value);
    case 'tool-args-match':
      return parseToolArgs(reader, value);
    case 'tool-sequence':
      return parseToolSequence(reader, value);
    case 'tool-succeeds':
      return { kind: name };
    case 'llm-rubric': {
      const rubric = reader.text(value, 1, maxRubricChars);
      return rubric === undefined ? undefined : { kind: name, rubric };
    }
  }
}

function createContains(texts: readonly string[], needs: 'any' | 'all', name: AssertionTypeName): AssertionCheck {
  return { kind: 'contains', texts, needs, ignoresCase: name.startsWith('i') };
}

function parseList<T>(
  reader: YamlReader,
  value: YamlValue,
  min: number,
  max: number,
  parse: (item: YamlValue) => T | undefined,
): readonly T[] | undefined {
  return reader.list(value, min, max)?.flatMap((item) => parse(item) ?? []);
}

function parseRegex(reader: YamlReader, value: YamlValue, max: number): string | undefined {
  const pattern = reader.text(value, 0, max);
  if (pattern === undefined) return undefined;
  try {
    new RegExp(removePlaceholders(pattern), 'mu');
    return pattern;
  } catch (error) {
    // "Invalid regular expression: /[/mu: Unterminated character class"
    const message = error instanceof Error ? error.message : String(error);
    reader.report(value.range, { kind: 'bad-regex', reason: message.slice(message.lastIndexOf(': ') + 2) });
    return undefined;
  }
}

function parseRange(reader: YamlReader, value: YamlValue): CountRange | undefined {
  const fields = reader.map(value, 'range', [], 'range');
  if (fields === undefined) return undefined;
  if (fields.min === undefined && fields.max === undefined)
    reader.report(value.range, { kind: 'missing-one-of', keys: ['min', 'max'] });
  return parseBounds(reader, value, fields);
}

function parseBounds(
  reader: YamlReader,
  value: YamlValue,
  fields: { readonly min?: YamlField; readonly max?: YamlField },
): CountRange {
  const min = fields.min && reader.integer(fields.min, 0);
  const max = fields.max && reader.integer(fields.max, 0);
  if (min !== undefined && max !== undefined && min > max)
    reader.report(value.range, { kind: 'empty-range', min, max });
  return { min, max };
}

function parseName(reader: YamlReader, value: YamlValue): string | undefined {
  return reader.text(value, 1, unlimited);
}

function parseToolUsed(reader: YamlReader, value: YamlValue): AssertionCheck | undefined {
  const kind = 'tool-used';
  const anyCount = { min: undefined, max: undefined };
  if (reader.isMap(value)) {
    const fields = reader.map(value, 'toolUsed', ['name']);
    const name = fields?.name && parseName(reader, fields.name);
    const count = fields && parseBounds(reader, value, fields);
    return name === undefined || count === undefined ? undefined : { kind, names: [name], count };
  }
  if (reader.isList(value)) {
    const names = parseList(reader, value, 1, unlimited, (item) => parseName(reader, item));
    return names && { kind, names, count: anyCount };
  }
  if (typeof reader.scalar(value)?.value !== 'string') return reader.wrong(value, 'toolUsed');
  const name = parseName(reader, value);
  return name === undefined ? undefined : { kind, names: [name], count: anyCount };
}

function parseToolArgs(reader: YamlReader, value: YamlValue): AssertionCheck | undefined {
  const fields = reader.map(value, 'toolArgs', ['name']);
  if (fields === undefined) return undefined;
  const name = fields.name && parseName(reader, fields.name);
  if (fields.args === undefined && fields.patterns === undefined)
    reader.report(fields.name?.range ?? value.range, { kind: 'missing-one-of', keys: ['args', 'patterns'] });
  const args = fields.args && parseObject(reader, fields.args);
  const patterns: Record<string, string> = {};
  for (const field of (fields.patterns && readEntries(reader, fields.patterns)) ?? []) {
    const pattern = parseRegex(reader, field, unlimited);
    if (pattern !== undefined) patterns[field.key] = pattern;
  }
  const mode = fields.mode && parseChoice(reader, fields.mode, ['partial', 'exact'] as const);
  const ignore =
    fields.ignore && parseList(reader, fields.ignore, 0, unlimited, (item) => reader.text(item, 0, unlimited));
  if (name === undefined) return undefined;
  return { kind: 'tool-args-match', name, args, patterns, mode: mode ?? 'partial', ignore: ignore ?? [] };
}

function readEntries(reader: YamlReader, value: YamlValue): readonly YamlField[] | undefined {
  return reader.entries(value) ?? reader.wrong(value, 'map');
}

/** Reports a value that isn't a map. */
export function parseObject(reader: YamlReader, value: YamlValue): JsonObject | undefined {
  if (!reader.isMap(value)) return reader.wrong(value, 'map');
  const json = reader.json(value);
  return isJsonObject(json) ? json : undefined;
}

function parseChoice<Choice extends string>(
  reader: YamlReader,
  value: YamlValue,
  choices: readonly Choice[],
): Choice | undefined {
  const written = reader.scalar(value)?.value;
  const choice = choices.find((each) => each === written);
  if (choice === undefined) reader.report(value.range, { kind: 'unknown-choice', choices });
  return choice;
}

function parseToolSequence(reader: YamlReader, value: YamlValue): AssertionCheck | undefined {
  const kind = 'tool-sequence';
  const parseSteps = (list: YamlValue): readonly string[] | undefined =>
    parseList(reader, list, 1, unlimited, (item) => parseName(reader, item));
  if (reader.isList(value)) {
    const steps = parseSteps(value);
    return steps && { kind, steps, mode: 'in_order' };
  }
  const fields = reader.map(value, 'toolSequence', ['steps'], 'toolSequence');
  const steps = fields?.steps && parseSteps(fields.steps);
  const mode = fields?.mode && parseChoice(reader, fields.mode, ['in_order', 'exact'] as const);
  return steps && { kind, steps, mode: mode ?? 'in_order' };
}
