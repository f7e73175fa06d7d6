import { ApiError, asApiError, isCancelled } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { ConversationList } from './list';
import type { ListReader } from './listReader';
import type { ListState, PollOutcome } from './snapshot';

/** Reads the top of a list, see `ListReader.poll`. A failure leaves the list as it was. */
export async function pollTop(
  list: ConversationList,
  reader: ListReader,
  signal: AbortSignal,
  defect: (error: unknown) => void,
): Promise<{ readonly outcome: PollOutcome; readonly arrived: readonly Conversation[] }> {
  try {
    // Not in this turn: who began it has to note it before it can end.
    await Promise.resolve();
    const arrived = await reader.poll(reader.contentOf(list), signal);
    list.state = stateAfter(list.state);
    return { outcome: { kind: 'read' }, arrived };
  } catch (error) {
    if (isCancelled(error)) return { outcome: { kind: 'given up' }, arrived: [] };
    if (!(error instanceof ApiError)) defect(error);
    return { outcome: { kind: 'failed', error: asApiError(error) }, arrived: [] };
  }
}

/** What had failed to read the top is past once the top was read; the unread pages stay unread. */
function stateAfter(before: ListState): ListState {
  return before.kind === 'failed' && (before.work === 'more' || before.work === 'all') ? before : { kind: 'ready' };
}
