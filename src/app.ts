import type { ExtensionContext, TreeView, UriHandler } from 'vscode';
import type { ConversationsApi } from './core/api/api';
import type { Conversation } from './core/model/conversation';
import { TestConversations } from './core/running/testConversations';
import { ConversationStore } from './core/store/store';
import { DisposableStore, type Disposable } from './core/util/event';
import { memoizeAsync } from './core/util/memoize';
import { systemClock } from './core/util/abort';
import { Throttle } from './core/util/throttle';
import { CallSummaries } from './core/view/callSummary';
import { createRowFilter, toServerQuery } from './core/view/filter';
import type { TreeNode } from './core/view/treeNodes';
import type { CommandId, InternalCommandId } from './manifest';
import type { App } from './shell/app';
import { CompareChoice } from './shell/compareChoice';
import { Config } from './shell/config';
import { Details } from './shell/details/details';
import { FollowChoice, NewConversations } from './shell/follow/newConversations';
import { Following } from './shell/follow/follow';
import { Log } from './shell/log';
import { createLabels } from './shell/labels/workspaceFile';
import { clearAssistantOnAccountChange } from './shell/otherAccount';
import { RecentConversations } from './shell/recent';
import { TestSender } from './shell/running/sender';
import { mirrorSavedFilters } from './shell/savedFilters';
import { createSession } from './shell/session/createSession';
import { apiOf } from './shell/session/state';
import { Status } from './shell/status';
import { LastTouched, findTargets, type ConversationTarget } from './shell/targets';
import { CallBadges } from './shell/tree/callBadges';
import { createFutureHint } from './shell/tree/futureHint';
import { OpenSuppressor } from './shell/tree/rowClick';
import { ConversationTreeProvider } from './shell/tree/provider';
import { ConversationTreeView } from './shell/tree/view';
import { UsageFeature } from './shell/usage/usage';
import { ViewState } from './shell/viewState';
import { TranscriptLoader } from './core/store/transcripts';
import { roundTrip } from './shell/roundTrip';
import { LinkHandler } from './shell/openLink';
import { reportError } from './shell/notify';
import { refreshSent } from './shell/running/refreshSent';
import { findHandler } from './shell/commands';

export interface RunningApp extends App, Disposable {
  readonly links: UriHandler;
  /** Resolves to the handler of a command. */
  handlerOf(id: CommandId | InternalCommandId): Promise<(...args: never[]) => unknown>;
}

/** While transcripts are searched or checked, each update compares all rows. */
const rowUpdateIntervalMs = 500;

/**
 /**
  * Creates the parts and connects them. Sends no request and reads no key until the user opens a view or runs a
  * command.
  * @param treeView the view of the conversations
  */
