import type { Memory, SecretStore } from '../../../src/shell/session/keyVault';

/** A keyring shared by several windows. It can fail, hang, and answer late. */
export class FakeKeyring {
  readonly values = new Map<string, unknown>();
  mode: 'works' | 'fails' | 'hangs' = 'works';
  reads = 0;
  private readonly listeners = new Set<(change: { readonly key: string }) => void>();
  private readonly held: (() => void)[] = [];

  /** Returns one window's view of it. */
  window(): SecretStore {
    return {
      get: (id) => {
        this.reads++;
        return this.answer(() => this.values.get(id));
      },
      store: (id, value) => this.answer(() => void this.values.set(id, value), id),
      delete: (id) => this.answer(() => void this.values.delete(id), id),
      onDidChange: (listener) => {
        this.listeners.add(listener);
        return { dispose: () => void this.listeners.delete(listener) };
      },
    };
  }

  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** Emits a change event. VS Code may emit it twice, or without a change. */
  emit(id: string): void {
    for (const listener of [...this.listeners]) listener({ key: id });
  }

  /** Answers all pending requests. */
  answerPending(): void {
    this.mode = 'works';
    for (const answer of this.held.splice(0)) answer();
  }

  private async answer<T>(compute: () => T, changedId?: string): Promise<T> {
    if (this.mode === 'fails') throw new Error('no keyring here');
    if (this.mode === 'hangs') await new Promise<void>((resolve) => this.held.push(resolve));
    const result = compute();
    if (changedId !== undefined) this.emit(changedId);
    return result;
  }
}

export class FakeMemory implements Memory {
  readonly values = new Map<string, unknown>();
  fails = false;

  get(id: string): unknown {
    return this.values.get(id);
  }

  async update(id: string, value: unknown): Promise<void> {
    if (this.fails) throw new Error('no disk');
    // VS Code stores values as JSON.
    if (value === undefined) this.values.delete(id);
    else this.values.set(id, JSON.parse(JSON.stringify(value)));
  }
}
