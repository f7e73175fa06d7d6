import type * as vscode from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { type Disposable, Emitter } from '../../core/util/event';
import { setContext } from '../contextKeys';

const id = 'aiployees.following';

/** Whether the reader wants to follow new conversations: off at first, and kept for the workspace. */
export class FollowChoice implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private on: boolean;

  constructor(private readonly memory: vscode.Memento) {
    this.on = memory.get<unknown>(id) === true;
    setContext({ following: this.on });
  }

  get isOn(): boolean {
    return this.on;
  }

  /** Takes effect at once; the promise is for its being kept. */
  async set(on: boolean): Promise<void> {
    if (on === this.on) return;
    this.on = on;
    setContext({ following: on });
    this.changed.fire();
    await this.memory.update(id, on ? true : undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

/** Conversations that began while they were followed, until somebody has looked at them. */
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

  arrived(rows: readonly Pick<Conversation, 'id'>[]): void {
    const before = this.ids.size;
    for (const { id } of rows) this.ids.add(id);
    if (this.ids.size !== before) this.changed.fire();
  }

  seen(ids: Iterable<string>): void {
    let known = false;
    for (const id of ids) known = this.ids.delete(id) || known;
    if (known) this.changed.fire();
  }

  clear(): void {
    this.seen(this.all);
  }

  dispose(): void {
    this.changed.dispose();
  }
}
