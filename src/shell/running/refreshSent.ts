import type { ConversationsApi } from '../../core/api/api';
import { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import { everyType } from '../../core/store/snapshot';
import type { ConversationStore } from '../../core/store/store';
import { isDay } from '../../core/view/dateRange';
import { subtractDays } from '../../core/text/time';

/**
 * Refreshes a conversation's row after a message was sent: with the first pages of its lists, else by its start date. The API
 * can't return a single row.
 */
export async function refreshSent(
  store: ConversationStore,
  api: () => ConversationsApi | undefined,
  id: string,
): Promise<void> {
  const before = store.find(id);
  const current = api();
  await store.refresh([...store.snapshot.lists.keys()].filter((key) => key === 'test' || key === everyType));
  const row = store.find(id);
  if (current === undefined || row === undefined || row !== before) return;
  const found = await findByDay(current, row);
  if (found !== undefined && api() === current) store.update(found);
}

async function findByDay(api: ConversationsApi, { id, createdAt }: Conversation): Promise<Conversation | undefined> {
  const day = createdAt.slice(0, 10);
  if (!isDay(day)) return undefined;
  try {
    // One more day on both sides, because the server's time zone is unknown.
    const query = { type: 'test', dateFrom: subtractDays(day, 1), dateTo: subtractDays(day, -1) };
    const { rows } = await api.listConversations(
      query,
      { pointer: undefined, pageSize: 100 },
      { signal: new AbortController().signal, priority: 'background' },
    );
    return rows.find((row) => row.id === id);
  } catch (error) {
    // Not reported, because the user didn't request it; the log has it.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
