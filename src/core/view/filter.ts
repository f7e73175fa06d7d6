import type { Annotation } from '../model/annotation';
import type { Conversation, ConversationType } from '../model/conversation';
import type { AssistantFilter, Filter, ListQuery } from '../model/query';
import { everyType, type ListKey } from '../store/snapshot';
import { parseCost } from '../text/cost';
import { findFolded, foldTerms } from '../text/fold';
import { parseInstant } from '../text/time';
import { instantsOf, serverDates, type Instants } from './dateRange';
import { passesLabel } from './annotations';
import { searchTextOf, type SearchText } from './searchText';

/** What a filter's days depend on. */
export interface ZonedNow {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The server's, as `parseInstant` takes it. */
  readonly zone: string;
}

/** What the reader wrote down about a conversation. */
export type AnnotationOf = (row: Conversation) => Annotation | undefined;

/** What a row is judged by beside what stands in it. */
export interface FilterContext extends ZonedNow {
  /** Missing where nothing is written down. */
  readonly annotationOf?: AnnotationOf;
}

/** What is known of a row beside what stands in it, where that was found out before. */
export interface KnownOfRow {
  /** What of it can be searched, without the reader's own note. */
  readonly text: SearchText;
  /** Epoch milliseconds, in the zone of the test's clock; -Infinity where its time can't be read. */
  readonly created: number;
}

export type RowTest = (row: Conversation, known?: KnownOfRow) => boolean;

/** All that is set is asked of the row, whatever the server was asked: servers ignore what they don't know. */
export function rowFilter(filter: Filter, context: FilterContext): RowTest | undefined {
  const tests = [...testsOf(filter, context)];
  if (tests.length <= 1) return tests[0];
  return (row, known) => {
    for (const test of tests) if (!test(row, known)) return false;
    return true;
  };
}

/** The cheapest first. */
function* testsOf(filter: Filter, { now, zone, annotationOf = () => undefined }: FilterContext): Generator<RowTest> {
  const { type, assistant, dates, aiEnabled, minMessages, minCost, label } = filter;
  if (type !== undefined) yield (row) => row.type === type;
  if (assistant !== undefined) yield (row) => row.assistantId === assistant.uuid;
  if (aiEnabled !== undefined) yield (row) => row.aiEnabled === aiEnabled;
  if (minMessages !== undefined) yield (row) => (row.messageCount ?? 0) >= minMessages;
  if (minCost !== undefined) yield (row) => parseCost(row.totalCost) >= minCost;
  if (dates !== undefined) yield within(instantsOf(dates, now), zone);
  if (label !== undefined) yield (row) => passesLabel(label, annotationOf(row));
  const words = foldTerms(filter.text ?? '');
  if (words.length === 0) return;
  yield (row, known) => {
    const note = annotationOf(row)?.note;
    return hasAll(note === undefined && known !== undefined ? known.text.all : searchTextOf(row, note).all, words);
  };
}

/** A row whose time can't be read is in no range of days. */
function within({ from = -Infinity, before = Infinity }: Instants, zone: string): RowTest {
  return (row, known) => {
    const instant = known?.created ?? parseInstant(row.createdAt, zone) ?? -Infinity;
    return Number.isFinite(instant) && instant >= from && instant < before;
  };
}

function hasAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (findFolded(text, word) < 0) return false;
  return true;
}

/** Whether nothing is set that could keep a row out. */
export function isEmpty(filter: Filter): boolean {
  return filter.type === undefined && filter.assistant === undefined && filter.dates === undefined && !rowsOnly(filter);
}

/** Whether rows are asked for something that the server was not: what is not loaded yet may match too. */
export function clientOnly(filter: Filter): boolean {
  return rowsOnly(filter) || (filter.assistant !== undefined && filter.assistant.serverId === undefined);
}

/** Whether the server's total counts what the filter selects. It is asked for more days than the filter has. */
export function isCounted(filter: Filter): boolean {
  return !clientOnly(filter) && filter.dates === undefined;
}

function rowsOnly({ aiEnabled, minMessages, minCost, label, text }: Filter): boolean {
  const parts = [aiEnabled, minMessages, minCost, label];
  return parts.some((part) => part !== undefined) || foldTerms(text ?? '').length > 0;
}

/**
 * What the server is asked for.
 * @param key the list: a type, or `everyType`, whose type is then the filter's own, if any
 */
export function serverQuery(filter: Filter, key: ListKey, { now, zone }: ZonedNow): ListQuery {
  const type: ConversationType | undefined = key === everyType ? filter.type : key;
  const assistantId = filter.assistant?.serverId;
  return {
    ...(type === undefined ? {} : { type }),
    ...(assistantId === undefined ? {} : { assistantId }),
    ...(filter.dates === undefined ? {} : serverDates(filter.dates, now, zone)),
  };
}

/** The filter with one part set to something else, or cleared. */
export function withPart<Part extends keyof Filter>(
  filter: Filter,
  part: Part,
  value: Filter[Part] | undefined,
): Filter {
  const { [part]: _before, ...others } = filter;
  return value === undefined ? others : { ...others, [part]: value };
}

export function sameFilter(one: Filter, other: Filter): boolean {
  return canonical(one) === canonical(other);
}

function canonical(filter: Filter): string {
  const assistant: AssistantFilter | undefined = filter.assistant;
  return JSON.stringify([
    filter.type,
    assistant && [assistant.uuid, assistant.serverId],
    filter.dates && Object.entries(filter.dates).sort(([one], [other]) => (one < other ? -1 : 1)),
    filter.aiEnabled,
    filter.minMessages,
    filter.minCost,
    filter.label,
    foldTerms(filter.text ?? ''),
  ]);
}
