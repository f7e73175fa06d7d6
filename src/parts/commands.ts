import * as vscode from 'vscode';
import type { ConversationsApi } from '../core/api/api';
import type { Conversation } from '../core/model/conversation';
import { everyType } from '../core/store/snapshot';
import type { ConversationStore } from '../core/store/store';
import type { DisposableStore } from '../core/util/disposable';
import { serverQuery, type RowTest } from '../core/view/filter';
import { commands, views, type CommandId, type InternalCommandId } from '../manifest';
import { accountCommands } from '../shell/commands/account';
import { compareCommands } from '../shell/commands/compare';
import { copyCommands } from '../shell/commands/copy';
import { exportCommands } from '../shell/commands/exporting';
import { filterCommands } from '../shell/commands/filter';
import { findCommands } from '../shell/commands/find';
import { followCommands } from '../shell/commands/follow';
import { groupCommands } from '../shell/commands/groupBy';
import { loadedLater, type Handler, type Handlers } from '../shell/commands/handlers';
import { labelCommands } from '../shell/commands/label';
import { loadingCommands, retryList, searchLoading, type LoadingDependencies } from '../shell/commands/loading';
import { panelCommands } from '../shell/commands/panelCommands';
import { clickCommands, rowCommands, type RowDependencies } from '../shell/commands/rowCommands';
import { runningCommands } from '../shell/commands/running';
import { savedFilterCommands } from '../shell/commands/savedFilter';
import { searchCommands } from '../shell/commands/searchTranscripts';
import type { CompareChoice } from '../shell/compareChoice';
import type { Config } from '../shell/config';
import { notePlace, type Details } from '../shell/details/details';
import type { DocumentParts } from '../shell/documents/register';
import type { FollowChoice } from '../shell/follow/choice';
import type { NewConversations } from '../shell/follow/newConversations';
import type { FolderLabels } from '../shell/labels/folderLabels';
import type { Log } from '../shell/log';
import type { TestSender } from '../shell/running/sender';
import { hasSavedFilters } from '../shell/savedFilters/written';
import type { Session } from '../shell/session/session';
import type { ConversationTarget } from '../shell/targets';
import { OpeningHold } from '../shell/tree/opening';
import type { ConversationTreeProvider } from '../shell/tree/provider';
import type { ConversationTreeView } from '../shell/tree/view';
import type { ViewState } from '../shell/viewState';

/** What commands act on. */
export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  /** Takes what the commands make and leave behind. */
  readonly owned: DisposableStore;
  readonly log: Log;
  readonly config: Config;
  readonly session: Session;
  readonly viewState: ViewState;
  readonly store: ConversationStore;
  readonly provider: ConversationTreeProvider;
  readonly view: ConversationTreeView;
  readonly details: Details;
  readonly labels: FolderLabels;
  readonly sender: TestSender;
  readonly choice: CompareChoice;
  readonly followChoice: FollowChoice;
  readonly fresh: NewConversations;
  readonly zone: () => string;
  readonly clock: () => { readonly now: number; readonly zone: string };
  /** The current account's, once it is known; undefined without a key. */
  readonly api: () => Promise<ConversationsApi | undefined>;
  readonly passes: () => RowTest;
  readonly targets: (args: readonly unknown[]) => readonly ConversationTarget[];
  readonly comparisons: DocumentParts['comparisons'];
  readonly documents: DocumentParts['documents'];
}

/** The commands that change which rows the view shows, or how. The palette runs them also while the view is hidden. */
const changesView: ReadonlySet<string> = new Set([
  commands.refresh,
  commands.reload,
  commands.loadMore,
  commands.loadAll,
  commands.groupBy,
  commands.filter,
  commands.clearFilter,
  commands.applySavedFilter,
]);

