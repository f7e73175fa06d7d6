import type { Disposable } from '../../core/util/disposable';

/** What the key vault needs of VS Code's `SecretStorage`. */
export interface SecretStore {
  get(id: string): PromiseLike<unknown>;
  store(id: string, value: string): PromiseLike<void>;
  delete(id: string): PromiseLike<void>;
  /** Other windows' changes too; can come twice, or not at all. */
  readonly onDidChange: (listener: (change: { readonly key: string }) => void) => Disposable;
}

/** What the accounts need of VS Code's `Memento`. */
export interface Memory {
  get(id: string): unknown;
  /** `undefined` forgets. */
  update(id: string, value: unknown): PromiseLike<void>;
}
