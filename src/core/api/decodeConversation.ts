import type { Conversation, Party } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { shared } from '../util/shared';
import { amount, count, flag, id, text, words } from './fields';
import { isJsonObject, objectOf, read } from './json';

const partyFields = ['whatsapp_sender', 'customer'];

/**
 * A row of `GET /user/conversations`. Undefined where it can't be understood: not an object, or without an id.
 *
 * Nothing of the row is lost: what the model does not know, and what it knows but can't hold as it was sent (a count
 * that is no number, a customer with a field more), is in `extra` under the row's own names.
 */
export function decodeConversation(value: JsonValue): Conversation | undefined {
  if (!isJsonObject(value)) return undefined;
  const conversationId = read(id, value['id']);
  if (conversationId === undefined) return undefined;

  const understood = new Set(['id', ...partyFields.filter((name) => holdsWholeParty(value[name]))]);
  const field = <T>(name: string, decode: (sent: JsonValue) => T | undefined): T | undefined => {
    const sent = value[name];
    const decoded = sent === undefined || sent === null ? undefined : decode(sent);
    if (sent === undefined || sent === null || decoded !== undefined) understood.add(name);
    return decoded;
  };

  return {
    id: conversationId,
    assistantId: shared(field('assistant_id', (sent) => read(words, sent)) ?? ''),
    assistantName: field('assistant_name', (sent) => sharedText(read(text, sent))),
    type: shared(field('type', (sent) => read(text, sent)) ?? ''),
    messageCount: field('message_count', (sent) => read(count, sent)),
    totalCost: field('total_cost', (sent) => read(amount, sent)),
    aiEnabled: field('ai_enabled', (sent) => read(flag, sent)),
    createdAt: field('created_at', (sent) => read(text, sent)) ?? '',
    updatedAt: field('updated_at', (sent) => read(text, sent)) ?? '',
    variables: field('variables', objectOf),
    externalIdentifier: field('external_identifier', (sent) => read(words, sent)),
    whatsappSender: decodeParty(value['whatsapp_sender']),
    customer: decodeParty(value['customer']),
    extra: rest(value, understood),
  };
}

const sharedText = (sent: string | undefined): string | undefined => sent && shared(sent);

/** Somebody with a phone, as rows and transcripts tell it. `[]`, null or something else is nobody. */
export function decodeParty(value: JsonValue | undefined): Party | undefined {
  if (!isJsonObject(value)) return undefined;
  const party = { name: read(words, value['name']), phone: read(words, value['phone']) };
  return party.name === undefined && party.phone === undefined ? undefined : party;
}

/** Whether a party, or nobody, says all that was sent. */
function holdsWholeParty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true;
  const sent = objectOf(value);
  if (sent === undefined) return false;
  return Object.entries(sent).every(
    ([name, part]) => part === null || ((name === 'name' || name === 'phone') && read(words, part) !== undefined),
  );
}

function rest(row: JsonObject, understood: ReadonlySet<string>): JsonObject | undefined {
  const unknown = Object.entries(row).filter(([name]) => !understood.has(name));
  // Not by assignment: a field called `__proto__` would be taken for the prototype.
  return unknown.length === 0 ? undefined : Object.fromEntries(unknown);
}
