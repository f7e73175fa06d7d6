import type { Conversation, Party } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';

/**
 * The row in the API's own names, as `GET /user/conversations` lists it. Fields that every row has are there, null
 * where the server told nothing; the others only where they were told. What stands in `extra` is the row's own word.
 */
export function toRecord(conversation: Conversation): JsonObject {
  return {
    id: conversation.id,
    assistant_id: conversation.assistantId,
    assistant_name: conversation.assistantName ?? null,
    type: conversation.type,
    ...told('variables', conversation.variables),
    message_count: conversation.messageCount ?? null,
    total_cost: conversation.totalCost ?? null,
    ai_enabled: conversation.aiEnabled ?? null,
    created_at: conversation.createdAt,
    updated_at: conversation.updatedAt,
    ...told('external_identifier', conversation.externalIdentifier),
    ...told('whatsapp_sender', partyRecord(conversation.whatsappSender)),
    ...told('customer', partyRecord(conversation.customer)),
    ...conversation.extra,
  };
}

function partyRecord(party: Party | undefined): JsonObject | undefined {
  return party && { name: party.name ?? null, phone: party.phone ?? null };
}

function told(name: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
