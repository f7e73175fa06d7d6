import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import { formatDollars } from '../../core/text/cost';

/** Milliseconds: the balance is good to know, and not worth waiting for. */
const longestWait = 3000;

/** "$41.25", the account's balance; undefined where the server does not tell, or not soon. */
export async function balanceOf(api: ConversationsApi): Promise<string | undefined> {
  try {
    const { balance } = await api.getKeyOwner({ signal: AbortSignal.timeout(longestWait) });
    return balance === undefined ? undefined : formatDollars(balance);
  } catch (error) {
    // Not every server of the family has the call; its failure is in the log.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
