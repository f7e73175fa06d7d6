import { labelFilters } from '../model/annotation';
import {
  type AssistantFilter,
  type DateRange,
  type Filter,
  type Grouping,
  type Sorting,
  callFilters,
  groupings,
  sortings,
} from '../model/query';
import { isDay, maxRangeDays } from './dateRange';
import { isEmpty } from './filter';

/** A typed lower bound. Nothing or 0 is `none`. */
export type Bound =
  { readonly kind: 'none' } | { readonly kind: 'atLeast'; readonly value: number } | { readonly kind: 'invalid' };

/** A number of messages: digits only. */
export function parseCount(typed: string): Bound {
  const text = typed.trim();
  return /^\d*$/.test(text) ? parseBound(Number(text)) : { kind: 'invalid' };
}

/** An amount in USD, with a decimal point or comma. "1,000" is ambiguous, so it is invalid. */
export function parseAmount(typed: string): Bound {
  const text = typed.trim().replace(/^\$\s*/, '');
  if (text === '') return { kind: 'none' };
  if (!/^(?:\d+(?:[.,]\d+)?|[.,]\d+)$/.test(text) || /^[1-9]\d*,\d{3}$/.test(text)) return { kind: 'invalid' };
  return parseBound(Number(text.replace(',', '.')));
}

function parseBound(value: number): Bound {
  if (value === 0) return { kind: 'none' };
  return value <= Number.MAX_SAFE_INTEGER ? { kind: 'atLeast', value } : { kind: 'invalid' };
}

type Fields = Readonly<Record<string, unknown>>;

/** Parses a stored filter and omits invalid parts. */
export function parseFilter(value: unknown): Filter {
  const fields = toFields(value);
  return {
    ...toPart('type', parseText(fields['type'])),
    ...toPart('assistant', parseAssistant(fields['assistant'])),
    ...toPart('dates', parseDates(fields['dates'])),
    ...toPart('aiEnabled', parseFlag(fields['aiEnabled'])),
    ...toPart('minMessages', parsePositiveCount(fields['minMessages'])),
    ...toPart('minCost', parsePositiveAmount(fields['minCost'])),
    ...toPart(
      'label',
      labelFilters.find((each) => each === fields['label']),
    ),
    ...toPart(
      'calls',
      callFilters.find((each) => each === fields['calls']),
    ),
    ...toPart('tool', parseText(fields['tool'])),
    ...toPart('text', parseText(fields['text'])),
  };
}

export function parseGrouping(value: unknown): Grouping | undefined {
  return groupings.find((grouping) => grouping === value);
}

export function parseSorting(value: unknown): Sorting | undefined {
  return sortings.find((sorting) => sorting === value);
}

function parseAssistant(value: unknown): AssistantFilter | undefined {
  const fields = toFields(value);
  const uuid = parseText(fields['uuid']);
  if (uuid === undefined) return undefined;
  return {
    uuid,
    name: parseText(fields['name']),
    ...toPart('serverId', parsePositiveCount(fields['serverId'])),
    ...toPart('ambiguous', parseFlag(fields['ambiguous'])),
  };
}

function parseDates(value: unknown): DateRange | undefined {
  const fields = toFields(value);
  switch (fields['kind']) {
    case 'today':
      return { kind: 'today' };
    case 'lastDays': {
      const days = parsePositiveCount(fields['days']);
      return days === undefined || days > maxRangeDays ? undefined : { kind: 'lastDays', days };
    }
    case 'between': {
      const ends = { ...toPart('from', parseDay(fields['from'])), ...toPart('to', parseDay(fields['to'])) };
      return Object.keys(ends).length === 0 ? undefined : { kind: 'between', ...ends };
    }
    default:
      return undefined;
  }
}

function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function parseText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function parseDay(value: unknown): string | undefined {
  return typeof value === 'string' && isDay(value) ? value : undefined;
}

function parseFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function parsePositiveCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function parsePositiveAmount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function toPart<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]?: Value });
}

/** A filter of the settings, or why it is invalid. */
export type CheckedFilter =
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'notAFilter' }
  | { readonly kind: 'empty' }
  /** An unknown or invalid part. Ignoring it would show unintended conversations. */
  | { readonly kind: 'badPart'; readonly part: string };

export function checkFilter(value: unknown): CheckedFilter {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'notAFilter' };
  const filter = parseFilter(value);
  const part = findLostPart(value, filter);
  if (part !== undefined) return { kind: 'badPart', part };
  return isEmpty(filter) ? { kind: 'empty' } : { kind: 'filter', filter };
}

/** UTF-16 units. */
export const maxFilterNameChars = 80;

/** Returns the name to store; undefined if it is invalid. */
export function parseFilterName(typed: string): string | undefined {
  const name = typed.trim();
  // Assigning `__proto__` to an object doesn't create a field.
  return name === '' || name.length > maxFilterNameChars || name === '__proto__' ? undefined : name;
}

/** Returns the path of a part that parsing omitted. Parsed filters have two levels. */
function findLostPart(value: object, result: object): string | undefined {
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    const parsed: unknown = Object.hasOwn(result, name) ? (result as Record<string, unknown>)[name] : undefined;
    if (typeof field === 'object' && field !== null && typeof parsed === 'object' && parsed !== null) {
      const within = findLostPart(field, parsed);
      if (within !== undefined) return `${name}.${within}`;
    } else if (field !== parsed) return name;
  }
  return undefined;
}