/** What each command does. @returns brings a command's handler, once it may be run */
export function createCommands(parts: CommandParts): (id: CommandId | InternalCommandId) => Promise<Handler> {
  const { session, viewState, store, provider, view, details, labels, choice, zone, api, passes, targets } = parts;
  const { context, owned, log, config, sender, followChoice, fresh, clock, comparisons, documents } = parts;
  const model = () => provider.model;
  const selection = () => view.selection;
  const snapshot = () => store.snapshot;
  const find = (id: string): Conversation | undefined => store.find(id);
  const searchable = (): Conversation[] => {
    const lets = passes();
    return provider.model.newest.flatMap(({ row }) => (lets(row) ? [row] : []));
  };

  const loading: LoadingDependencies = {
    store,
    model,
    selection,
    passes,
    api,
    selectLast: (parent) => view.selectLast(parent),
  };
  const reveal = (id: string): Promise<boolean> => view.reveal(id);
  const testLists = () => model().lists.filter((key) => key === 'test' || key === everyType);
  const show = async (id: string): Promise<void> => {
    details.show(id, { preserveFocus: false });
    await reveal(id);
  };

  const row: RowDependencies = {
    model,
    selection,
    focusSelected: () => view.focusSelected(),
    hold: new OpeningHold(),
    open: (id, options) => details.show(id, options),
    showRest: (group) => provider.showMore(group),
    retry: retryList(loading),
  };

  // What is added last goes first: requests fail once the session is gone, and nobody is to be asked about that.
  const ended = new AbortController();
  owned.add({ dispose: () => ended.abort() });

  const aboutAccounts = accountCommands(session);
  const handlers: Handlers<CommandId | InternalCommandId> = {
    ...aboutAccounts,
    ...loadingCommands(loading),
    ...filterCommands({
      viewState,
      snapshot,
      onDidChangeSnapshot: store.onDidChange,
      hasLabels: () => labels.isAvailable,
      hasSaved: hasSavedFilters,
      api,
      now: Date.now,
    }),
    ...savedFilterCommands({ viewState, snapshot, api }),
    ...labelCommands({
      targets,
      labels,
      editNote: ({ id, origin }) => details.show(id, { preserveFocus: false, place: notePlace, origin }),
    }),
    ...copyCommands({
      targets,
      api,
      zone,
      baseUrl: () => (session.state.kind === 'sample' ? undefined : session.account.baseUrl),
    }),
    ...compareCommands({
      targets,
      api,
      choice,
      comparisons,
      show: async (left, right, origin) => (await comparisons()).show(left, right, origin),
    }),
    ...runningCommands({
      targets,
      api,
      sender,
      find,
      rows: () => snapshot().rows,
      refreshTests: async () => void (await store.refresh(testLists())),
      reveal: async (id) => {
        if (find(id) === undefined) await Promise.all(testLists().map((key) => store.open(key)));
        return reveal(id);
      },
      open: (id, compose) => details.show(id, { preserveFocus: false, compose }),
      readAgain: (id) => details.readAgain(id),
      comparisons,
    }),
    ...panelCommands({
      targets,
      details,
      openAs: async (conversations, format) => (await documents()).open(conversations, format),
      reveal,
      model,
      show,
    }),
    ...rowCommands(row),
    ...clickCommands({
      ...row,
      acted: () => provider.telling.acted(selection),
      isPast: (node, turn) => provider.isPast(node, turn),
    }),
    ...followCommands({ choice: followChoice, fresh, isShown: () => view.visible }),
    ...groupCommands({ viewState }),
    ...findCommands({
      ...searchLoading(loading),
      api,
      snapshot,
      newest: () => provider.model.newest,
      lists: () => provider.model.lists,
      onDidChangeSnapshot: store.onDidChange,
      open: show,
      now: Date.now,
      zone,
      noteOf: (row) => labels.ofRow(row)?.note,
    }),
    ...searchCommands(async () => {
      const { createSearch } = await import('./search');
      const { loadFirst, loadMore } = searchLoading(loading);
      const parts = { session, store, model, zone, labels, api, rows: searchable, loadFirst, loadMore };
      return owned.add(createSearch({ ...parts, open: (id, options) => details.show(id, options) })).handlers;
    }),
    ...exportCommands({
      api,
      targets,
      filter: () => viewState.filter,
      query: () => serverQuery(viewState.filter, everyType, clock()),
      passes,
      zone,
      now: Date.now,
      ended: ended.signal,
    }),
    ...loadedLater([commands.showUsage], async () => {
      const { createUsage } = await import('./usage');
      const parts = {
        context,
        session,
        store,
        viewState,
        model,
        passes,
        api,
        config,
        labels,
        zone,
        problem: log.problem,
      };
      return owned.add(createUsage({ ...parts, ...searchLoading(loading) })).handlers;
    }),
    [commands.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    [commands.showLog]: () => log.show(),
  };

  return async (id) => {
    // The user should see what the command changed.
    if (changesView.has(id) && !view.visible)
      await vscode.commands.executeCommand(`${views.conversations}.focus`, { preserveFocus: true });
    // What is selected is known then.
    if (!(id in aboutAccounts)) await provider.telling.caughtUp;
    const handler = handlers[id];
    return typeof handler === 'function' ? handler : handler.load();
  };
}
