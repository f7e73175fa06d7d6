import * as vscode from 'vscode';
import type { Conversation } from './core/model/conversation';
import { TestConversations } from './core/running/testConversations';
import { everyType } from './core/store/snapshot';
import { ConversationStore } from './core/store/store';
import { DisposableStore } from './core/util/disposable';
import { once } from './core/util/once';
import { rowFilter, serverQuery } from './core/view/filter';
import { commands } from './manifest';
import { accountCommands } from './shell/commands/account';
import { compareCommands } from './shell/commands/compare';
import { copyCommands } from './shell/commands/copy';
import { exportCommands } from './shell/commands/exporting';
import { filterCommands } from './shell/commands/filter';
import { findCommands } from './shell/commands/find';
import { groupCommands } from './shell/commands/groupBy';
import { loadingCommands, searchLoading, type LoadingDependencies } from './shell/commands/loading';
import { bringsTo } from './shell/commands/loading/loadMore';
import { panelCommands } from './shell/commands/panelCommands';
import { followCommands } from './shell/commands/follow';
import { loadedLater, registerCommands } from './shell/commands/register';
import { runningCommands } from './shell/commands/running';
import { clickCommands, rowCommands, type RowDependencies } from './shell/commands/rowCommands';
import { CompareChoice } from './shell/compareChoice';
import { searchCommands } from './shell/commands/searchTranscripts';
import { Config } from './shell/config';
import { Details, notePlace } from './shell/details/details';
import { registerDocuments } from './shell/documents/register';
import { FollowChoice } from './shell/follow/choice';
import { Following } from './shell/follow/following';
import { NewConversations } from './shell/follow/newConversations';
import { Log } from './shell/log';
import { labelCommands } from './shell/commands/label';
import { savedFilterCommands } from './shell/commands/savedFilter';
import { FolderLabels } from './shell/labels/folderLabels';
import { forgetAssistantOfOtherAccount } from './shell/otherAccount';
import { TestSender } from './shell/running/sender';
import { hasSavedFilters, mirrorSavedFilters } from './shell/savedFilters/written';
import { createSession } from './shell/session/createSession';
import { serverNames } from './shell/session/serverNames';
import { apiOf } from './shell/session/state';
import { Status } from './shell/status';
import { LastTouched, targetsOf, type ConversationTarget } from './shell/targets';
import { createFutureHint } from './shell/tree/futureHint';
import { OpeningHold } from './shell/tree/opening';
import { ConversationTreeProvider } from './shell/tree/provider';
import { ConversationTreeView } from './shell/tree/view';
import { ViewState } from './shell/viewState';

