import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import { everyType } from '../../core/store/snapshot';
import type { ConversationStore } from '../../core/store/store';
import { isDay } from '../../core/view/dateRange';
import { dayBefore } from '../../core/text/time';

/**
 * Loads the row of a conversation again that was written to: with the top of its lists, and if it isn't there, by the day when it
 * began. The API has no way to ask for one row.
 */
export async function refreshSent(
  store: ConversationStore,
  api: () => ConversationsApi | undefined,
  id: string,
): Promise<void> {
  const before = store.find(id);
  const asked = api();
  await store.refresh([...store.snapshot.lists.keys()].filter((key) => key === 'test' || key === everyType));
  const row = store.find(id);
  if (asked === undefined || row === undefined || row !== before) return;
  const found = await findByDay(asked, row);
  if (found !== undefined && api() === asked) store.update(found);
}

async function findByDay(api: ConversationsApi, { id, createdAt }: Conversation): Promise<Conversation | undefined> {
  const day = createdAt.slice(0, 10);
  if (!isDay(day)) return undefined;
  try {
    // A day more on both sides: in which zone the server counts days is not known.
    const query = { type: 'test', dateFrom: dayBefore(day, 1), dateTo: dayBefore(day, -1) };
    const { rows } = await api.listConversations(
      query,
      { pointer: undefined, pageSize: 100 },
      { signal: new AbortController().signal, priority: 'background' },
    );
    return rows.find((each) => each.id === id);
  } catch (error) {
    // Nobody asked for it, and the request is in the log.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
