import type { Memory, SecretStore } from '../../../src/shell/session/keyVault';

/** A keyring that several windows share; it can fail, hang, and be made to answer late. */
export class FakeKeyring {
  readonly values = new Map<string, unknown>();
  mode: 'works' | 'fails' | 'hangs' = 'works';
  reads = 0;
  private readonly listeners = new Set<(change: { readonly key: string }) => void>();
  private readonly held: (() => void)[] = [];

  /** One window's view of it. */
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

  get watched(): boolean {
    return this.listeners.size > 0;
  }

  /** Tells of a change, as VS Code does: perhaps twice, perhaps where there was none. */
  tell(id: string): void {
    for (const listener of [...this.listeners]) listener({ key: id });
  }

  /** Everything that hung is answered after all. */
  unlock(): void {
    this.mode = 'works';
    for (const answer of this.held.splice(0)) answer();
  }

  private async answer<T>(act: () => T, changed?: string): Promise<T> {
    if (this.mode === 'fails') throw new Error('no keyring here');
    if (this.mode === 'hangs') await new Promise<void>((resolve) => this.held.push(resolve));
    const result = act();
    if (changed !== undefined) this.tell(changed);
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
    // As VS Code does: what is kept is JSON.
    if (value === undefined) this.values.delete(id);
    else this.values.set(id, JSON.parse(JSON.stringify(value)));
  }
}
