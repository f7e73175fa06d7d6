import * as v from 'valibot';
import type { Assistant, KeyOwner } from '../model/conversation';
import type { JsonValue } from '../model/json';
import { decodeList } from './decodeEnvelope';
import { amount, count, id, text, read } from './decode';
import type { PageEnvelope, PageRequest } from './paging/paging';
import { isJsonObject } from '../util/exactJson';

export interface AssistantPage {
  readonly rows: readonly Assistant[];
  readonly envelope: PageEnvelope;
}

const assistantRow = v.object({
  id: count,
  uuid: id,
  name: v.fallback(v.nullish(text, ''), ''),
  deleted_at: v.optional(v.unknown()),
});

/**
 * Decodes `GET /user/assistants/get`; undefined if it has no list. Skips rows that lack either ID: they can't be
 * matched with conversations.
 */
export function decodeAssistants(body: JsonValue, request: PageRequest, link?: string): AssistantPage | undefined {
  const list = decodeList(body, request, link);
  if (list === undefined) return undefined;
  const rows = list.rows.flatMap((row) => {
    const assistant = read(assistantRow, row);
    if (assistant === undefined) return [];
    const { id: serverId, uuid, name, deleted_at: deletedAt } = assistant;
    return [
      {
        serverId,
        uuid,
        name,
        ...(typeof deletedAt === 'string' && deletedAt !== '' ? { isDeleted: true as const } : {}),
      },
    ];
  });
  return { rows, envelope: list.envelope };
}

/** Decodes `GET /user/me`, optionally wrapped in `data`; undefined if it isn't an object. */
export function decodeKeyOwner(body: JsonValue): KeyOwner | undefined {
  if (!isJsonObject(body)) return undefined;
  const owner = isJsonObject(body['data']) ? body['data'] : body;
  return {
    name: toTrimmedText(owner['name']),
    email: toTrimmedText(owner['email']),
    balance: read(amount, owner['total_balance']),
  };
}

function toTrimmedText(value: JsonValue | undefined): string | undefined {
  return read(text, value)?.trim() || undefined;
}
