import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { RunningTask } from './taskQueue';
import type { ConversationList } from './list';
import { ListContent } from './listContent';
import { backgroundRead, ListReader, throttleByGrowth } from './listReader';
import type { TopFound } from './snapshot';
import { maxPageSize } from '../api/rateLimits';

export interface ReloadOptions {
  readonly reader: ListReader;
  readonly task: Pick<RunningTask, 'signal' | 'reportProgress' | 'hasTopWaiters' | 'resolveTop'>;
  /** Refreshes the top of the list and reports new conversations. */
  readonly refresh: () => Promise<TopFound>;
  readonly onRowsChanged: () => void;
}

/**
 * Loads as many rows as the list had and replaces them once all are loaded; a failure or stop changes nothing. If the
 * list has more than one full page, the top is refreshed first, and again whenever a refresh is requested.
 * @returns new conversations that `refresh` didn't find
 * @throws ApiError
 */
export async function reloadList(
  list: ConversationList,
  { reader, task, refresh, onRowsChanged }: ReloadOptions,
): Promise<readonly Conversation[]> {
  const { rows, pageSize: usual } = reader.options;
  const found = { added: 0, changed: 0 };
  const unknown = new Map<string, Conversation>();
  const merge = (incoming: readonly Conversation[]): { added: readonly Conversation[]; changed: number } => {
    const { changed } = rows.merge(
      incoming.filter(({ id }) => list.has(id)),
      [],
    );
    const added = incoming.filter(({ id }) => !list.has(id));
    // Added to the store only when the reload succeeds.
    for (const row of added) unknown.set(row.id, row);
    found.changed += changed;
    return { added, changed };
  };
  const reloaded = new ListContent(list.query);
  const aside = new ListReader({ ...reader.options, rows: { merge } });
  const reportGrowth = throttleByGrowth(onRowsChanged);
  const readTop = async (): Promise<void> => task.resolveTop(await refresh());

  const pageSize = list.loaded > usual() ? maxPageSize : usual();
  const isTopFirst = list.loaded > maxPageSize;
  let arrived: readonly Conversation[] = [];
  if (isTopFirst) await readTop();
  for (let pages = 1; ; pages += 1) {
    const before = reloaded.loaded;
    const priority = pages === 1 && !isTopFirst ? 'visible' : 'background';
    const { page } = await aside.readNext(reloaded, task.signal, { pageSize, priority });
    if (pages === 1) arrived = reader.ensureContent(list).findRowsAbove(page);
    // A list that was complete must be complete again, or Load More would add nothing.
    const isEnough = reloaded.loaded >= list.loaded && (list.hasMore || reloaded.loaded === before);
    const isOver = !reloaded.hasMore || isEnough;
    if (task.hasTopWaiters && !(isOver && pages === 1)) await readTop();
    task.reportProgress({ loaded: Math.min(reloaded.loaded, list.loaded), total: list.loaded });
    if (isOver) break;
    reportGrowth(reloaded.loaded);
  }
  reloaded.scheduleTopReread();
  await aside.rereadTop(reloaded, task.signal, () => undefined, backgroundRead);
  if (task.signal.aborted) throw new ApiError({ kind: 'cancelled', origin: '' });
  const all = [...unknown.values()];
  found.added = rows.merge(all, all).added.length;
  list.content = reloaded;
  task.resolveTop(found);
  return arrived.filter(({ id }) => unknown.has(id));
}
