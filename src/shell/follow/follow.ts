import * as vscode from 'vscode';
import { type Conversation, knownConversationTypes } from '../../core/model/conversation';
import type { FollowSituation } from '../../core/store/followSchedule';
import { type ListKey, type PollOutcome, everyType } from '../../core/store/snapshot';
import { systemClock } from '../../core/util/abort';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import type { SettingName } from '../../manifest';
import type { App } from '../app';
import { apiOf } from '../session/state';
import type { ViewState } from '../viewState';
import { formatFollowing } from '../format/follow';
import { Follower, type PollFailure } from './follower';

type FollowingApp = Pick<
  App,
  'config' | 'details' | 'followChoice' | 'fresh' | 'rowTest' | 'session' | 'store' | 'view' | 'viewState'
>;

/** Follows new conversations while the user wants it and can see them: connects the schedule with the app. */
export class Following implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  /** Fires when `statusText` or `newCount` may have changed. */
  readonly onDidChange = this.changed.event;

  private readonly follower: Follower;
  private rateLimitListener: Disposable | undefined;
  /** Epoch milliseconds. */
  private unfocusedSince = vscode.window.state.focused ? undefined : Date.now();

  constructor(private readonly app: FollowingApp) {
    const { config, details, followChoice, fresh, session, store, view } = app;
    const { owned } = this;
    this.follower = owned.add(
      new Follower({
        clock: systemClock,
        random: Math.random,
        getSituation: () => this.getSituation(),
        poll: (signal) => this.poll(signal),
      }),
    );
    owned.add(this.follower.onDidChange(() => this.changed.fire()));
    owned.add(followChoice.onDidChange(() => this.updateChoice()));
    owned.add(fresh.onDidChange(() => this.changed.fire()));
    owned.add(config.onDidChange((name) => isFollowSetting(name) && this.follower.reconsider()));
    owned.add(session.onDidChange(() => this.updateSession()));
    owned.add(view.onDidChangeVisibility((visible) => this.updateSight(visible)));
    owned.add(view.onDidChangeSelection(() => this.updateSelection()));
    owned.add(details.onDidChangeVisible((isOld) => this.updatePanels(isOld)));
    owned.add(vscode.window.onDidChangeWindowState(({ focused }) => this.updateFocus(focused)));
    owned.add(store.onDidArrive((rows) => this.noteArrivals(rows)));
    owned.add({ dispose: () => this.rateLimitListener?.dispose() });
    this.updateSession();
    this.follower.wake();
  }

  /** The followed list, or why following has paused; empty if following is off. */
  get statusText(): string {
    const { followChoice, viewState } = this.app;
    return formatFollowing({ isOn: followChoice.isOn, list: findFollowedList(viewState), state: this.follower.state });
  }

  /** The number of new conversations that match the filter. */
  get newCount(): number {
    const { fresh, rowTest, store } = this.app;
    if (fresh.all.length === 0) return 0;
    const matches = rowTest();
    return fresh.all.map((id) => store.find(id)).filter((row) => row !== undefined && matches(row)).length;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get isListFollowed(): boolean {
    return this.app.view.visible || this.app.config.followWhileHidden;
  }

  private getSituation(): FollowSituation {
    const { config, details, followChoice, session } = this.app;
    const api = apiOf(session.state);
    return {
      isOn: followChoice.isOn,
      isConnected: api !== undefined,
      requests: (this.isListFollowed ? 1 : 0) + details.pollRequestCount,
      intervalMs: config.followIntervalMs,
      unfocusedSince: this.unfocusedSince,
      waitUntil: api?.rateLimitWait?.until,
    };
  }

  private poll(signal: AbortSignal): Promise<PollFailure | undefined> {
    const { details, store } = this.app;
    // A relative range of days may mean other days by now.
    store.requery();
    return pollOnce(
      {
        list: this.isListFollowed ? findFollowedList(this.app.viewState) : undefined,
        pollList: (key, aborted) => store.poll(key, aborted),
        pollTranscripts: (aborted) => details.poll(aborted),
      },
      signal,
    );
  }

  private updateChoice(): void {
    const { followChoice, fresh } = this.app;
    if (!followChoice.isOn) fresh.clear();
    this.follower.wake();
    this.changed.fire();
  }

  private updateSession(): void {
    const { fresh, session } = this.app;
    fresh.clear();
    this.rateLimitListener?.dispose();
    this.rateLimitListener = apiOf(session.state)?.onDidChangeRateLimitWait(() => this.follower.reconsider());
    this.follower.restart();
  }

  /** @param isOld whether visible data was loaded earlier and may have changed */
  private updateSight(isOld: boolean): void {
    if (isOld) this.follower.wake();
    else this.follower.reconsider();
  }

  private updatePanels(isOld: boolean): void {
    const { details, fresh } = this.app;
    fresh.markAsRead(details.visible);
    this.updateSight(isOld);
  }

  private updateSelection(): void {
    const { fresh, view } = this.app;
    fresh.markAsRead(view.selection.flatMap((node) => (node.kind === 'conversation' ? [node.conversationId] : [])));
  }

  private updateFocus(focused: boolean): void {
    if (focused === (this.unfocusedSince === undefined)) return;
    this.unfocusedSince = focused ? undefined : Date.now();
    this.updateSight(focused);
  }

  private noteArrivals(rows: readonly Conversation[]): void {
    const { details, followChoice, fresh } = this.app;
    const visible = new Set(details.visible);
    if (followChoice.isOn) fresh.add(rows.filter(({ id }) => !visible.has(id)));
  }
}

function isFollowSetting(name: SettingName): boolean {
  return name === 'followInterval' || name === 'followWhileHidden';
}

export interface PollSources {
  /** Undefined if the list isn't visible. */
  readonly list: ListKey | undefined;
  readonly pollList: (key: ListKey, signal: AbortSignal) => Promise<PollOutcome>;
  readonly pollTranscripts: (signal: AbortSignal) => Promise<readonly PollOutcome[]>;
}

/** Requests the list and each visible transcript. */
export async function pollOnce(
  { list, pollList, pollTranscripts }: PollSources,
  signal: AbortSignal,
): Promise<PollFailure | undefined> {
  const [listOutcome, transcriptOutcomes] = await Promise.all([
    list === undefined ? undefined : pollList(list, signal),
    pollTranscripts(signal),
  ]);
  if (listOutcome?.kind === 'failed') return { error: listOutcome.error, of: 'list' };
  const failed = transcriptOutcomes.find((outcome) => outcome.kind === 'failed');
  return failed && { error: failed.error, of: 'transcript' };
}

/** Returns the tree's first list, or that of the filter's type. */
function findFollowedList({ grouping, filter }: Pick<ViewState, 'grouping' | 'filter'>): ListKey {
  return grouping === 'type' ? (filter.type ?? knownConversationTypes[0]) : everyType;
}
