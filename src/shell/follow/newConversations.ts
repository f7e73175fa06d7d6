import type * as vscode from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { type Disposable, Emitter } from '../../core/util/event';
import { setContext } from '../contextKeys';

const stateKey = 'aiployees.following';

/** Whether following is on: saved per workspace, initially off. */
export class FollowChoice implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private current: boolean;

  constructor(private readonly memory: vscode.Memento) {
    this.current = memory.get<unknown>(stateKey) === true;
    setContext({ following: this.current });
  }

  get isOn(): boolean {
    return this.current;
  }

  /** Takes effect immediately. Resolves when the choice is saved. */
  async set(on: boolean): Promise<void> {
    if (on === this.current) return;
    this.current = on;
    setContext({ following: on });
    this.changed.fire();
    await this.memory.update(stateKey, on ? true : undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Conversations that started while following, until they are marked as read. */
export class NewConversations implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly ids = new Set<string>();

  has(id: string): boolean {
    return this.ids.has(id);
  }

  get all(): readonly string[] {
    return [...this.ids];
  }

  add(rows: readonly Pick<Conversation, 'id'>[]): void {
    const before = this.ids.size;
    for (const { id } of rows) this.ids.add(id);
    if (this.ids.size !== before) this.changed.fire();
  }

  markAsRead(ids: Iterable<string>): void {
    let hasChanged = false;
    for (const id of ids) hasChanged = this.ids.delete(id) || hasChanged;
    if (hasChanged) this.changed.fire();
  }

  clear(): void {
    this.markAsRead(this.all);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