/** Builds the parts and joins them. No server is asked and no key is read before something is looked at. */
export function activate(context: vscode.ExtensionContext): void {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);

  const log = owned.add(new Log());
  const config = owned.add(new Config());
  const viewState = owned.add(new ViewState(context));
  const followChoice = owned.add(new FollowChoice(context.workspaceState));
  const fresh = owned.add(new NewConversations());
  const { session } = owned.add(createSession(context, config, log, { sampleGrows: () => followChoice.isOn }));

  const zone = () => config.timeZone;
  const clock = (): { now: number; zone: string } => ({ now: Date.now(), zone: zone() });
  const store = owned.add(
    new ConversationStore({
      pageSize: () => config.pageSize,
      queryOf: (key) => serverQuery(viewState.filter, key, clock()),
      defect: (error) => log.problem('lists', error),
    }),
  );
  const api = async () => apiOf(await session.ready());
  const snapshot = () => store.snapshot;
  const find = (id: string): Conversation | undefined => store.find(id);
  const origin = (): string | undefined => apiOf(session.state)?.origin;
  const labels = owned.add(new FolderLabels(origin, (error) => log.problem('labels', error)));
  owned.add(mirrorSavedFilters());
  const passes = () => rowFilter(viewState.filter, { ...clock(), annotationOf: labels.ofRow }) ?? (() => true);

  const provider = owned.add(
    new ConversationTreeProvider({
      ready: async () => (await Promise.all([api(), labels.ready]))[0] !== undefined,
      annotationOf: labels.ofRow,
      snapshot,
      find,
      open: (key) => store.open(key),
      filter: () => viewState.filter,
      grouping: () => viewState.grouping,
      zone,
      isNew: (id) => fresh.has(id),
    }),
  );
  const view = owned.add(new ConversationTreeView(provider));
  const model = () => provider.model;
  const selection = () => view.selection;

  const tests = owned.add(new TestConversations());
  const sender = new TestSender(tests, () => apiOf(session.state));
  const transcripts = once(async () => new (await import('./core/store/transcripts')).TranscriptLoader());
  const details = owned.add(
    new Details({
      extensionUri: context.extensionUri,
      transcripts,
      api: () => apiOf(session.state),
      ready: () => session.ready(),
      onDidChangeApi: session.onDidChange,
      find,
      onDidChangeConversations: store.onDidChange,
      sender,
      timeZone: zone,
      onDidChangeTimeZone: (listener) => config.onDidChange((name) => void (name === 'timeZone' && listener(name))),
      accountName: () => (session.state.kind === 'account' ? session.state.account.name : undefined),
      labels,
      problem: log.problem,
      now: () => Date.now(),
    }),
  );
  const originOf = (id: string): string | undefined => (details.active?.id === id ? details.active.origin : origin());
  const documents = once(async () => {
    const { ConversationDocuments } = await import('./shell/documents/conversationDocuments');
    return owned.add(
      new ConversationDocuments({
        transcripts: await transcripts(),
        api: () => apiOf(session.state),
        ready: () => session.ready(),
        find,
        zone,
        report: (error) => void import('./shell/report').then(({ reportError }) => reportError(error, { kind: 'readingTranscript' })),
      }),
    );
  });
  const comparisons = once(async () => {
    const { Comparisons } = await import('./shell/documents/comparisons');
    return owned.add(new Comparisons({ open: (id, origin) => details.show(id, { preserveFocus: false, origin }) }));
  });
  owned.add(registerDocuments({ comparisons, documents }));
  const choice = owned.add(new CompareChoice(session, find));
  const targets = (args: readonly unknown[]): readonly ConversationTarget[] =>
    targetsOf(args, { selection, find, activePanel: () => (touched.isPanel ? details.active?.id : undefined) });
  const touched = new LastTouched();
  owned.add(details.onDidChangeActive((active) => touched.panelBecame(active?.id)));
  owned.add(view.onDidChangeSelection(() => touched.selectionBecame(view.selection, details.active?.id)));

  owned.add(session.onDidChange((state) => store.connect(apiOf(state))));
  owned.add(forgetAssistantOfOtherAccount(session, viewState));
  owned.add(labels.onDidChange(() => provider.update()));
  owned.add(viewState.onDidChange(() => store.requery()));
  // The days of a filter are other days of the server's then.
  owned.add(config.onDidChange((name) => name === 'timeZone' && store.requery()));
  const follow = owned.add(
    new Following({ choice: followChoice, fresh, config, session, store, viewState, view, details, passes }, (error) =>
      log.problem('follow', error),
    ),
  );
  // After the store heard: what is shown follows from it.
  owned.add(new Status({ session, viewState, store, provider, view, details, sender, config, follow }));

  const searchable = (): Conversation[] => {
    const lets = passes();
    return provider.model.newest.flatMap(({ row }) => (lets(row) ? [row] : []));
  };

  const hintAtFuture = createFutureHint({ memory: context.globalState, snapshot, zone });
  owned.add(store.onDidChange(() => void hintAtFuture()));

  const loading: LoadingDependencies = { store, model, selection, passes, api, selectLast: (parent) => view.selectLast(parent) };
  const reveal = (id: string): Promise<boolean> => view.reveal(id);
  const show = async (id: string): Promise<void> => {
    details.show(id, { preserveFocus: false });
    await reveal(id);
  };

  const links = once(async () => {
    const { LinkHandler } = await import('./shell/openLink');
    return new LinkHandler({
      ready: () => session.ready(),
      namesOf: (origin) => serverNames(origin, session.accounts),
      show: (id, origin) => details.show(id, { preserveFocus: false, origin }),
    });
  });
  owned.add(vscode.window.registerUriHandler({ handleUri: async (uri) => (await links()).handleUri(uri) }));

  const row: RowDependencies = {
    model,
    selection,
    hold: new OpeningHold(),
    open: (id, options) => details.show(id, options),
    showRest: (group) => provider.showMore(group),
    retry: (list) => store.retry(list, bringsTo(list, { passes })),
  };

  owned.add(registerCommands(accountCommands(session)));
  owned.add(
    registerCommands(
      {
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
          originOf,
          editNote: (id) => {
            const of = originOf(id);
            details.show(id, { preserveFocus: false, place: notePlace, ...(of !== undefined && { origin: of }) });
          },
        }),
        ...copyCommands({
          targets,
          api,
          zone,
          baseUrl: () => (session.state.kind === 'sample' ? undefined : session.account.baseUrl),
          originOf: (id) => originOf(id) ?? origin(),
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
          refreshTests: async () => void (await store.refresh(model().lists.filter((key) => key === 'test' || key === everyType))),
          open: (id, compose) => details.show(id, { preserveFocus: false, compose }),
          readAgain: (id) => details.readAgain(id),
          comparisons,
        }),
        ...panelCommands({ targets, details, openAs: async (ids, format) => (await documents()).open(ids, format), reveal, model, show }),
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
          const { createSearch } = await import('./parts/search');
          const { loadMore } = searchLoading(loading);
          const parts = { session, store, model, zone, api, rows: searchable, loadMore };
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
        }),
        ...loadedLater([commands.showUsage], async () => {
          const { createUsage } = await import('./parts/usage');
          const parts = { context, session, store, viewState, model, passes, api, config, labels, zone, problem: log.problem };
          return owned.add(createUsage({ ...parts, loadAll: searchLoading(loading).loadAll })).handlers;
        }),
        [commands.openSettings]: () =>
          vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
        [commands.showLog]: () => log.show(),
      },
      // What is selected is known then.
      () => provider.telling.caughtUp,
    ),
  );
}
