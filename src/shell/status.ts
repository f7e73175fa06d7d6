import { DisposableStore, type Disposable } from '../core/util/event';
import { isAboutCalls } from '../core/view/filter';
import type { App } from './app';
import { setContext } from './contextKeys';
import type { Following } from './follow/follow';
import { formatFilter } from './format/filter';
import { createStatusItem } from './format/statusItem';
import { apiOf } from './session/state';
import { StatusBar } from './statusBar';
import { createAnnouncement } from './tree/view';
import { findListsWithMore, countNotLoaded } from './notLoaded';
import { formatNewConversations } from './format/counts';
import { findUnchecked } from './uncheckedCalls';

/** Updates everything that depends on the state: rows, the message above them, and the context keys of menus. */
export class Status implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly bar = this.owned.add(new StatusBar());
  private waiting: Disposable | undefined;

  constructor(
    private readonly app: Pick<
      App,
      | 'callSummaries'
      | 'config'
      | 'details'
      | 'provider'
      | 'rowTest'
      | 'sender'
      | 'session'
      | 'store'
      | 'view'
      | 'viewState'
    >,
    private readonly following: Following,
  ) {
    const { session, viewState, store, view, details, sender, config } = app;
    this.owned.add(session.onDidChange(() => this.sessionChanged()));
    this.owned.add(session.accounts.onDidChange(() => this.announce()));
    this.owned.add(viewState.onDidChange(() => this.updateForView()));
    this.owned.add(store.onDidChange(() => this.updateForRows()));
    this.owned.add(config.onDidChange((name) => name === 'timeZone' && this.updateForRows()));
    this.owned.add(following.onDidChange(() => this.updateForFollowing()));
    this.owned.add(view.onDidChangeVisibility(() => this.announce()));
    this.owned.add(view.onDidChangeSelection(() => this.updateTarget()));
    this.owned.add(details.onDidChangeActive(() => this.updateTarget()));
    this.owned.add(sender.tests.onDidChange(() => this.updateTarget()));
    this.owned.add({ dispose: () => this.waiting?.dispose() });
    this.announce();
  }

  dispose(): void {
    this.owned.dispose();
  }

  private sessionChanged(): void {
    const api = apiOf(this.app.session.state);
    this.waiting?.dispose();
    this.waiting = api?.onDidChangeRateLimitWait(() => this.announce());
    this.app.provider.updateAll();
    this.announce();
  }

  private updateForView(): void {
    this.app.provider.update();
    this.announce();
    this.updateMore();
    this.updateNew();
  }

  /** Must be called after transcripts were loaded. */
  updateForCalls(): void {
    this.app.provider.update();
    if (isAboutCalls(this.app.viewState.filter)) this.announce();
  }

  private updateForRows(): void {
    this.updateForCalls();
    this.updateMore();
    this.updateNew();
    this.updateTarget();
  }

  private updateForFollowing(): void {
    this.app.provider.update();
    this.announce();
    this.updateNew();
  }

  private announce(): void {
    const { session, viewState, view } = this.app;
    const wait = apiOf(session.state)?.rateLimitWait;
    const { state, accounts } = session;
    const { statusText: following } = this.following;
    const severalAccounts = accounts.list.length > 1;
    setContext({ waiting: wait !== undefined });
    const { filter } = viewState;
    const unchecked = isAboutCalls(filter) ? findUnchecked(this.app).length : 0;
    view.announce(createAnnouncement({ state, filter, unchecked, wait, severalAccounts, following }));
    const isConnected = state.kind === 'account' || state.kind === 'sample';
    const item = createStatusItem({
      wait,
      following,
      filter: formatFilter(filter),
      account: severalAccounts && state.kind === 'account' ? state.account.name : undefined,
      isViewVisible: view.visible,
    });
    this.bar.show(isConnected ? item : undefined);
  }

  private updateNew(): void {
    const { newCount } = this.following;
    setContext({ hasNew: newCount > 0 });
    this.app.view.setBadge(newCount, formatNewConversations(newCount));
  }

  private updateMore(): void {
    const { model } = this.app.provider;
    setContext({ hasMore: findListsWithMore(model).length > 0, allLoaded: !countNotLoaded(model).any });
  }

  private updateTarget(): void {
    const { view, details, sender, store } = this.app;
    const { selection } = view;
    const { active } = details;
    const selected = selection.filter((node) => node.kind === 'conversation');
    // A conversation can have several rows.
    const conversations = new Set(selected.map(({ conversationId }) => conversationId));
    const targets = [
      ...(active === undefined ? [] : [active]),
      ...[...conversations].map((id) => ({ id, conversation: store.find(id) })),
    ];
    setContext({
      hasTarget: selected.length > 0 || active !== undefined,
      hasTestTarget: targets.some((target) => sender.isWritable(target)),
      twoSelected: selection.length === selected.length && conversations.size === 2,
    });
  }
}
