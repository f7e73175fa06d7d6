import { ProgressLocation, commands as vscodeCommands, l10n, window } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { type FailedList, type ListKey, type RefreshOutcome, everyType } from '../../core/store/snapshot';
import type { ConversationStore } from '../../core/store/store';
import type { TreeModel } from '../../core/view/treeModel';
import { type TreeNode, findListKey } from '../../core/view/treeNodes';
import { commands, views } from '../../manifest';
import type { App } from '../app';
import { withLateProgress } from '../lateProgress';
import { findListsWithMore, countNotLoaded } from '../notLoaded';
import { notify } from '../notify';
import { formatType } from '../format/conversation';
import { formatLoaded, formatNewConversations, appendMinutesLeft } from '../format/counts';
import { listActivity } from '../format/activity';
import { formatAction, formatError } from '../format/errors';
import { confirmLongLoad, estimateListMinutes } from './expected';

export const handlers = {
  [commands.refresh]: refresh,
  [commands.reload]: reload,
  [commands.loadMore]: loadMore,
  [commands.loadAll]: loadAllOrSetKey,
  // VS Code passes the focused row to commands in the view's title. It doesn't count here.
  [commands.loadAllLists]: (app: App) => loadAllOrSetKey(app),
  [commands.cancelWait]: async (app: App) => (await app.api())?.cancelRateLimitWait(),
};

async function loadMore(app: App, argument?: unknown): Promise<void> {
  const key = findListKey(argument) ?? (await chooseList(app.model, app.view.selection));
  if (key === undefined) {
    window.setStatusBarMessage(l10n.t('All conversations are loaded.'), 5000);
    return;
  }
  await window.withProgress({ location: { viewId: views.conversations } }, () =>
    app.store.loadMore(key, isInGroup(app, key)),
  );
  const node = argument as TreeNode | undefined;
  // The clicked row disappears with the last page, so the keyboard focus needs another row.
  if (node?.kind === 'more' && app.model.list(key)?.hasMore === false) await app.view.selectLast(node.parent);
}

/** Creates a predicate for conversations in a list's group that match the current filter. */
function isInGroup(app: Pick<App, 'rowTest'>, key: ListKey): (row: Conversation) => boolean {
  const matches = app.rowTest();
  return (row) => (key === everyType || row.type === key) && matches(row);
}

/** The Command Palette offers Load All even without an API key. */
async function loadAllOrSetKey(app: App, argument?: unknown): Promise<void> {
  if ((await app.api()) === undefined) await vscodeCommands.executeCommand(commands.setApiKey);
  else await loadAll(app, argument);
}

/** Repeats a list's failed request. A reload can take long and can be canceled again. */
export async function retryList(app: Pick<App, 'store' | 'rowTest'>, key: ListKey): Promise<void> {
  const state = app.store.snapshot.lists.get(key)?.state;
  if (state?.kind === 'failed' && state.work === 'reload') await reloadLists(app.store, [key]);
  else await app.store.retry(key, isInGroup(app, key));
}

/** Loads rows for a search, which may start before the view was shown and the key was read. */
export const searchLoading = {
  /** Loads the first page of the tree's first list, if the tree has nothing yet. */
  async loadFirst(app: Pick<App, 'store' | 'model' | 'api'>): Promise<void> {
    if ((await app.api()) === undefined) return;
    const { lists } = app.model;
    const [first] = lists;
    if (first !== undefined && !lists.some((key) => app.model.list(key)?.read === true)) await app.store.open(first);
  },
  /** Loads the next page of each list of the tree, or its first. */
  async more(app: Pick<App, 'store' | 'model' | 'api'>): Promise<void> {
    if ((await app.api()) === undefined) return void (await vscodeCommands.executeCommand(commands.setApiKey));
    const { store, model } = app;
    await Promise.all(
      model.lists.map((key) => (model.list(key)?.read === true ? store.loadMore(key) : store.open(key))),
    );
  },
  all: (app: App): Promise<void> => loadAllOrSetKey(app),
};

