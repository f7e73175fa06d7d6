import type { ConversationsApi } from '../api/api';
import { ApiError } from '../api/errors';
import type { Turn } from '../model/transcript';

/** Whether the transcript has a message whose response was lost. */
export type Arrival = 'answered' | 'unanswered' | 'missing';

/** Finds a message after the first `before` messages of the user. */
export function findArrival(turns: readonly Turn[], message: string, before: number): Arrival {
  const users = turns.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const normalized = normalize(message);
  const place = users.slice(before).find((index) => normalize(turns[index]?.content ?? '') === normalized);
  if (place === undefined) return 'missing';
  return turns.slice(place + 1).some(({ role }) => role === 'assistant') ? 'answered' : 'unanswered';
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
): Promise<KnownArrival> {
  if (!mayHaveArrived(error)) return 'notTaken';
  try {
    // Not through the shared loader: its request may have started before the message.
    const { turns } = await api.getTranscript(id, { signal: new AbortController().signal });
    return findArrival(turns, message, before);
  } catch (unread) {
    if (!(unread instanceof ApiError)) throw unread;
    return 'unknown';
  }
}
