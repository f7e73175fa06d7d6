import type { ConversationsApi } from '../api/api';
import { ApiError } from '../api/errors';
import { arrivalOf, mayHaveArrived, type Arrival } from './arrival';

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
