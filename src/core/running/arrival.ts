import type { ConversationsApi, Priority } from '../api/api';
import { ApiError } from '../api/errors';
import type { Turn } from '../model/transcript';

/** Whether the transcript has a message whose response was lost. */
export type Arrival = 'answered' | 'unanswered' | 'missing';

/** Finds a message after the first `before` messages of the user, and its reply if it is `answered`. */
export function findArrival(turns: readonly Turn[], message: string, before: number): FoundMessage {
  const users = turns.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const normalized = normalize(message);
  const place = users.slice(before).find((index) => normalize(turns[index]?.content ?? '') === normalized);
  if (place === undefined) return { arrival: 'missing', reply: undefined };
  const reply = joinReplies(turns.slice(place + 1));
  return { arrival: reply === undefined ? 'unanswered' : 'answered', reply };
}

interface FoundMessage {
  readonly arrival: Arrival;
  readonly reply: Turn | undefined;
}

/** Joins the assistant's turns to one, because a transcript may have tool calls in a turn of their own. */
export function joinReplies(turns: readonly Turn[]): Turn | undefined {
  const replies = turns.filter(({ role }) => role === 'assistant');
  if (replies.length <= 1) return replies[0];
  return {
    role: 'assistant',
    content: replies
      .map(({ content }) => content)
      .filter((content) => content !== '')
      .join('\n'),
    functionCalls: replies.flatMap(({ functionCalls }) => functionCalls),
  };
}

export function countUserMessages(turns: readonly Turn[]): number {
  return turns.filter(({ role }) => role === 'user').length;
}

/** Whether a message may be in the transcript even though sending it failed. */
export function mayHaveArrived({ kind, status, code, unsent }: ApiError): boolean {
  if (unsent) return false;
  switch (kind) {
    case 'network':
      return code === undefined || !unconnectedCodes.has(code);
    case 'rejected':
      // "Failed to process message" came after the message; others (422) before.
      return status === 400;
    case 'unexpected':
      // A firewall, gateway or proxy that refuses a message doesn't pass it on.
      return status === undefined || status < 400;
    case 'timeout':
    case 'cancelled':
    case 'server':
      return true;
    default:
      return false;
  }
}

const unconnectedCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The platform trims messages and may change line breaks. */
function normalize(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * `notTaken`: the message didn't reach the server or was rejected; `unknown`: the transcript couldn't be loaded. A
 * `missing` message may still appear: the server may store it only with its reply.
 */
export type KnownArrival = Arrival | 'notTaken' | 'unknown';

export interface CheckedMessage {
  readonly arrival: KnownArrival;
  /** The reply of an `answered` message. */
  readonly reply: Turn | undefined;
}

export interface SentMessage {
  readonly id: string;
  readonly message: string;
  /** The number of the user's messages before it. */
  readonly before: number;
}

/**
 * Loads the transcript after sending failed, if the message may have been delivered. Never rejects with an ApiError.
 */
export async function checkArrival(
  api: ConversationsApi,
  { id, message, before }: SentMessage,
  error: ApiError,
  priority?: Priority,
): Promise<CheckedMessage> {
  if (!mayHaveArrived(error)) return { arrival: 'notTaken', reply: undefined };
  try {
    // Not through the shared loader: its request may have started before the message.
    const options = { signal: new AbortController().signal, ...(priority === undefined ? {} : { priority }) };
    const { turns } = await api.getTranscript(id, options);
    return findArrival(turns, message, before);
  } catch (unread) {
    if (!(unread instanceof ApiError)) throw unread;
    return { arrival: 'unknown', reply: undefined };
  }
}
