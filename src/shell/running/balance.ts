import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { costDigits } from '../../core/text/cost';
import { dollars } from '../words/cost';

/** Milliseconds: the balance is good to know, and not worth waiting for. */
const longestWait = 3000;

/** "$41.25", the account's balance; undefined where the server does not tell, or not soon. */
export async function balanceOf(api: ConversationsApi): Promise<string | undefined> {
  try {
    const { balance } = await api.getKeyOwner({ signal: AbortSignal.timeout(longestWait) });
    const digits = costDigits(balance);
    return digits === undefined ? undefined : dollars(digits);
  } catch (error) {
    // Not every server of the family has the call; its failure is in the log.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
