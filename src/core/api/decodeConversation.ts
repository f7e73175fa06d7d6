import type { Conversation, Party } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf, stringify, isJsonObject, fromEntries, hasSentEntries } from '../util/exactJson';
import { intern, internList } from '../util/memoize';
import { amount, count, flag, id, text, textOrNumber, toJsonObject, read } from './decode';

/**
 * Decodes a row of `GET /user/conversations`; undefined if it isn't an object or has no ID. Lossless: `toRecord`
 * returns the row as sent.
 */
export function decodeConversation(value: JsonValue): Conversation | undefined {
  if (!isJsonObject(value)) return undefined;
  const conversationId = read(id, value['id']);
  if (conversationId === undefined) return undefined;
  const decoded: Conversation = {
    id: conversationId,
    assistantId: intern(read(textOrNumber, value['assistant_id']) ?? ''),
    assistantName: internOptional(read(text, value['assistant_name'])),
    type: intern(read(text, value['type']) ?? ''),
    messageCount: read(count, value['message_count']),
    totalCost: read(amount, value['total_cost']),
    aiEnabled: read(flag, value['ai_enabled']),
    createdAt: read(text, value['created_at']) ?? '',
    updatedAt: read(text, value['updated_at']) ?? '',
    variables: toJsonObject(value['variables']),
    externalIdentifier: read(textOrNumber, value['external_identifier']),
    whatsappSender: decodeParty(value['whatsapp_sender']),
    customer: decodeParty(value['customer']),
    extra: undefined,
    fields: internList(Object.keys(value)),
  };
  return { ...decoded, extra: hasSentEntries(value) ? value : findLossyFields(value, decoded) };
}

const internOptional = (sent: string | undefined): string | undefined => sent && intern(sent);

/** Decodes a party of a row or transcript; undefined for `[]`, null, and anything else. */
export function decodeParty(value: JsonValue | undefined): Party | undefined {
  if (!isJsonObject(value)) return undefined;
  const party = { name: read(textOrNumber, value['name']), phone: read(textOrNumber, value['phone']) };
  return party.name === undefined && party.phone === undefined ? undefined : party;
}

/** Fields that the decoded row can't represent as sent. */
function findLossyFields(row: JsonObject, understood: Conversation): JsonObject | undefined {
  const known = toKnownFields(understood);
  const others = entriesOf(row).filter(([name, sent]) => !Object.hasOwn(known, name) || !isSame(known[name], sent));
  return others.length === 0 ? undefined : fromEntries(others);
}

function isSame(known: JsonValue | undefined, sent: JsonValue): boolean {
  if (known === sent) return true;
  return isJsonObject(known) && isJsonObject(sent) && stringify(known) === stringify(sent);
}

/** Returns the row with the API's names, as sent by `GET /user/conversations`. */
export function toRecord(conversation: Conversation): JsonObject {
  const { fields, extra } = conversation;
  // With duplicate fields, `extra` is the whole row.
  if (extra !== undefined && hasSentEntries(extra)) return extra;
  const known = toKnownFields(conversation);
  const all = new Map([...Object.entries(known), ...(extra === undefined ? [] : entriesOf(extra))]);
  return fromEntries((fields ?? [...all.keys()]).map((name): [string, JsonValue] => [name, all.get(name) ?? null]));
}

/** Returns the fields that the model has, in the column order of a CSV export. */
export function toKnownFields(conversation: Conversation): JsonObject {
  return {
    id: conversation.id,
    type: conversation.type,
    assistant_id: conversation.assistantId,
    assistant_name: conversation.assistantName ?? null,
    message_count: conversation.messageCount ?? null,
    total_cost: conversation.totalCost ?? null,
    ai_enabled: conversation.aiEnabled ?? null,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    external_identifier: conversation.externalIdentifier ?? null,
    customer: toPartyRecord(conversation.customer) ?? null,
    whatsapp_sender: toPartyRecord(conversation.whatsappSender) ?? null,
    variables: conversation.variables ?? null,
  };
}

function toPartyRecord(party: Party | undefined): JsonObject | undefined {
  return party && { name: party.name ?? null, phone: party.phone ?? null };
}
