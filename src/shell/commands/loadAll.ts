import { ProgressLocation, commands as vscodeCommands, l10n, window } from 'vscode';
import { type FailedList, type ListKey, everyType } from '../../core/store/snapshot';
import { listOfRow } from '../../core/view/treeNodes';
import { commands } from '../../manifest';
import type { App } from '../app';
import { notLoadedIn } from '../notLoaded';
import { notify } from '../notify';
import { loadedOf, withMinutesLeft } from '../words/counts';
import { listing } from '../words/doing';
import { actionLabel, errorWords } from '../words/errors';
import { typeWords } from '../words/type';
import { askToTakeMinutes, minutesFor } from './expected';

interface Failure {
  readonly key: ListKey;
  readonly state: FailedList;
}

/** Loads a list to its end; every list of the tree where no row is given. Asks first if that takes minutes. */
export async function loadAll(app: Pick<App, 'store' | 'model'>, argument?: unknown): Promise<void> {
  const { store } = app;
  const failureOf = (key: ListKey): Failure | undefined => {
    const state = app.model.list(key)?.state;
    return state?.kind === 'failed' ? { key, state } : undefined;
  };
  const given = listOfRow(argument);
  const keys = given === undefined ? app.model.lists : [given];
  const unread = notLoadedIn(app.model, given === undefined ? undefined : keys);
  const goesOn = await askToTakeMinutes(unread, {
    question: l10n.t('Load {0} more conversations?', unread.atLeast),
    go: l10n.t('Load All'),
    stopping: l10n.t('You can keep working, and cancel at any time. Whatever has loaded by then is kept.'),
  });
  if (!goesOn) return;
  const failed = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Loading conversations'), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const loadList = async (key: ListKey, index: number): Promise<void> => {
        const later = notLoadedIn(app.model, keys.slice(index + 1)).atLeast;
        let shown = 0;
        await store.loadAll(key, abort.signal, ({ loaded, total }) => {
          const increment = total === undefined ? undefined : (100 * (loaded - shown)) / total / keys.length;
          shown = loaded;
          const left = total === undefined ? undefined : minutesFor(Math.max(0, total - loaded) + later);
          progress.report({
            message: withMinutesLeft(progressWords(key, loaded, total), left),
            ...(increment !== undefined && { increment }),
          });
        });
      };
      for (const [index, key] of keys.entries()) {
        await loadList(key, index);
        const failure = failureOf(key);
        // What fails one list, as a refused key, fails the next one too.
        if (failure !== undefined) return failure;
        if (abort.signal.aborted) return undefined;
      }
      if (given !== undefined || app.model.unreadOfOtherTypes === 0) return undefined;
      // Only the list of every type has conversations of a type that the server invented. Its total may say that there are none.
      const isUnopened = (app.model.list(everyType)?.state.kind ?? 'unopened') === 'unopened';
      await (isUnopened ? store.open(everyType) : store.refresh([everyType]));
      if (app.model.unreadOfOtherTypes !== 0 && failureOf(everyType) === undefined)
        await loadList(everyType, keys.length);
      return failureOf(everyType);
    },
  );
  const loaded = app.model.loadedIn(given === undefined ? [everyType] : keys);
  if (failed !== undefined) return offerToGoOn(failed, loaded, () => loadAll(app, argument));
  // Stopped, or another filter or account came in between. Canceling while the last page arrives stops nothing.
  const isWhole =
    keys.every((key) => app.model.list(key)?.hasMore === false) &&
    (given !== undefined || app.model.unreadOfOtherTypes === 0);
  window.setStatusBarMessage(
    isWhole ? l10n.t('{0} conversations loaded.', loaded) : l10n.t('Canceled. {0} conversations loaded.', loaded),
    5000,
  );
}

/** Says why loading stopped early. What the error itself suggests comes after going on. */
async function offerToGoOn({ key, state }: Failure, loaded: number, goOn: () => Promise<void>): Promise<void> {
  const { message, actions } = errorWords(state.error, listing(key));
  const [continueWords, ...others] = [
    l10n.t('Continue'),
    ...actions.filter((action) => action !== 'retry').map(actionLabel),
  ];
  const words =
    loaded === 1
      ? l10n.t('Loading stopped early, with 1 conversation loaded. {0}', message)
      : l10n.t('Loading stopped early, with {0} conversations loaded. {1}', loaded, message);
  const chosen = await notify.error(words, continueWords, ...others);
  if (chosen === continueWords) return goOn();
  const action = actions.find((each) => actionLabel(each) === chosen);
  if (action !== undefined && action !== 'retry') await vscodeCommands.executeCommand(commands[action]);
}

function progressWords(key: ListKey, loaded: number, total: number | undefined): string {
  const count = loadedOf(loaded, total);
  return key === everyType ? count : `${typeWords(key)}: ${count}`;
}
