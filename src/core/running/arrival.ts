import type { ConversationsApi } from '../api/api';
import { ApiError } from '../api/errors';
import type { Turn } from '../model/transcript';

/** What the history says of a message whose answer did not come. */
export type Arrival = 'answered' | 'unanswered' | 'missing';

/**
 * Looks for a message behind those that were there before it.
 * @param before how many messages of the user's there were
 */
export function arrivalOf(turns: readonly Turn[], message: string, before: number): Arrival {
  const users = turns.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  const said = plain(message);
  const place = users.slice(before).find((index) => plain(turns[index]?.content ?? '') === said);
  if (place === undefined) return 'missing';
  return turns.slice(place + 1).some(({ role }) => role === 'assistant') ? 'answered' : 'unanswered';
}

/** The number of the user's messages. */
export function userMessagesIn(turns: readonly Turn[]): number {
  return turns.filter(({ role }) => role === 'user').length;
}

/** Whether a message may be in the history though sending it failed. */
export function mayHaveArrived({ kind, status, code, unsent }: ApiError): boolean {
  if (unsent) return false;
  switch (kind) {
    case 'network':
      return code === undefined || !neverConnected.has(code);
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

const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The platform keeps no space around a message, and may write line ends in its own way. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * `notTaken` for a message that the server was not reached with, or refused at once; `missing` may still come: the server may
 * keep a message only once it was answered. `unknown` where the history could not be read.
 */
export type KnownArrival = Arrival | 'notTaken' | 'unknown';

export interface SentMessage {
  readonly id: string;
  readonly message: string;
  /** How many messages of the user's there were before it. */
  readonly before: number;
}

/** Reads the history after a message whose sending failed, where it may have arrived all the same. Never rejects. */
export async function checkArrival(
  api: ConversationsApi,
  { id, message, before }: SentMessage,
  error: ApiError,
): Promise<KnownArrival> {
  if (!mayHaveArrived(error)) return 'notTaken';
  try {
    // Not through a reading that others joined: it may have begun before the message.
    const { turns } = await api.getTranscript(id, { signal: new AbortController().signal });
    return arrivalOf(turns, message, before);
  } catch (unread) {
    if (!(unread instanceof ApiError)) throw unread;
    return 'unknown';
  }
}
