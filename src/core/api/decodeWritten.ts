import type { JsonValue } from '../model/json';
import type { Turn } from '../model/transcript';
import type { CreatedConversation } from './api';
import { decodeTranscript, decodeTurn } from './decodeTranscript';
import { id } from './fields';
import { isJsonObject, read } from './json';

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
export function decodeAnswer(body: JsonValue): { readonly answer: Turn | undefined } | undefined {
  if (!isJsonObject(body) || body['status'] === false) return undefined;
  if (body['status'] === undefined && body['message'] === undefined) return undefined;
  const { message = null, function_calls: calls = null } = body;
  const turn = decodeTurn({ role: 'assistant', content: message, function_calls: calls })?.turn;
  const isAnswer = turn !== undefined && (message !== null || turn.functionCalls.length > 0);
  return { answer: isAnswer ? turn : undefined };
}
