import type { JsonValue } from '../model/json';
import type { Conversation } from '../model/conversation';
import type { ConversationPage } from './api';
import { decodeConversation } from './decodeConversation';
import { decodeEnvelope } from './decodeEnvelope';
import { toJsonArray } from './decode';
import type { PageEnvelope, PageRequest } from './paging/paging';
import { rejectedRows } from './rejectedRows';
import { isJsonArray, isJsonObject } from '../util/exactJson';

/**
 * The body of `GET /user/conversations`. Undefined where it holds no list.
 * @param link the `Link` header
 */
export function decodePage(body: JsonValue, request: PageRequest, link?: string): ConversationPage | undefined {
  const list = decodeList(body, request, link);
  if (list === undefined) return undefined;
  const byId = new Map<string, Conversation>();
  const decoded = list.rows.map(decodeConversation);
  for (const conversation of decoded) {
    // The later of two rows with one id: it is the fresher where a conversation moved while the page was read.
    if (conversation !== undefined) byId.set(conversation.id, conversation);
  }
  const rejected = rejectedRows(
    list.rows,
    decoded.map((conversation) => conversation?.id),
  );
  return { rows: [...byId.values()], rejected, envelope: list.envelope };
}

/** The rows of a list, undecoded, and what it says of its paging. For every list of the platform. */
export function decodeList(
  body: JsonValue,
  request: PageRequest,
  link?: string,
): { readonly rows: readonly JsonValue[]; readonly envelope: PageEnvelope } | undefined {
  const rows = isJsonArray(body) ? body : isJsonObject(body) ? toJsonArray(body['data']) : undefined;
  const envelope = rows && decodeEnvelope(body, rows.length, request, link);
  return envelope && { rows, envelope };
}
