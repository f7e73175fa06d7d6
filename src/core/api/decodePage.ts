import type { JsonObject, JsonValue } from '../model/json';
import type { Conversation } from '../model/conversation';
import type { ConversationPage, PageEnvelope } from './api';
import { decodeConversation } from './decodeConversation';
import { count, id } from './fields';
import { isJsonArray, isJsonObject, listOf, read } from './json';
import { rejectedRows } from './rejectedRows';

/** An answer that holds all there is: it names neither a page nor a cursor. */
const onlyPage = {
  style: 'page',
  currentPage: undefined,
  lastPage: 1,
  perPage: undefined,
  total: undefined,
} as const satisfies PageEnvelope;

/** The body of `GET /user/conversations`. Undefined where it holds no list. */
export function decodePage(body: JsonValue): ConversationPage | undefined {
  const list = decodeList(body);
  if (list === undefined) return undefined;
  const byId = new Map<string, Conversation>();
  const decoded = list.rows.map(decodeConversation);
  for (const conversation of decoded) {
    // The later of two rows with one id: it is the fresher where a conversation moved while the page was read.
    if (conversation !== undefined) byId.set(conversation.id, conversation);
  }
  const rejected = rejectedRows(list.rows, decoded.map((conversation) => conversation?.id));
  return { rows: [...byId.values()], rejected, envelope: list.envelope };
}

/** The rows of a list, undecoded, and what it says of its paging. For every list of the platform. */
export function decodeList(
  body: JsonValue,
): { readonly rows: readonly JsonValue[]; readonly envelope: PageEnvelope } | undefined {
  if (isJsonArray(body)) return { rows: body, envelope: onlyPage };
  if (!isJsonObject(body)) return undefined;
  const rows = listOf(body['data']);
  return rows && { rows, envelope: decodeEnvelope(envelopeOf(body)) };
}

/** Laravel's API resources move the envelope's fields into `meta`. */
function envelopeOf(body: JsonObject): JsonObject {
  const meta = body['meta'];
  const isFlat = 'current_page' in body || 'next_cursor' in body;
  return !isFlat && isJsonObject(meta) ? meta : body;
}

/** Never pinned: one server's next version may speak the other style. */
function decodeEnvelope(fields: JsonObject): PageEnvelope {
  const namesPage = fields['current_page'] !== undefined;
  const namesCursor = fields['next_cursor'] !== undefined;
  if (namesCursor && !(namesPage && fields['current_page'] !== null)) {
    return { style: 'cursor', nextCursor: read(id, fields['next_cursor']) };
  }
  if (!namesPage && fields['last_page'] === undefined) return { ...onlyPage, total: read(count, fields['total']) };
  return {
    style: 'page',
    currentPage: read(count, fields['current_page']),
    lastPage: read(count, fields['last_page']),
    perPage: read(count, fields['per_page']),
    total: read(count, fields['total']),
  };
}
