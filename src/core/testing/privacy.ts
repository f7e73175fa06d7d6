import { digitRun, toAsciiDigits } from '../export/phones';
import { maskConversation } from '../export/mask';
import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import type { Transcript, Turn } from '../model/transcript';
import { decodeJsonString } from '../text/looseJson';
import { redact } from '../text/redact';
import { ExactNumber, entriesOf, fromEntries, isJsonArray, isJsonObject, stringify } from '../util/exactJson';
import { findVariables } from '../view/details';

export interface RecordedConversation {
  readonly id: string;
  /** Undefined if the row isn't loaded. */
  readonly conversation: Conversation | undefined;
  readonly transcript: Transcript;
}

/** The parts of a conversation that a test is made of. */
export interface RecordedParts {
  readonly turns: readonly Turn[];
  readonly variables: JsonObject | undefined;
}

/** Kinds of text that were replaced. */
export type MaskedKind = 'phones' | 'emails' | 'ids';

export interface PrivateParts extends RecordedParts {
  readonly masked: readonly MaskedKind[];
}

/**
 * Removes IDs, keys, and the customer's phone number, which may never be in a test file. With `masksAll`, also other
 * phone numbers and email addresses. Turns and tool calls keep their positions.
 */
export function removePrivateParts(recorded: RecordedConversation, masksAll: boolean): PrivateParts {
  const given = findParts(recorded);
  const masked = new Set<MaskedKind>();
  let parts = given;
  if (masksAll) {
    parts = maskPhones(recorded);
    if (stringify(parts) !== stringify(given)) masked.add('phones');
  }
  const phones = findRowPhones(recorded);
  const replace = (text: string): string => {
    const withoutPhones = maskKnownPhones(text, phones);
    if (withoutPhones !== text) masked.add('phones');
    const withoutIds = redact(recorded.id === '' ? withoutPhones : withoutPhones.replaceAll(recorded.id, '…'));
    if (withoutIds !== withoutPhones) masked.add('ids');
    const withoutEmails = masksAll ? withoutIds.replace(emailAddress, 'someone@example.com') : withoutIds;
    if (withoutEmails !== withoutIds) masked.add('emails');
    return withoutEmails;
  };
  return {
    turns: parts.turns.map((turn) => replaceInTurn(turn, replace)),
    variables: parts.variables && (replaceInJson(parts.variables, replace) as JsonObject),
    masked: [...masked],
  };
}

export function findParts({ conversation, transcript }: RecordedConversation): RecordedParts {
  return { turns: transcript.turns, variables: findVariables(conversation, transcript) };
}

function maskPhones({ id, conversation, transcript }: RecordedConversation): RecordedParts {
  // The raw response isn't needed, and masking it would take as long again.
  const exported = { id, conversation, transcript: { ...transcript, raw: null }, missed: undefined };
  const masked = maskConversation(exported, ['phones', 'ids']);
  return findParts({ id, conversation: masked.conversation, transcript: masked.transcript ?? transcript });
}

const emailAddress = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu;

const minPhoneDigits = 6;

/** Returns the digits of the customer's phone numbers, without leading zeros. */
function findRowPhones({ conversation, transcript }: RecordedConversation): readonly string[] {
  return [conversation, transcript]
    .flatMap((source) => [source?.customer?.phone, source?.whatsappSender?.phone, source?.externalIdentifier])
    .flatMap((phone) => (phone === undefined ? [] : [toNationalDigits(phone)]))
    .filter((digits) => digits.length >= minPhoneDigits);
}

function toNationalDigits(phone: string): string {
  return toAsciiDigits(phone).replace(/^0+/, '');
}

/** Also finds them without their country code, or with another prefix. */
function maskKnownPhones(text: string, phones: readonly string[]): string {
  if (phones.length === 0 || !/\p{Nd}/u.test(text)) return text;
  return text.replace(digitRun, (run) => {
    const digits = toNationalDigits(run);
    const isKnown = phones.some((phone) => isSamePhone(phone, digits));
    return isKnown ? `…${digits.slice(-2)}` : run;
  });
}

function isSamePhone(phone: string, digits: string): boolean {
  return digits.length >= minPhoneDigits && (phone.endsWith(digits) || digits.endsWith(phone));
}

function replaceInTurn(turn: Turn, replace: (text: string) => string): Turn {
  return {
    ...turn,
    content: replace(turn.content),
    functionCalls: turn.functionCalls.map((call) => ({
      name: replace(call.name),
      arguments: call.arguments === undefined ? undefined : replaceInJson(call.arguments, replace),
      result: undefined,
    })),
  };
}

function replaceInJson(value: JsonValue, replace: (text: string) => string): JsonValue {
  if (typeof value === 'string') {
    const inner = decodeJsonString(value);
    return inner === undefined ? replace(value) : stringify(replaceInJson(inner, replace));
  }
  if (typeof value === 'number' || value instanceof ExactNumber) {
    const text = replace(String(value));
    return text === String(value) ? value : text;
  }
  if (isJsonArray(value)) return value.map((item) => replaceInJson(item, replace));
  if (!isJsonObject(value)) return value;
  return fromEntries(entriesOf(value).map(([name, field]) => [replace(name), replaceInJson(field, replace)]));
}
