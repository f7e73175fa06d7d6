import { type LabelFilter, labelFilters } from '../model/annotation';
import { type AssistantFilter, callFilters, type DateRange, type Filter } from '../model/query';
import { fold } from '../text/fold';
import { toVisibleLine } from '../text/title';
import { isDay, maxRangeDays } from './dateRange';
import { withPart } from './filter';
import type { AssistantChoice } from './filterAssistants';
import { type Bound, parseAmount, parseCount } from './filterParse';

/** The names that a line can contain. */
export interface FilterVocabulary {
  readonly types: readonly string[];
  readonly assistants: readonly AssistantChoice[];
  /** Names of tools in the loaded transcripts. */
  readonly tools: readonly string[];
}

/** A term that can't be applied. The filter of the line doesn't contain it. */
export type LineProblem = LineTerm &
  ({ readonly kind: 'unknownKey'; readonly key: string } | { readonly kind: 'invalidValue'; readonly key: FilterKey });

interface LineTerm {
  /** As written. */
  readonly term: string;
  /** Its offset in the line. */
  readonly start: number;
}

export interface ParsedLine {
  readonly filter: Filter;
  readonly problems: readonly LineProblem[];
  /** Whether a bare word was read as a type, an assistant, or a date. */
  readonly hasInterpretedWords: boolean;
}

export interface LineCompletion {
  /** The term, such as `assistant:"Order Desk"`. A key alone ends with a colon. */
  readonly term: string;
  /** The whole line with it. */
  readonly line: string;
}

export const filterKeys = [
  'type',
  'assistant',
  'last',
  'date',
  'since',
  'until',
  'ai',
  'messages',
  'cost',
  'label',
  'has',
  'tool',
] as const;
export type FilterKey = (typeof filterKeys)[number];

interface Term {
  /** Undefined for a bare word. */
  readonly key: string | undefined;
  readonly value: string;
  readonly isQuoted: boolean;
  /** The term as written. */
  readonly source: string;
  readonly start: number;
}

// A key is followed by its value without a space; an unclosed quote ends with the line.
const termPattern = /(?:(\p{L}+):)?(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|(\S*))/gu;

