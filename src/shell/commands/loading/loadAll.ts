import { l10n, ProgressLocation, window } from 'vscode';
import { everyType, type ListKey } from '../../../core/store/snapshot';
import type { ConversationStore } from '../../../core/store/store';
import type { TreeModel } from '../../../core/view/treeModel';
import { notLoadedIn } from '../../notLoaded';
import { loadedOf } from '../../words/counts';
import { withMinutesLeft } from '../../words/minutes';
import { typeWords } from '../../words/type';
import { askToTakeMinutes, minutesFor } from './expected';
import { listOf } from './lists';

export interface LoadAllDependencies {
  readonly store: ConversationStore;
  readonly model: () => TreeModel;
}

/** `aiployees.loadAll`: reads a list to its end; every list of the tree where no row is given. Asks first where that takes minutes. */
export function loadAll({ store, model }: LoadAllDependencies) {
  return async (argument?: unknown): Promise<void> => {
    const given = listOf(argument);
    const keys = given === undefined ? model().lists : [given];
    const unread = notLoadedIn(model(), keys);
    const goesOn = await askToTakeMinutes(unread, {
      question: l10n.t('Load {0} more conversations?', unread.atLeast),
      go: l10n.t('Load All'),
      stopping: l10n.t('You can go on working meanwhile, and stop it: what came stays.'),
    });
    if (!goesOn) return;
    const stopped = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Loading conversations'), cancellable: true },
      async (progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        for (const [index, key] of keys.entries()) {
          const later = notLoadedIn(model(), keys.slice(index + 1)).atLeast;
          let shown = 0;
          await store.loadAll(key, abort.signal, ({ loaded, total }) => {
            const increment = total === undefined ? undefined : (100 * (loaded - shown)) / total / keys.length;
            shown = loaded;
            const left = total === undefined ? undefined : minutesFor(Math.max(0, total - loaded) + later);
            progress.report({ message: withMinutesLeft(progressWords(key, loaded, total), left), ...(increment !== undefined && { increment }) });
          });
          if (abort.signal.aborted) break;
        }
        // Whoever cancels as the last page comes has stopped nothing.
        return abort.signal.aborted && keys.some((key) => model().list(key)?.hasMore !== false);
      },
    );
    const loaded = model().loadedIn(keys);
    window.setStatusBarMessage(
      stopped ? l10n.t('Stopped: {0} conversations are loaded.', loaded) : l10n.t('{0} conversations are loaded.', loaded),
      5000,
    );
  };
}

function progressWords(key: ListKey, loaded: number, total: number | undefined): string {
  const count = loadedOf(loaded, total);
  return key === everyType ? count : `${typeWords(key)}: ${count}`;
}
