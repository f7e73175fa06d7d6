import { l10n, window } from 'vscode';
import type { ListKey } from '../../../core/store/snapshot';
import type { ConversationStore } from '../../../core/store/store';
import { views } from '../../../manifest';
import { loadedOf } from '../../words/counts';
import { withMinutesLeft } from '../../words/minutes';
import { withLateProgress } from '../lateProgress';
import { askToTakeMinutes, minutesFor } from './expected';
import { showView, wasOpened, type RefreshDependencies } from './refresh';

/** `aiployees.reload`: reads again everything that was loaded, and forgets what the server no longer lists. Asks first where that takes minutes. */
export function reload({ store, model }: RefreshDependencies) {
  return async (): Promise<void> => {
    if (!wasOpened(model())) return showView();
    store.requery();
    const keys = model().lists;
    const loaded = loadedIn(store, keys);
    const goesOn = await askToTakeMinutes(
      { count: loaded, atLeast: loaded },
      {
        question: l10n.t('Reload {0} conversations?', loaded),
        go: l10n.t('Reload All'),
        stopping: l10n.t("You can keep working, and cancel at any time. What's loaded now is kept."),
      },
    );
    if (goesOn) await readAgain(store, keys);
  };
}

/** Reads again what was loaded of lists, with progress that can be cancelled where it takes long enough to be seen. */
export async function readAgain(store: ConversationStore, keys: readonly ListKey[]): Promise<void> {
  const read = new Map<ListKey, number>();
  let shown = 0;
  const stopped = await window.withProgress({ location: { viewId: views.conversations } }, () =>
    withLateProgress(l10n.t('Reloading conversations'), async (report, signal) => {
      await store.reload(keys, signal, (key, { loaded }) => {
        read.set(key, loaded);
        const done = [...read.values()].reduce((sum, count) => sum + count, 0);
        const total = loadedIn(store, keys);
        const message = withMinutesLeft(loadedOf(done, total), minutesFor(Math.max(0, total - done)));
        report({ message, increment: (100 * (done - shown)) / Math.max(1, total) });
        shown = done;
      });
      return signal.aborted;
    }),
  );
  if (stopped) window.setStatusBarMessage(l10n.t('Reload canceled. Loaded conversations are unchanged.'), 5000);
}

/** How many rows of the lists there are to read again: one may be in several. */
function loadedIn({ snapshot }: ConversationStore, keys: readonly ListKey[]): number {
  return keys.reduce((sum, key) => sum + (snapshot.lists.get(key)?.loaded ?? 0), 0);
}