/** Loads new and changed rows of the opened lists and shows how many there are. */
async function refresh(app: App): Promise<void> {
  if (!wasOpened(app.model)) return showView();
  // A relative date range may cover other days by now.
  app.store.requery();
  const outcome = await window.withProgress({ location: { viewId: views.conversations } }, () =>
    app.store.refresh(app.model.lists),
  );
  window.setStatusBarMessage(formatOutcome(outcome), 5000);
}

/** Returns whether any list of the tree was opened; only those can be refreshed. */
function wasOpened(model: TreeModel): boolean {
  return model.lists.some((key) => (model.list(key)?.state.kind ?? 'unopened') !== 'unopened');
}

/** The view loads its first page when it is shown. */
async function showView(): Promise<void> {
  await vscodeCommands.executeCommand(`${views.conversations}.focus`);
}

function formatOutcome({ added, changed, failed }: RefreshOutcome): string {
  if (failed > 0 && added + changed === 0) return l10n.t("Couldn't refresh the conversations");
  const isNew = formatNewConversations(added);
  const isChanged = changed === 1 ? l10n.t('1 changed') : l10n.t('{0} changed', changed);
  if (added > 0 && changed > 0) return `${isNew}, ${isChanged}`;
  if (added > 0) return isNew;
  if (changed > 0)
    return changed === 1 ? l10n.t('1 conversation changed') : l10n.t('{0} conversations changed', changed);
  return l10n.t('No new conversations');
}

/** Reloads all loaded rows and drops rows that the server no longer lists. Asks first if that takes minutes. */
export async function reload(app: Pick<App, 'store' | 'model'>): Promise<void> {
  const { store } = app;
  if (!wasOpened(app.model)) return showView();
  store.requery();
  const keys = app.model.lists;
  const loaded = countLoaded(store, keys);
  const isConfirmed = await confirmLongLoad(
    { count: loaded, atLeast: loaded },
    {
      question: l10n.t('Reload {0} conversations?', loaded),
      go: l10n.t('Reload All'),
      stopping: l10n.t(
        'You can keep working, and cancel at any time. The conversations already loaded stay in the view.',
      ),
    },
  );
  if (isConfirmed) await reloadLists(store, keys);
}

/** Reloads lists with progress, which can be canceled if the reload takes long. */
async function reloadLists(store: ConversationStore, keys: readonly ListKey[]): Promise<void> {
  const read = new Map<ListKey, number>();
  let shown = 0;
  const stopped = await window.withProgress({ location: { viewId: views.conversations } }, () =>
    withLateProgress(l10n.t('Reloading conversations'), async (report, signal) => {
      await store.reload(keys, signal, (key, { loaded }) => {
        read.set(key, loaded);
        const done = [...read.values()].reduce((sum, count) => sum + count, 0);
        const total = countLoaded(store, keys);
        const message = appendMinutesLeft(formatLoaded(done, total), estimateListMinutes(Math.max(0, total - done)));
        report({ message, increment: (100 * (done - shown)) / Math.max(1, total) });
        shown = done;
      });
      return signal.aborted;
    }),
  );
  if (stopped) window.setStatusBarMessage(l10n.t('Reload canceled. Loaded conversations are unchanged.'), 5000);
}

/** Counts the rows to reload. A row may be in several lists. */
function countLoaded({ snapshot }: ConversationStore, keys: readonly ListKey[]): number {
  return keys.reduce((sum, key) => sum + (snapshot.lists.get(key)?.loaded ?? 0), 0);
}

/** Returns the only list with more rows, else the selected row's list, else asks. */
async function chooseList(model: TreeModel, selection: readonly TreeNode[]): Promise<ListKey | undefined> {
  const keys = findListsWithMore(model);
  if (keys.length <= 1) return keys[0];
  const selected = selection
    .map((node) => findListKey(node) ?? node.parent?.list)
    .find((key) => key !== undefined && keys.includes(key));
  if (selected !== undefined) return selected;
  const picked = await window.showQuickPick(
    keys.map((key) => ({ label: formatType(key), key })),
    { placeHolder: l10n.t('Select a type to load more of') },
  );
  return picked?.key;
}

interface Failure {
  readonly key: ListKey;
  readonly state: FailedList;
}

