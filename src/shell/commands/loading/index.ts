import { commands as vscodeCommands } from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import type { ListKey } from '../../../core/store/snapshot';
import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import { bringsTo, loadMore, loadMoreOfEach, type LoadMoreDependencies } from './loadMore';

export interface LoadingDependencies extends LoadMoreDependencies {
  /** The current account's, once it is known; undefined without a key. */
  readonly api: () => Promise<ConversationsApi | undefined>;
}

/** The commands that read lists. */
export function loadingCommands(dependencies: LoadingDependencies) {
  const { refresh, reload, loadAll, loadAllLists } = commands;
  return {
    ...loadedLater([refresh, reload, loadAll, loadAllLists], async () =>
      (await import('./handlers')).loadingHandlers(dependencies),
    ),
    [commands.loadMore]: loadMore(dependencies),
    [commands.cancelWait]: async () => (await dependencies.api())?.cancelRateLimitWait(),
  };
}

/** Does again what failed of a list. A reload may take as long as when it was asked for, and can be cancelled again. */
export function retryList({ store, passes }: Pick<LoadingDependencies, 'store' | 'passes'>) {
  return async (key: ListKey): Promise<void> => {
    const state = store.snapshot.lists.get(key)?.state;
    if (state?.kind === 'failed' && state.work === 'reload') await (await import('./reload')).readAgain(store, [key]);
    else await store.retry(key, bringsTo(key, { passes }));
  };
}

/** How a search reads on: it may be asked for before anything was looked at, and so before anybody looked for a key. */
export function searchLoading(dependencies: LoadingDependencies): {
  /** Loads the first page of what the tree shows first, if the tree has nothing yet. */
  readonly loadFirst: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly loadAll: () => Promise<void>;
} {
  const withKey = (load: () => Promise<void>) => async (): Promise<void> => {
    if ((await dependencies.api()) === undefined) await vscodeCommands.executeCommand(commands.setApiKey);
    else await load();
  };
  const readAll = async (): Promise<void> => (await import('./loadAll')).loadAll(dependencies)();
  const loadFirst = async (): Promise<void> => {
    if ((await dependencies.api()) === undefined) return;
    const { store, model } = dependencies;
    const { lists } = model();
    const [first] = lists;
    if (first !== undefined && !lists.some((key) => model().list(key)?.read === true)) await store.open(first);
  };
  return { loadFirst, loadMore: withKey(() => loadMoreOfEach(dependencies)), loadAll: withKey(readAll) };
}