function* parseTerms(line: string): Generator<Term> {
  for (const { 0: source, 1: key, 2: quoted, 3: plain = '', index: start } of line.matchAll(termPattern)) {
    if (source === '') continue;
    const value = quoted === undefined ? plain : quoted.replace(/\\(.)/gu, '$1');
    // A link or a time contains a colon, but isn't a term with a key.
    if (key !== undefined && /^\/\//.test(value))
      yield { key: undefined, value: source, isQuoted: true, source, start };
    else yield { key, value, isQuoted: quoted !== undefined, source, start };
  }
}

/**
 * Parses a filter line: terms such as `type:test`, `assistant:"Order Desk"`, `last:7d`, `cost:>0.01`, bare words and
 * quoted text. A bare word is a type, an assistant or a date if one has that name; else it is text.
 */
export function parseFilterLine(line: string, vocabulary: FilterVocabulary): ParsedLine {
  let filter: Filter = {};
  const problems: LineProblem[] = [];
  const texts: string[] = [];
  let hasInterpretedWords = false;
  for (const { key, value, isQuoted, source, start } of parseTerms(line)) {
    if (key === undefined) {
      const meant = isQuoted ? undefined : interpretWord(value, filter, vocabulary);
      if (meant === undefined) texts.push(value);
      else {
        filter = { ...filter, ...meant };
        hasInterpretedWords = true;
      }
      continue;
    }
    const known = filterKeys.find((each) => fold(each) === fold(key));
    const part = known && readers[known](value, filter, vocabulary);
    if (known === undefined) problems.push({ kind: 'unknownKey', key, term: source, start });
    else if (part === undefined) problems.push({ kind: 'invalidValue', key: known, term: source, start });
    else filter = { ...filter, ...part };
  }
  const text = texts.filter((each) => each.trim() !== '').join(' ');
  return { filter: text === '' ? filter : withPart(filter, 'text', text), problems, hasInterpretedWords };
}

type Reader = (value: string, before: Filter, vocabulary: FilterVocabulary) => Filter | undefined;

const readers: Readonly<Record<FilterKey, Reader>> = {
  type: (value, _before, { types }) => {
    const type = findType(value, types);
    return type === undefined ? undefined : { type };
  },
  assistant: (value, _before, { assistants }) => {
    const assistant = matchAssistants(value, assistants)[0];
    return assistant === undefined ? undefined : { assistant: toFilter(assistant) };
  },
  last: (value) => {
    const dates = parsePeriod(value);
    return dates === undefined ? undefined : { dates };
  },
  date: (value) => {
    const dates = isToday(value) ? ({ kind: 'today' } as const) : parseDay(value);
    return dates === undefined ? undefined : { dates };
  },
  since: (value, { dates }) => {
    if (!isDay(value)) return undefined;
    const to = dates?.kind === 'between' ? dates.to : undefined;
    return { dates: { kind: 'between', from: value, ...(to === undefined ? {} : { to }) } };
  },
  until: (value, { dates }) => {
    if (!isDay(value)) return undefined;
    const from = dates?.kind === 'between' ? dates.from : undefined;
    return { dates: { kind: 'between', ...(from === undefined ? {} : { from }), to: value } };
  },
  ai: (value) => {
    const isOn = fold(value) === 'ON';
    return isOn || fold(value) === 'OFF' ? { aiEnabled: isOn } : undefined;
  },
  messages: (value) => {
    const minMessages = parseBound(value, parseCount);
    // Counts are whole: more than 5 is at least 6.
    return minMessages === undefined ? undefined : { minMessages: minMessages + (/^>(?!=)/.test(value) ? 1 : 0) };
  },
  cost: (value) => {
    const minCost = parseBound(value, parseAmount);
    return minCost === undefined ? undefined : { minCost };
  },
  label: (value) => {
    const label = labelValues.get(fold(value));
    return label === undefined ? undefined : { label };
  },
  has: (value) => {
    const calls = callFilters.find((each) => fold(each) === fold(value));
    return calls === undefined ? undefined : { calls };
  },
  tool: (value, _before, { tools }) => {
    const typed = value.trim();
    if (typed === '') return undefined;
    return { tool: tools.includes(typed) ? typed : (tools.find((each) => fold(each) === fold(typed)) ?? typed) };
  },
};

const labelValues: ReadonlyMap<string, LabelFilter> = new Map([
  ...labelFilters.map((each) => [fold(each), each] as const),
  ['LABELED', 'labelled'],
  ['UNLABELED', 'unlabelled'],
  ['ANY', 'labelled'],
  ['NONE', 'unlabelled'],
  ['NOTE', 'noted'],
]);

function interpretWord(word: string, before: Filter, vocabulary: FilterVocabulary): Filter | undefined {
  const type = before.type === undefined ? findType(word, vocabulary.types) : undefined;
  if (type !== undefined) return { type };
  const dates = isToday(word) ? ({ kind: 'today' } as const) : (parsePeriod(word) ?? parseDay(word));
  if (dates !== undefined) return { dates };
  if (before.assistant !== undefined || word.length < minWordChars) return undefined;
  const [assistant] = matchAssistants(word, vocabulary.assistants);
  return assistant === undefined ? undefined : { assistant: toFilter(assistant) };
}

/** A shorter word would name an assistant by accident. */
const minWordChars = 2;

function findType(value: string, types: readonly string[]): string | undefined {
  return types.find((type) => fold(type) === fold(value));
}

/** Assistants that a value can mean, the best match first: its ID, its name, the start of its name or of a word in it. */
function matchAssistants(value: string, assistants: readonly AssistantChoice[]): readonly AssistantChoice[] {
  const wanted = fold(value.trim());
  if (wanted === '') return [];
  const rank = ({ uuid, name = '' }: AssistantChoice): number => {
    const folded = fold(name);
    if (uuid === value) return 4;
    if (folded === wanted) return 3;
    if (folded.startsWith(wanted)) return 2;
    return folded.includes(` ${wanted}`) ? 1 : 0;
  };
  return assistants
    .map((assistant) => ({ assistant, rank: rank(assistant) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank || other.assistant.loaded - one.assistant.loaded)
    .map(({ assistant }) => assistant);
}

function toFilter({ uuid, name, serverId, ambiguous }: AssistantChoice): AssistantFilter {
  return { uuid, name, ...(serverId === undefined ? {} : { serverId }), ...(ambiguous ? { ambiguous } : {}) };
}

function isToday(value: string): boolean {
  return fold(value) === 'TODAY';
}

/** `7d` or `2w`. */
function parsePeriod(value: string): DateRange | undefined {
  const [, count, unit] = /^(\d{1,5})(d|w)$/i.exec(value) ?? [];
  const days = Number(count) * (unit?.toLowerCase() === 'w' ? 7 : 1);
  return days > 0 && days <= maxRangeDays ? { kind: 'lastDays', days } : undefined;
}

function parseDay(value: string): DateRange | undefined {
  return isDay(value) ? { kind: 'between', from: value, to: value } : undefined;
}

function parseBound(value: string, parse: (typed: string) => Bound): number | undefined {
  const bound = parse(value.replace(/^>=?/, ''));
  return bound.kind === 'atLeast' ? bound.value : undefined;
}

/** The line that `parseFilterLine` reads as this filter, if the vocabulary has its type and its assistant. */
export function formatFilterLine(filter: Filter): string {
  const { type, assistant, dates, aiEnabled, minMessages, minCost, label, calls, tool, text } = filter;
  const terms = [
    type === undefined ? undefined : `type:${quoteValue(type)}`,
    assistant === undefined ? undefined : formatAssistantTerm(assistant),
    dates === undefined ? undefined : formatDates(dates),
    aiEnabled === undefined ? undefined : `ai:${aiEnabled ? 'on' : 'off'}`,
    minMessages === undefined ? undefined : `messages:>=${minMessages}`,
    minCost === undefined ? undefined : `cost:>=${formatAmount(minCost)}`,
    label === undefined ? undefined : `label:${label}`,
    calls === undefined ? undefined : `has:${calls}`,
    tool === undefined ? undefined : `tool:${quoteValue(tool)}`,
    text === undefined ? undefined : quote(text),
  ];
  return terms.filter((term) => term !== undefined).join(' ');
}

/** By its name if a line can contain it and no other assistant has it, else by its ID. */
function formatAssistantTerm({ uuid, name, ambiguous = false }: AssistantFilter): string {
  const isReadable = name !== undefined && name !== '' && name === toVisibleLine(name).trim() && !ambiguous;
  return `assistant:${quoteValue(isReadable ? name : uuid)}`;
}

function formatDates(dates: DateRange): string {
  switch (dates.kind) {
    case 'today':
      return 'date:today';
    case 'lastDays':
      return `last:${dates.days}d`;
    case 'between': {
      const { from, to } = dates;
      if (from !== undefined && from === to) return `date:${from}`;
      const ends = [from === undefined ? undefined : `since:${from}`, to === undefined ? undefined : `until:${to}`];
      return ends.filter((end) => end !== undefined).join(' ');
    }
  }
}

/** Without an exponent, which `parseAmount` doesn't read. */
function formatAmount(usd: number): string {
  return usd.toString().includes('e') ? usd.toFixed(20).replace(/\.?0+$/, '') : usd.toString();
}

function quoteValue(value: string): string {
  return /^[\p{L}\p{N}_.-]+$/u.test(value) ? value : quote(value);
}

function quote(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** Returns the line with a term as quoted text. */
export function quoteTerm(line: string, { term, start }: LineProblem): string {
  return `${line.slice(0, start)}${quote(term)}${line.slice(start + term.length)}`;
}

const maxCompletions = 8;

/** Completions of the line's last term: keys, values of its key, and what its word can mean. Each ends with its term. */
export function completeFilterLine(line: string, vocabulary: FilterVocabulary): readonly LineCompletion[] {
  const last = /\s$/.test(line) ? undefined : [...parseTerms(line)].at(-1);
  if (last === undefined || (last.isQuoted && last.key === undefined)) return [];
  const start = line.slice(0, line.length - last.source.length);
  const terms =
    last.key === undefined ? completeWord(last.value, vocabulary) : completeValue(last.key, last.value, vocabulary);
  return [...new Set(terms)]
    .filter((term) => term !== last.source)
    .slice(0, maxCompletions)
    .map((term) => ({ term, line: `${start}${term}${term.endsWith(':') ? '' : ' '}` }));
}

function completeWord(word: string, vocabulary: FilterVocabulary): readonly string[] {
  const types = vocabulary.types.filter((type) => fold(type).startsWith(fold(word)));
  const keys = filterKeys.filter((key) => fold(key).startsWith(fold(word)));
  return [
    ...types.map((type) => `type:${quoteValue(type)}`),
    ...matchAssistants(word, vocabulary.assistants).map(formatAssistantTerm),
    ...keys.map((key) => `${key}:`),
  ];
}

function completeValue(key: string, typed: string, { types, assistants, tools }: FilterVocabulary): readonly string[] {
  const matching = (values: readonly string[]): readonly string[] =>
    values.filter((value) => fold(value).startsWith(fold(typed))).map((value) => `${key}:${quoteValue(value)}`);
  switch (filterKeys.find((each) => fold(each) === fold(key))) {
    case 'type':
      return matching(types);
    case 'assistant':
      return (typed === '' ? assistants : matchAssistants(typed, assistants)).map(formatAssistantTerm);
    case 'last':
      return matching(['1d', '7d', '30d']);
    case 'date':
      return matching(['today']);
    case 'ai':
      return matching(['on', 'off']);
    case 'label':
      return matching(labelFilters);
    case 'has':
      return matching(['failed', 'calls']);
    case 'tool':
      return matching(tools);
    case 'since':
    case 'until':
    case 'messages':
    case 'cost':
    case undefined:
      return [];
  }
}
