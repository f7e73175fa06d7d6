import type { Conversation } from '../../core/model/conversation';
import type { Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';

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
