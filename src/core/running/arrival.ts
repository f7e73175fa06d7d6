import type { ApiError } from '../api/errors';
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