export function createApp(context: ExtensionContext, treeView: TreeView<TreeNode>): RunningApp {
  const owned = new DisposableStore();

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
      queryOf: (key) => toServerQuery(viewState.filter, key, clock()),
      onUnexpectedError: (error) => log.error('lists', error),
    }),
  );
  const api = async () => apiOf(await session.ready());
  const find = (id: string): Conversation | undefined => store.find(id);
  const origin = (): string | undefined => apiOf(session.state)?.origin;
  const labels = owned.add(createLabels(origin, (error) => log.error('labels', error)));
  owned.add(mirrorSavedFilters());

  const transcripts = owned.add(new TranscriptLoader((id) => store.find(id)?.updatedAt));
  const callSummaries = owned.add(new CallSummaries());
  const filterContext = () => ({
    ...clock(),
    annotationOf: labels.ofRow,
    callsOf: (id: string) => callSummaries.of(id),
  });
  const rowTest = (filter = viewState.filter) => createRowFilter(filter, filterContext()) ?? (() => true);
  owned.add(
    transcripts.onDidLoad(({ api: loadedBy, key, transcript }) => {
      // After the panel has got a long transcript. A request may end after a change of account.
      setImmediate(() => loadedBy === apiOf(session.state) && callSummaries.note(key, transcript));
    }),
  );
  const badges = owned.add(new CallBadges(callSummaries, origin));

  const provider = owned.add(
    new ConversationTreeProvider({
      ready: async () => (await Promise.all([api(), labels.ready]))[0] !== undefined,
      annotationOf: labels.ofRow,
      snapshot: () => store.snapshot,
      find,
      // The server's dates cover more than the filter's days, so the first page may have no match.
      open: (key) => store.open(key, viewState.filter.dates && rowTest()),
      filter: () => viewState.filter,
      grouping: () => viewState.grouping,
      sorting: () => viewState.sorting,
      zone,
      isNew: (id) => fresh.has(id),
      callsOf: (id) => callSummaries.of(id),
      badgeUri: (id) => badges.createUri(id),
    }),
  );
  const view = owned.add(new ConversationTreeView(treeView, provider));
  const updateRows = owned.add(new Throttle(systemClock, rowUpdateIntervalMs, () => status.updateForCalls()));
  owned.add(callSummaries.onDidChange(() => updateRows.request()));

  const tests = owned.add(new TestConversations());
  const sender = new TestSender(tests, () => apiOf(session.state));
  owned.add(
    sender.onDidSend((id) => {
      refreshSent(store, sender.api, id).catch((error: unknown) => log.error('lists', error));
    }),
  );
  let loadedApi: ConversationsApi | undefined;
  owned.add(
    session.onDidChange((state) => {
      if (apiOf(state) === loadedApi) return;
      loadedApi = apiOf(state);
      transcripts.cache.clear();
      callSummaries.clear();
    }),
  );
  const details = owned.add(new Details({ context, log, config, session, store, sender, labels, transcripts }));
  const recent = new RecentConversations(context.workspaceState);
  owned.add(
    details.onDidChangeActive((active) => {
      if (active?.origin !== undefined) recent.add({ origin: active.origin, id: active.id });
    }),
  );
  const documents = memoizeAsync(async () => {
    const { ConversationDocuments } = await import('./shell/documents');
    return owned.add(
      new ConversationDocuments({
        transcripts,
        api: () => apiOf(session.state),
        ready: () => session.ready(),
        zone,
        report: (error) => reportError(error, { kind: 'readingTranscript' }),
      }),
    );
  });
  const comparisons = memoizeAsync(async () => {
    const { Comparisons } = await import('./shell/documents');
    return owned.add(new Comparisons({ open: (id, origin) => details.show(id, { preserveFocus: false, origin }) }));
  });
  const compareChoice = owned.add(new CompareChoice(session, find));
  const targets = (args: readonly unknown[]): readonly ConversationTarget[] =>
    findTargets(args, {
      selection: () => view.selection,
      find,
      origin,
      activePanel: () => (touched.isPanel ? details.active : undefined),
    });
  const touched = new LastTouched();
  owned.add(details.onDidChangeActive((active) => touched.noteActivePanel(active?.id)));
  owned.add(view.onDidChangeSelection(() => touched.noteSelection(view.selection, details.active?.id)));

  owned.add(session.onDidChange((state) => store.connect(apiOf(state))));
  owned.add(clearAssistantOnAccountChange(session, viewState));
  owned.add(labels.onDidChange(() => provider.update()));
  owned.add(viewState.onDidChange(() => store.requery()));
  // The server's dates depend on the time zone.
  owned.add(config.onDidChange((name) => name === 'timeZone' && store.requery()));
  const following = owned.add(
    new Following({ config, details, followChoice, fresh, rowTest, session, store, view, viewState }),
  );
  // After the listeners of the store: the view shows their results.
  const status: Status = owned.add(
    new Status(
      { callSummaries, config, details, provider, rowTest, sender, session, store, view, viewState },
      following,
    ),
  );

  const showFutureHint = createFutureHint({ memory: context.globalState, snapshot: () => store.snapshot, zone });
  owned.add(store.onDidChange(() => void showFutureHint()));

  // Parts are disposed in reverse order: requests fail when the session ends, and must not prompt the user then.
  const ended = new AbortController();
  owned.add({ dispose: () => ended.abort() });

  const app: RunningApp = {
    ...{
      context,
      log,
      config,
      session,
      viewState,
      store,
      provider,
      view,
      details,
      recent,
      labels,
      sender,
      transcripts,
    },
    ...{
      callSummaries,
      compareChoice,
      followChoice,
      fresh,
      api,
      clock,
      filterContext,
      rowTest,
      targets,
      comparisons,
      documents,
    },
    usage: owned.add(new UsageFeature()),
    links: new LinkHandler({ session, details }),
    openSuppressor: new OpenSuppressor(roundTrip),
    ended: ended.signal,
    get model() {
      return provider.model;
    },
    search: memoizeAsync(async () => owned.add(new (await import('./shell/search/search')).Search(app))),
    testFileEditor: memoizeAsync(async () => owned.add(new (await import('./shell/testing')).TestFileEditor(app))),
    conversationTests: memoizeAsync(async () =>
      owned.add(new (await import('./shell/testing')).ConversationTests(app)),
    ),
    handlerOf: (id) => findHandler(app, id),
    dispose: () => owned.dispose(),
  };
  return app;
}