/** Loads a list to its end, or every list of the tree if no row is given. Asks first if that takes minutes. */
export async function loadAll(app: Pick<App, 'store' | 'model'>, argument?: unknown): Promise<void> {
  const { store } = app;
  const findFailure = (key: ListKey): Failure | undefined => {
    const state = app.model.list(key)?.state;
    return state?.kind === 'failed' ? { key, state } : undefined;
  };
  const given = findListKey(argument);
  const keys = given === undefined ? app.model.lists : [given];
  const unread = countNotLoaded(app.model, given === undefined ? undefined : keys);
  const isConfirmed = await confirmLongLoad(unread, {
    question: l10n.t('Load {0} more conversations?', unread.atLeast),
    go: l10n.t('Load All'),
    stopping: l10n.t('You can keep working, and cancel at any time. Conversations loaded by then stay in the view.'),
  });
  if (!isConfirmed) return;
  const failed = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t('Loading conversations'), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const loadList = async (key: ListKey, index: number): Promise<void> => {
        const later = countNotLoaded(app.model, keys.slice(index + 1)).atLeast;
        let shown = 0;
        await store.loadAll(key, abort.signal, ({ loaded, total }) => {
          const increment = total === undefined ? undefined : (100 * (loaded - shown)) / total / keys.length;
          shown = loaded;
          const left = total === undefined ? undefined : estimateListMinutes(Math.max(0, total - loaded) + later);
          progress.report({
            message: appendMinutesLeft(formatProgress(key, loaded, total), left),
            ...(increment !== undefined && { increment }),
          });
        });
      };
      for (const [index, key] of keys.entries()) {
        await loadList(key, index);
        const failure = findFailure(key);
        // An error such as a rejected key fails the next list too.
        if (failure !== undefined) return failure;
        if (abort.signal.aborted) return undefined;
      }
      if (given !== undefined || app.model.unreadOfOtherTypes === 0) return undefined;
      // Only this list has conversations of undocumented types. Its total may be wrong.
      const isUnopened = (app.model.list(everyType)?.state.kind ?? 'unopened') === 'unopened';
      await (isUnopened ? store.open(everyType) : store.refresh([everyType]));
      if (app.model.unreadOfOtherTypes !== 0 && findFailure(everyType) === undefined)
        await loadList(everyType, keys.length);
      return findFailure(everyType);
    },
  );
  const loaded = app.model.countLoadedIn(given === undefined ? [everyType] : keys);
  if (failed !== undefined) return offerToContinue(failed, loaded, () => loadAll(app, argument));
  // False if canceled, or if the filter or account changed. Canceling during the last page stops nothing.
  const isWhole =
    keys.every((key) => app.model.list(key)?.hasMore === false) &&
    (given !== undefined || app.model.unreadOfOtherTypes === 0);
  window.setStatusBarMessage(
    isWhole ? l10n.t('{0} conversations loaded.', loaded) : l10n.t('Canceled. {0} conversations loaded.', loaded),
    5000,
  );
}

/** Shows why loading stopped early. Continue comes first, before the error's own actions. */
async function offerToContinue({ key, state }: Failure, loaded: number, proceed: () => Promise<void>): Promise<void> {
  const { message, actions } = formatError(state.error, listActivity(key));
  const [continueLabel, ...others] = [
    l10n.t('Continue'),
    ...actions.filter((action) => action !== 'retry').map(formatAction),
  ];
  const text =
    loaded === 1
      ? l10n.t('Loading stopped early, with 1 conversation loaded. {0}', message)
      : l10n.t('Loading stopped early, with {0} conversations loaded. {1}', loaded, message);
  const chosen = await notify.error(text, continueLabel, ...others);
  if (chosen === continueLabel) return proceed();
  const action = actions.find((each) => formatAction(each) === chosen);
  if (action !== undefined && action !== 'retry') await vscodeCommands.executeCommand(commands[action]);
}

function formatProgress(key: ListKey, loaded: number, total: number | undefined): string {
  const count = formatLoaded(loaded, total);
  return key === everyType ? count : `${formatType(key)}: ${count}`;
}
