import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Transcript, Turn } from '../model/transcript';
import { stringify, isJsonObject } from '../util/exactJson';
import { decodeParty } from './decodeConversation';
import { text, textOrNumber, toJsonArray, toJsonObject, read, id } from './decode';
import type { CreatedConversation } from './api';

/** Decodes `GET /conversations/{id}`; undefined if it has no history. */
export function decodeTranscript(body: JsonValue): Transcript | undefined {
  if (!isJsonObject(body)) return undefined;
  const history = body['history'] === null ? [] : toJsonArray(body['history']);
  if (history === undefined) return undefined;
  const turns: Turn[] = [];
  let rejected = 0;
  for (const entry of history) {
    const decoded = decodeTurn(entry);
    if (decoded === undefined) rejected += 1;
    else {
      turns.push(decoded.turn);
      rejected += decoded.rejectedCalls;
    }
  }
  return {
    turns,
    rejected,
    variables: toJsonObject(body['variables']),
    externalIdentifier: read(textOrNumber, body['external_identifier']),
    whatsappSender: decodeParty(body['whatsapp_sender']),
    customer: decodeParty(body['customer']),
    raw: body,
  };
}

/** Decodes a history entry; undefined if it has no role, content, or tool calls. */
export function decodeTurn(entry: JsonValue): { turn: Turn; rejectedCalls: number } | undefined {
  if (!isJsonObject(entry)) return undefined;
  const isTurn = ['role', 'content', 'function_calls'].some((name) => name in entry);
  if (!isTurn) return undefined;
  const sent = toCallEntries(entry['function_calls']);
  const functionCalls = sent.map(decodeCall).filter((call) => call !== undefined);
  return {
    turn: { role: read(text, entry['role']) ?? '', content: toContent(entry['content']), functionCalls },
    rejectedCalls: sent.length - functionCalls.length,
  };
}

function toContent(content: JsonValue | undefined): string {
  if (content === undefined || content === null) return '';
  return typeof content === 'string' ? content : stringify(content);
}

/** Missing, null, and `[]` mean no calls. Anything else that isn't a list counts as one entry. */
function toCallEntries(value: JsonValue | undefined): JsonArray {
  if (value === undefined || value === null) return [];
  return toJsonArray(value) ?? [value];
}

function decodeCall(call: JsonValue): FunctionCall | undefined {
  if (!isJsonObject(call)) return undefined;
  const name = read(text, call['name']);
  return name === undefined ? undefined : { name, ...readCallParts(call) };
}

function readCallParts(call: JsonObject): Pick<FunctionCall, 'arguments' | 'result'> {
  return { arguments: call['arguments'], result: call['result'] };
}

/** Decodes `POST /conversations`; undefined if it has no conversation ID. The history is optional. */
export function decodeCreated(body: JsonValue): CreatedConversation | undefined {
  if (!isJsonObject(body)) return undefined;
  const created = read(id, body['conversation_id']);
  return created === undefined ? undefined : { id: created, turns: decodeTranscript(body)?.turns ?? [] };
}

/**
 * Decodes `POST /conversations/{id}/messages`; undefined if it isn't one. If the AI is off, the platform saves the
 * message without a reply, and `message` is null or missing.
 */
export function decodeReply(body: JsonValue): { readonly reply: Turn | undefined } | undefined {
  if (!isJsonObject(body) || body['status'] === false) return undefined;
  if (body['status'] === undefined && body['message'] === undefined) return undefined;
  const { message = null, function_calls: calls = null } = body;
  const turn = decodeTurn({ role: 'assistant', content: message, function_calls: calls })?.turn;
  const isReply = turn !== undefined && (message !== null || turn.functionCalls.length > 0);
  return { reply: isReply ? turn : undefined };
}
