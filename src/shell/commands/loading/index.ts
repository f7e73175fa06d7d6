import { commands as vscodeCommands } from 'vscode';
import type { ConversationsApi } from '../../../core/api/api';
import { commands } from '../../../manifest';
import type { Handlers } from '../register';
import { loadAll } from './loadAll';
import { loadMore, loadMoreOfEach, type LoadMoreDependencies } from './loadMore';
import { refresh } from './refresh';
import { reload } from './reload';

export interface LoadingDependencies extends LoadMoreDependencies {
  /** The current account's, once it is known; undefined without a key. */
  readonly api: () => Promise<ConversationsApi | undefined>;
}

/** The commands that read lists. */
export function loadingCommands(dependencies: LoadingDependencies): Handlers {
  return {
    [commands.refresh]: refresh(dependencies),
    [commands.reload]: reload(dependencies),
    [commands.loadMore]: loadMore(dependencies),
    [commands.loadAll]: loadAll(dependencies),
    [commands.cancelWait]: async () => (await dependencies.api())?.cancelRateLimitWait(),
  };
}

/** How a search reads on: it may be asked for before anything was looked at, and so before anybody looked for a key. */
export function searchLoading(dependencies: LoadingDependencies): {
  readonly loadMore: () => Promise<void>;
  readonly loadAll: () => Promise<void>;
} {
  const withKey = (load: () => Promise<void>) => async (): Promise<void> => {
    if ((await dependencies.api()) === undefined) await vscodeCommands.executeCommand(commands.setApiKey);
    else await load();
  };
  return { loadMore: withKey(() => loadMoreOfEach(dependencies)), loadAll: withKey(loadAll(dependencies)) };
}
