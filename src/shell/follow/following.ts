import { knownConversationTypes } from '../../core/model/conversation';
import { everyType, type ListKey } from '../../core/store/snapshot';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { ViewState } from '../viewState';
import { Follow, type FollowParts } from './follow';

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
export function followedList({ grouping, filter }: Pick<ViewState, 'grouping' | 'filter'>): ListKey {
  return grouping === 'type' ? (filter.type ?? knownConversationTypes[0]) : everyType;
}
