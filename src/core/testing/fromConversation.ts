import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Turn } from '../model/transcript';
import { joinReplies } from '../running/arrival';
import { decodeJsonString } from '../text/looseJson';
import { findMessageProblem } from '../text/message';
import { formatDay, parseInstant } from '../text/time';
import { toVisibleLine } from '../text/title';
import { ExactNumber, entriesOf, fromEntries, isJsonArray, isJsonObject, stringify } from '../util/exactJson';
import { type MaskedKind, type RecordedConversation, findParts, removePrivateParts } from './privacy';

export interface SaveOptions {
  /** Time zone of the conversation's time and of its day: `UTC`, `local`, or an IANA name. */
  readonly zone: string;
  /** Whether to mask all phone numbers and email addresses. Default: unless it is a test conversation. */
  readonly masksAll?: boolean;
}

/** A test as it is written to a file. */
export interface DraftTest {
  /** Not yet unique. */
  readonly description: string;
  readonly variables?: JsonObject;
  readonly turns: readonly DraftTurn[];
}

export interface DraftTurn {
  readonly user: string;
  readonly reference?: string;
  readonly assert?: readonly DraftAssertion[];
}

export interface DraftAssertion {
  readonly type: 'tool-args-match' | 'tool-used';
  readonly value: JsonValue;
}

export interface ConvertedConversation {
  readonly test: DraftTest;
  readonly masked: readonly MaskedKind[];
  /** User messages that can't be sent, or that are too many for a test. */
  readonly leftOut: number;
}

const maxDescriptionChars = 60;
const maxTurns = 100;
const maxAssertions = 50;
const maxVariables = 100;

/** Converts a conversation to a test: its user messages, replies as references, and tool calls with their arguments. */
export function convertToTest(
  recorded: RecordedConversation,
  { zone, masksAll = recorded.conversation?.type !== 'test' }: SaveOptions,
): ConvertedConversation | 'noUserMessages' {
  const given = groupTurns(findParts(recorded).turns);
  const parts = removePrivateParts(recorded, masksAll);
  const day = findDay(recorded, zone);
  const turns = groupTurns(parts.turns).flatMap(({ user, reply }, index) =>
    findMessageProblem(user) === undefined ? [createTurn(user, reply, given[index]?.reply, day)] : [],
  );
  const [first] = turns;
  if (first === undefined) return 'noUserMessages';
  const variables = parts.variables && fromEntries(entriesOf(parts.variables).slice(0, maxVariables));
  const test: DraftTest = {
    description: createDescription(first.user),
    ...(variables === undefined ? {} : { variables }),
    turns: turns.slice(0, maxTurns),
  };
  return { test, masked: parts.masked, leftOut: given.length - test.turns.length };
}

interface Exchange {
  readonly user: string;
  readonly reply: Turn | undefined;
}

/** Groups each message of the user with the reply to it; the opening message isn't one. */
function groupTurns(turns: readonly Turn[]): readonly Exchange[] {
  const starts = turns.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  return starts.map((start, index) => ({
    user: turns[start]?.content ?? '',
    reply: joinReplies(turns.slice(start + 1, starts[index + 1])),
  }));
}

function createDescription(message: string): string {
  const line = toVisibleLine(message)
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  if (characters.length === 0) return 'conversation';
  return characters.length <= maxDescriptionChars
    ? line
    : `${characters
        .slice(0, maxDescriptionChars - 1)
        .join('')
        .trim()}…`;
}

/** @param given the reply with its private parts */
function createTurn(
  user: string,
  reply: Turn | undefined,
  given: Turn | undefined,
  day: string | undefined,
): DraftTurn {
  const assertions = (reply?.functionCalls ?? []).flatMap((call, index) =>
    createAssertion(call, given?.functionCalls[index], day),
  );
  const different = assertions.filter(
    (assertion, index) => assertions.findIndex((other) => stringify(other) === stringify(assertion)) === index,
  );
  return {
    user,
    ...(reply === undefined || reply.content.trim() === '' ? {} : { reference: reply.content }),
    ...(different.length === 0 ? {} : { assert: different.slice(0, maxAssertions) }),
  };
}

function createAssertion(
  call: FunctionCall,
  given: FunctionCall | undefined,
  day: string | undefined,
): readonly DraftAssertion[] {
  if (call.name === '' || call.name !== given?.name) return [];
  const args = keepPublic(decodeArguments(call.arguments), decodeArguments(given.arguments));
  return isJsonObject(args) && entriesOf(args).length > 0
    ? [{ type: 'tool-args-match', value: { name: call.name, args: useRelativeDays(args, day) } }]
    : [{ type: 'tool-used', value: call.name }];
}

function decodeArguments(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' ? (decodeJsonString(value) ?? value) : value;
}

/** Removes masked values, which would never match. Arrays are compared as a whole. */
function keepPublic(value: JsonValue | undefined, given: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || given === undefined) return undefined;
  if (isJsonObject(value) && isJsonObject(given)) {
    const givenEntries = entriesOf(given);
    return fromEntries(
      entriesOf(value).flatMap(([name, field], index) => {
        const [givenName, givenField] = givenEntries[index] ?? [];
        const unmasked = name === givenName ? keepPublic(field, givenField) : undefined;
        return unmasked === undefined ? [] : [[name, unmasked] as const];
      }),
    );
  }
  return stringify(value) === stringify(given) ? value : undefined;
}

function findDay({ conversation }: RecordedConversation, zone: string): string | undefined {
  const instant = conversation && parseInstant(conversation.createdAt, zone);
  return instant === undefined ? undefined : formatDay(instant, zone);
}

const dayMs = 86_400_000;
const maxRelativeDays = 60;
const dayOfTime = /^\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:\d{2})/;

/** Replaces days near the conversation's by `{{today+N}}`, also at the start of a time. */
function useRelativeDays(value: JsonObject, day: string | undefined): JsonObject;
function useRelativeDays(value: JsonValue, day: string | undefined): JsonValue;
function useRelativeDays(value: JsonValue, day: string | undefined): JsonValue {
  if (day === undefined || value instanceof ExactNumber) return value;
  if (typeof value === 'string')
    return value.replace(dayOfTime, (found) => {
      const days = (Date.parse(found) - Date.parse(day)) / dayMs;
      if (!(Math.abs(days) <= maxRelativeDays)) return found;
      return days === 0 ? '{{today}}' : `{{today${days > 0 ? '+' : '-'}${Math.abs(days)}}}`;
    });
  if (isJsonArray(value)) return value.map((item) => useRelativeDays(item, day)) satisfies JsonArray;
  if (!isJsonObject(value)) return value;
  return fromEntries(entriesOf(value).map(([name, field]) => [name, useRelativeDays(field, day)]));
}
