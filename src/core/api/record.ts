import type { Conversation, Party } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf } from '../util/exactJson';
import { fromEntries, hasSentEntries } from '../util/jsonEntries';

/** The row in the API's own names, as `GET /user/conversations` sent it. */
export function toRecord(conversation: Conversation): JsonObject {
  const { fields, extra } = conversation;
  // A field that was sent twice: the whole row is there.
  if (extra !== undefined && hasSentEntries(extra)) return extra;
  const known = knownFields(conversation);
  const all = new Map([...Object.entries(known), ...(extra === undefined ? [] : entriesOf(extra))]);
  return fromEntries((fields ?? [...all.keys()]).map((name): [string, JsonValue] => [name, all.get(name) ?? null]));
}

/** The fields of a row that the model knows, in the order of the columns of a CSV export. */
export function knownFields(conversation: Conversation): JsonObject {
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
    customer: partyRecord(conversation.customer) ?? null,
    whatsapp_sender: partyRecord(conversation.whatsappSender) ?? null,
    variables: conversation.variables ?? null,
  };
}

function partyRecord(party: Party | undefined): JsonObject | undefined {
  return party && { name: party.name ?? null, phone: party.phone ?? null };
}
