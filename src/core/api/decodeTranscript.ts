import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import type { FunctionCall, Transcript, Turn } from '../model/transcript';
import { stringify, isJsonObject } from '../util/exactJson';
import { decodeParty } from './decodeConversation';
import { text, textOrNumber, toJsonArray, toJsonObject, read, id } from './decode';
import type { CreatedConversation } from './api';

/** The body of `GET /conversations/{id}`. Undefined where it holds no history. */
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

/** An entry that names no role, says nothing and called nothing is no turn. */
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

/** Absent, null and `[]` are no calls; anything that is no list is one entry, so that it is counted. */
function toCallEntries(value: JsonValue | undefined): JsonArray {
  if (value === undefined || value === null) return [];
  return toJsonArray(value) ?? [value];
}

function decodeCall(call: JsonValue): FunctionCall | undefined {
  if (!isJsonObject(call)) return undefined;
  const name = read(text, call['name']);
  return name === undefined ? undefined : { name, ...argumentsAndResult(call) };
}

function argumentsAndResult(call: JsonObject): Pick<FunctionCall, 'arguments' | 'result'> {
  return { arguments: call['arguments'], result: call['result'] };
}

/** The body of `POST /conversations`. Undefined where it names no conversation; a history is not needed. */
export function decodeCreated(body: JsonValue): CreatedConversation | undefined {
  if (!isJsonObject(body)) return undefined;
  const created = read(id, body['conversation_id']);
  return created === undefined ? undefined : { id: created, turns: decodeTranscript(body)?.turns ?? [] };
}

/**
 * The body of `POST /conversations/{id}/messages`; undefined where it is none. Where the AI is off the message is kept
 * without an answer: `message` is null or missing then.
 */
export function decodeReply(body: JsonValue): { readonly reply: Turn | undefined } | undefined {
  if (!isJsonObject(body) || body['status'] === false) return undefined;
  if (body['status'] === undefined && body['message'] === undefined) return undefined;
  const { message = null, function_calls: calls = null } = body;
  const turn = decodeTurn({ role: 'assistant', content: message, function_calls: calls })?.turn;
  const isReply = turn !== undefined && (message !== null || turn.functionCalls.length > 0);
  return { reply: isReply ? turn : undefined };
}
