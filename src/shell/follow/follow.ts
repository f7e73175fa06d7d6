import * as vscode from 'vscode';
import { type Conversation, knownConversationTypes } from '../../core/model/conversation';
import type { FollowSituation } from '../../core/store/followSchedule';
import { type ListKey, type PollOutcome, everyType } from '../../core/store/snapshot';
import type { ConversationStore } from '../../core/store/store';
import { systemClock } from '../../core/util/abort';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import type { SettingName } from '../../manifest';
import type { Config } from '../config';
import type { Details } from '../details/details';
import type { Session } from '../session/session';
import { apiOf } from '../session/state';
import type { ConversationTreeView } from '../tree/view';
import type { ViewState } from '../viewState';
import { followingWords } from '../format/follow';
import type { FollowChoice, NewConversations } from './newConversations';
import { Follower, type LookFailure } from './follower';

export interface FollowParts {
  readonly choice: FollowChoice;
  readonly config: Config;
  readonly session: Session;
  readonly store: ConversationStore;
  readonly viewState: ViewState;
  readonly view: ConversationTreeView;
  readonly details: Details;
  readonly fresh: NewConversations;
  /** Whether the filter shows a conversation, as it is now. */
  readonly passes: () => (row: Conversation) => boolean;
}

/** Follows new conversations as long as the reader wants it and looks: joins the schedule with what it depends on. */
export class Follow implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  /** Fires when `words` are others. */
  readonly onDidChange = this.changed.event;

  private readonly follower: Follower;
  private waiting: Disposable | undefined;
  /** Epoch milliseconds. */
  private unfocusedSince = vscode.window.state.focused ? undefined : Date.now();

  constructor(private readonly parts: FollowParts) {
    const { choice, config, details, session, store, view } = parts;
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
    owned.add(choice.onDidChange(() => this.choiceChanged()));
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

  /** What is followed, or what keeps from it. */
  get words(): string {
    const { choice, viewState } = this.parts;
    return followingWords({ isOn: choice.isOn, list: followedList(viewState), state: this.follower.state });
  }

  dispose(): void {
    this.owned.dispose();
  }

  private get isListFollowed(): boolean {
    return this.parts.view.visible || this.parts.config.followWhileHidden;
  }

  private situation(): FollowSituation {
    const { choice, config, details, session } = this.parts;
    const api = apiOf(session.state);
    return {
      isOn: choice.isOn,
      isConnected: api !== undefined,
      requests: (this.isListFollowed ? 1 : 0) + details.polled,
      intervalMs: config.followIntervalMs,
      unfocusedSince: this.unfocusedSince,
      waitUntil: api?.rateLimitWait?.until,
    };
  }

  private look(signal: AbortSignal): Promise<LookFailure | undefined> {
    const { details, store } = this.parts;
    // A range of days that moves with the clock may mean other days by now.
    store.requery();
    return look(
      {
        list: this.isListFollowed ? followedList(this.parts.viewState) : undefined,
        pollList: (key, aborted) => store.poll(key, aborted),
        pollTranscripts: (aborted) => details.poll(aborted),
      },
      signal,
    );
  }

  private choiceChanged(): void {
    const { choice, fresh } = this.parts;
    if (!choice.isOn) fresh.clear();
    this.follower.wake();
  }

  private sessionChanged(): void {
    const { fresh, session } = this.parts;
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
    const { details, fresh } = this.parts;
    fresh.seen(details.visible);
    this.sightChanged(isOld);
  }

  private selectionChanged(): void {
    const { fresh, view } = this.parts;
    fresh.seen(view.selection.flatMap((node) => (node.kind === 'conversation' ? [node.conversationId] : [])));
  }

  private focusChanged(focused: boolean): void {
    if (focused === (this.unfocusedSince === undefined)) return;
    this.unfocusedSince = focused ? undefined : Date.now();
    this.sightChanged(focused);
  }

  private arrived(rows: readonly Conversation[]): void {
    const { choice, details, fresh } = this.parts;
    const looked = new Set(details.visible);
    if (choice.isOn) fresh.arrived(rows.filter(({ id }) => !looked.has(id)));
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

/** Following, for who shows it. It starts when the user first wants it. */
export class Following implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<void>());
  /** Fires when anything here is another. */
  readonly onDidChange = this.changed.event;

  private follow: Follow | undefined;
  constructor(private readonly parts: FollowParts) {
    this.owned.add(parts.choice.onDidChange(() => this.choiceChanged()));
    this.owned.add(parts.fresh.onDidChange(() => this.changed.fire()));
    if (this.isOn) this.choiceChanged();
  }

  get isOn(): boolean {
    return this.parts.choice.isOn;
  }

  /** What is followed, or what keeps from it; empty where nothing is. */
  get words(): string {
    return this.follow?.words ?? '';
  }

  /** How many of the new conversations the filter shows. */
  get newCount(): number {
    const { fresh, passes, store } = this.parts;
    if (fresh.all.length === 0) return 0;
    const lets = passes();
    return fresh.all.map((id) => store.find(id)).filter((row) => row !== undefined && lets(row)).length;
  }

  dispose(): void {
    this.owned.dispose();
  }

  private choiceChanged(): void {
    if (this.isOn) this.start();
    this.changed.fire();
  }

  private start(): void {
    if (this.follow !== undefined) return;
    this.follow = this.owned.add(new Follow(this.parts));
    this.owned.add(this.follow.onDidChange(() => this.changed.fire()));
  }
}

/** What the tree shows first, or the one type that the filter asks for. */
function followedList({ grouping, filter }: Pick<ViewState, 'grouping' | 'filter'>): ListKey {
  return grouping === 'type' ? (filter.type ?? knownConversationTypes[0]) : everyType;
}
