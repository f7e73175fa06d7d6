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
import { followingWords } from '../format/follow';
import { Follower, type LookFailure } from './follower';

type FollowingApp = Pick<
  App,
  'config' | 'details' | 'followChoice' | 'fresh' | 'rowTest' | 'session' | 'store' | 'view' | 'viewState'
>;

/** Follows new conversations while the user wants it and can see them: connects the schedule with the app. */
export class Following implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  /** Fires when `words` or `newCount` may have changed. */
  readonly onDidChange = this.changed.event;

  private readonly follower: Follower;
  private waiting: Disposable | undefined;
  /** Epoch milliseconds. */
  private unfocusedSince = vscode.window.state.focused ? undefined : Date.now();

  constructor(private readonly app: FollowingApp) {
    const { config, details, followChoice, fresh, session, store, view } = app;
    const { owned } = this;
    this.follower = owned.add(
      new Follower({
        clock: systemClock,
        random: Math.random,
        situation: () => this.situation(),
        look: (signal) => this.look(signal),
      }),
    );
    owned.add(this.follower.onDidChange(() => this.changed.fire()));
    owned.add(followChoice.onDidChange(() => this.choiceChanged()));
    owned.add(fresh.onDidChange(() => this.changed.fire()));
    owned.add(config.onDidChange((name) => isAboutFollowing(name) && this.follower.reconsider()));
    owned.add(session.onDidChange(() => this.sessionChanged()));
    owned.add(view.onDidChangeVisibility((visible) => this.sightChanged(visible)));
    owned.add(view.onDidChangeSelection(() => this.selectionChanged()));
    owned.add(details.onDidChangeVisible((isOld) => this.panelsChanged(isOld)));
    owned.add(vscode.window.onDidChangeWindowState(({ focused }) => this.focusChanged(focused)));
    owned.add(store.onDidArrive((rows) => this.arrived(rows)));
    owned.add({ dispose: () => this.waiting?.dispose() });
    this.sessionChanged();
    this.follower.wake();
  }

  /** What is followed, or why following pauses; empty if it is off. */
  get words(): string {
    const { followChoice, viewState } = this.app;
    return followingWords({ isOn: followChoice.isOn, list: followedList(viewState), state: this.follower.state });
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

  private situation(): FollowSituation {
    const { config, details, followChoice, session } = this.app;
    const api = apiOf(session.state);
    return {
      isOn: followChoice.isOn,
      isConnected: api !== undefined,
      requests: (this.isListFollowed ? 1 : 0) + details.polled,
      intervalMs: config.followIntervalMs,
      unfocusedSince: this.unfocusedSince,
      waitUntil: api?.rateLimitWait?.until,
    };
  }

  private look(signal: AbortSignal): Promise<LookFailure | undefined> {
    const { details, store } = this.app;
    // A range of days that moves with the clock may mean other days by now.
    store.requery();
    return look(
      {
        list: this.isListFollowed ? followedList(this.app.viewState) : undefined,
        pollList: (key, aborted) => store.poll(key, aborted),
        pollTranscripts: (aborted) => details.poll(aborted),
      },
      signal,
    );
  }

  private choiceChanged(): void {
    const { followChoice, fresh } = this.app;
    if (!followChoice.isOn) fresh.clear();
    this.follower.wake();
    this.changed.fire();
  }

  private sessionChanged(): void {
    const { fresh, session } = this.app;
    fresh.clear();
    this.waiting?.dispose();
    this.waiting = apiOf(session.state)?.onDidChangeRateLimitWait(() => this.follower.reconsider());
    this.follower.restart();
  }

  /** @param isOld something came into sight that may have changed since it was read */
  private sightChanged(isOld: boolean): void {
    if (isOld) this.follower.wake();
    else this.follower.reconsider();
  }

  private panelsChanged(isOld: boolean): void {
    const { details, fresh } = this.app;
    fresh.seen(details.visible);
    this.sightChanged(isOld);
  }

  private selectionChanged(): void {
    const { fresh, view } = this.app;
    fresh.seen(view.selection.flatMap((node) => (node.kind === 'conversation' ? [node.conversationId] : [])));
  }

  private focusChanged(focused: boolean): void {
    if (focused === (this.unfocusedSince === undefined)) return;
    this.unfocusedSince = focused ? undefined : Date.now();
    this.sightChanged(focused);
  }

  private arrived(rows: readonly Conversation[]): void {
    const { details, followChoice, fresh } = this.app;
    const looked = new Set(details.visible);
    if (followChoice.isOn) fresh.arrived(rows.filter(({ id }) => !looked.has(id)));
  }
}

function isAboutFollowing(name: SettingName): boolean {
  return name === 'followInterval' || name === 'followWhileHidden';
}

export interface LookParts {
  /** The list that is followed; undefined where nobody sees what is in it. */
  readonly list: ListKey | undefined;
  readonly pollList: (key: ListKey, signal: AbortSignal) => Promise<PollOutcome>;
  /** Reads each transcript that is on the screen again. */
  readonly pollTranscripts: (signal: AbortSignal) => Promise<readonly PollOutcome[]>;
}

/** One look at what is followed: a request for the list, and one for each transcript on the screen. */
export async function look(
  { list, pollList, pollTranscripts }: LookParts,
  signal: AbortSignal,
): Promise<LookFailure | undefined> {
  const [ofList, ofTranscripts] = await Promise.all([
    list === undefined ? undefined : pollList(list, signal),
    pollTranscripts(signal),
  ]);
  if (ofList?.kind === 'failed') return { error: ofList.error, of: 'list' };
  const failed = ofTranscripts.find((outcome) => outcome.kind === 'failed');
  return failed && { error: failed.error, of: 'transcript' };
}

/** What the tree shows first, or the one type that the filter asks for. */
function followedList({ grouping, filter }: Pick<ViewState, 'grouping' | 'filter'>): ListKey {
  return grouping === 'type' ? (filter.type ?? knownConversationTypes[0]) : everyType;
}
