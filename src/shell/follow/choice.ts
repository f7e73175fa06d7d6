import type * as vscode from 'vscode';
import type { Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
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
