import type { Annotation } from '../model/annotation';
import type { Conversation, ConversationType } from '../model/conversation';
import type { AssistantFilter, Filter, ListQuery } from '../model/query';
import { everyType, type ListKey } from '../store/snapshot';
import { parseCost } from '../text/cost';
import { findFolded, foldTerms } from '../text/fold';
import { parseInstant } from '../text/time';
import type { CallSummary } from './callSummary';
import { toInstants, toServerDates, type Instants } from './dateRange';
import { matchesLabel } from './annotations';
import type { DatedRow } from './rowOrder';
import { getSearchText, type SearchText } from './searchText';

/** The time and time zone that a filter's days depend on. */
export interface ZonedNow {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The server's, as `parseInstant` takes it. */
  readonly zone: string;
}

export type AnnotationOf = (row: Conversation) => Annotation | undefined;

export type CallsOf = (id: string) => CallSummary | undefined;

export interface FilterContext extends ZonedNow {
  /** Undefined if there are no annotations. */
  readonly annotationOf?: AnnotationOf;
  /** Undefined if no transcript is loaded. */
  readonly callsOf?: CallsOf;
}

/** Precomputed values of a row. */
export interface PreparedRow {
  /** The searchable text without the user's note. */
  readonly text: SearchText;
  /** Epoch milliseconds, in the time zone of the context; -Infinity if the time can't be parsed. */
  readonly created: number;
}

export type RowPredicate = (row: Conversation, known?: PreparedRow) => boolean;

/** Checks all parts of the filter on the client too, because servers ignore unknown parameters. */
export function createRowFilter(filter: Filter, context: FilterContext): RowPredicate | undefined {
  const tests = [...createPredicates(filter, context)];
  if (tests.length <= 1) return tests[0];
  return (row, known) => {
    for (const test of tests) if (!test(row, known)) return false;
    return true;
  };
}

/** Counts the rows that match. Linear in the rows. */
export function countMatches(rows: readonly DatedRow[], filter: Filter, context: FilterContext): number {
  const matches = createRowFilter(filter, context);
  if (matches === undefined) return rows.length;
  return rows.reduce((count, each) => (matches(each.row, each) ? count + 1 : count), 0);
}

/** The cheapest first. */
function* createPredicates(
  filter: Filter,
  { now, zone, annotationOf = () => undefined, callsOf = () => undefined }: FilterContext,
): Generator<RowPredicate> {
  const { type, assistant, dates, aiEnabled, minMessages, minCost, label } = filter;
  if (type !== undefined) yield (row) => row.type === type;
  if (assistant !== undefined) yield (row) => row.assistantId === assistant.uuid;
  if (aiEnabled !== undefined) yield (row) => row.aiEnabled === aiEnabled;
  if (minMessages !== undefined) yield (row) => (row.messageCount ?? 0) >= minMessages;
  if (minCost !== undefined) yield (row) => parseCost(row.totalCost) >= minCost;
  if (dates !== undefined) yield createDatePredicate(toInstants(dates, now), zone);
  if (label !== undefined) yield (row) => matchesLabel(label, annotationOf(row));
  if (isAboutCalls(filter)) yield (row) => matchesCalls(filter, callsOf(row.id));
  const words = foldTerms(filter.text ?? '');
  if (words.length === 0) return;
  yield (row, known) => {
    const note = annotationOf(row)?.note;
    return includesAll(
      note === undefined && known !== undefined ? known.text.all : getSearchText(row, note).all,
      words,
    );
  };
}

/** A row whose time can't be parsed matches no date range. */
function createDatePredicate({ from = -Infinity, before = Infinity }: Instants, zone: string): RowPredicate {
  return (row, known) => {
    const instant = known?.created ?? parseInstant(row.createdAt, zone) ?? -Infinity;
    return Number.isFinite(instant) && instant >= from && instant < before;
  };
}

/** False if the transcript isn't loaded. */
function matchesCalls({ calls, tool }: Filter, summary: CallSummary | undefined): boolean {
  if (summary === undefined) return false;
  if (tool === undefined) return (calls === 'failed' ? summary.failed : summary.calls) > 0;
  return calls === 'failed'
    ? summary.records.some((record) => record.isFailed && record.tool === tool)
    : summary.tools.includes(tool);
}

function includesAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (findFolded(text, word) < 0) return false;
  return true;
}

/** Whether rows match only if their transcripts are loaded. */
export function isAboutCalls({ calls, tool }: Filter): boolean {
  return calls !== undefined || tool !== undefined;
}

/** Returns the filter of the conversations whose transcripts are worth loading for a filter. */
export function withoutCalls(filter: Filter): Filter {
  return withPart(withPart(filter, 'calls', undefined), 'tool', undefined);
}

/** Whether the filter matches all rows. */
export function isEmpty(filter: Filter): boolean {
  return (
    filter.type === undefined && filter.assistant === undefined && filter.dates === undefined && !hasClientParts(filter)
  );
}

/** Whether part of the filter runs on the client only, so that unloaded rows may match too. */
export function isClientSide(filter: Filter): boolean {
  return hasClientParts(filter) || (filter.assistant !== undefined && filter.assistant.serverId === undefined);
}

/** Whether the server's total is the number of matches. The server's query has more days than the filter. */
export function isCounted(filter: Filter): boolean {
  return !isClientSide(filter) && filter.dates === undefined;
}

function hasClientParts({ aiEnabled, minMessages, minCost, label, calls, tool, text }: Filter): boolean {
  const parts = [aiEnabled, minMessages, minCost, label, calls, tool];
  return parts.some((part) => part !== undefined) || foldTerms(text ?? '').length > 0;
}

/**
 * Returns the server-side query of a list.
 * @param key a type, or `everyType` to use the filter's type, if any
 */
export function toServerQuery(filter: Filter, key: ListKey, { now, zone }: ZonedNow): ListQuery {
  const type: ConversationType | undefined = key === everyType ? filter.type : key;
  const assistantId = filter.assistant?.serverId;
  return {
    ...(type === undefined ? {} : { type }),
    ...(assistantId === undefined ? {} : { assistantId }),
    ...(filter.dates === undefined ? {} : toServerDates(filter.dates, now, zone)),
  };
}

/** Returns the filter with one part changed or cleared. */
export function withPart<Part extends keyof Filter>(
  filter: Filter,
  part: Part,
  value: Filter[Part] | undefined,
): Filter {
  const { [part]: _before, ...others } = filter;
  return value === undefined ? others : { ...others, [part]: value };
}

export function isSameFilter(one: Filter, other: Filter): boolean {
  return toCanonicalText(one) === toCanonicalText(other);
}

function toCanonicalText(filter: Filter): string {
  const assistant: AssistantFilter | undefined = filter.assistant;
  return JSON.stringify([
    filter.type,
    assistant && [assistant.uuid, assistant.serverId],
    filter.dates && Object.entries(filter.dates).sort(([one], [other]) => (one < other ? -1 : 1)),
    filter.aiEnabled,
    filter.minMessages,
    filter.minCost,
    filter.label,
    filter.calls,
    filter.tool,
    foldTerms(filter.text ?? ''),
  ]);
}
