import { cleanKey } from '../../core/api/connection';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { TimeoutError, withTimeout } from '../../core/util/timeout';
import { secretPrefix } from '../../manifest';
import type { Account } from './account';

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

/**
 * - `failed`: the keyring said no (`cause` has why)
 * - `hung`: it did not answer in time, as locked keyrings on Linux do
 * - `rubbish`: it gave something that can't be a key
 */
export type KeyringErrorKind = 'failed' | 'timeout' | 'invalid';
export type KeyringTask = 'read' | 'store' | 'remove';

/** The system's keyring, behind VS Code's SecretStorage, let us down. Never carries a key. */
export class KeyringError extends Error {
  override readonly name = 'KeyringError';

  constructor(
    readonly kind: KeyringErrorKind,
    readonly task: KeyringTask,
    cause?: unknown,
  ) {
    super(`keyring ${kind} to ${task}`, { cause });
  }
}

/** Whose key, and the only origin that it may be sent to. */
export interface KeyLocation {
  readonly origin: string;
  readonly accountId: string;
}

/** Where a key is: in the keyring, or in this session's memory alone. */
export interface StoredKey {
  readonly key: string;
  readonly where: 'keyring' | 'session';
}

/** The id of the account that `aiployees.baseUrl` describes. Its key needs no account in its id. */
export const firstAccountId = 'default';

export function secretId({ origin, accountId }: KeyLocation): string {
  return accountId === firstAccountId ? `${secretPrefix}${origin}` : `${secretPrefix}${origin}#${accountId}`;
}

/** Long enough for a keyring that asks the user to unlock it with a word, short enough not to look broken. */
const defaultTimeoutMs = 5000;

/** Keeps each account's API key in SecretStorage, under the origin that it belongs to. */
export class KeyVault implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<string>());
  private readonly sessionKeys = new Map<string, string>();
  /** Counts writes to an id, so that one that ends late knows whether it still matters. */
  private readonly writes = new Map<string, number>();

  /**
   * Tells the secret id that may hold something else than before; it may also hold the same: compare before acting.
   * Fired for other windows' changes, and for a keyring that answers after its time.
   */
  readonly onDidChange = this.changed.event;

  /** @param timeoutMs for each call of the keyring, in milliseconds */
  constructor(
    private readonly secrets: SecretStore,
    private readonly timeoutMs = defaultTimeoutMs,
  ) {
    this.owned.add(
      secrets.onDidChange(({ key }) => {
        if (key.startsWith(secretPrefix)) this.changed.fire(key);
      }),
    );
  }

  /**
   * The key, or undefined where none is kept. A key for this session goes before the keyring's.
   * @throws KeyringError
   */
  async read(place: KeyLocation): Promise<StoredKey | undefined> {
    const id = secretId(place);
    const sessionKey = this.sessionKeys.get(id);
    if (sessionKey !== undefined) return { key: sessionKey, where: 'session' };
    const value = await this.callKeyring(
      'read',
      () => this.secrets.get(id),
      (outcome) => {
        if (outcome.status === 'fulfilled') this.changed.fire(id);
      },
    );
    if (value === undefined) return undefined;
    const cleaned = typeof value === 'string' ? cleanKey(value) : undefined;
    if (cleaned?.ok !== true) throw new KeyringError('invalid', 'read');
    return { key: cleaned.key, where: 'keyring' };
  }

  /**
   * Keeps the key in the keyring, in place of the one before.
   * @throws KeyringError; then nothing was kept
   */
  async store(place: KeyLocation, key: string): Promise<void> {
    const id = secretId(place);
    const write = this.beginWrite(id);
    await this.callKeyring(
      'store',
      () => this.secrets.store(id, key),
      (outcome) => {
        if (outcome.status === 'fulfilled') this.undoLateStore(id, write);
      },
    );
    this.sessionKeys.delete(id);
  }

  /** Keeps the key until the window is closed, in memory alone. */
  storeForSession(place: KeyLocation, key: string): void {
    this.beginWrite(secretId(place));
    this.sessionKeys.set(secretId(place), key);
  }

  /**
   * Forgets the key, wherever it is.
   * @throws KeyringError where the keyring may still hold it; the session's key is forgotten all the same
   */
  async remove(place: KeyLocation): Promise<void> {
    const id = secretId(place);
    this.beginWrite(id);
    this.sessionKeys.delete(id);
    await this.callKeyring(
      'remove',
      () => this.secrets.delete(id),
      () => this.changed.fire(id),
    );
  }

  dispose(): void {
    this.sessionKeys.clear();
    this.owned.dispose();
  }

  private beginWrite(id: string): number {
    const write = (this.writes.get(id) ?? 0) + 1;
    this.writes.set(id, write);
    return write;
  }

  /** The user was told that the key was not kept, so it must not turn up in the keyring later. */
  private undoLateStore(id: string, write: number): void {
    if (this.writes.get(id) !== write && !this.sessionKeys.has(id)) return;
    // Best effort: whoever could be told has long gone on, and the next read says what there is.
    Promise.resolve(this.secrets.delete(id)).then(
      () => this.changed.fire(id),
      () => this.changed.fire(id),
    );
  }

  private async callKeyring<T>(
    task: KeyringTask,
    call: () => PromiseLike<T>,
    late: (outcome: PromiseSettledResult<T>) => void,
  ): Promise<T> {
    try {
      return await withTimeout(call(), this.timeoutMs, { onLate: late });
    } catch (error) {
      throw new KeyringError(error instanceof TimeoutError ? 'timeout' : 'failed', task, error);
    }
  }
}

/** How a kept key stands, for a list of accounts. */
export type KeyStatus = 'none' | StoredKey['where'] | KeyringError;

/** What a look for a key came to: the key, or why the keyring could not tell; neither where none is kept. */
export interface FoundKey {
  readonly key?: StoredKey;
  readonly keyring?: KeyringError;
}

/** Undefined where the account's address can't be used: then it has no key, and no request is sent. */
export function findKeyLocation(account: Account): KeyLocation | undefined {
  return account.address.ok ? { origin: account.address.origin, accountId: account.id } : undefined;
}

/** The accounts' keys in the vault. */
export class AccountKeys {
  /** Secret ids that we are writing ourselves: their change is no news. */
  private readonly writing = new Set<string>();

  constructor(private readonly vault: KeyVault) {}

  /** Looks for an account's key. Never rejects. */
  async find(account: Account): Promise<FoundKey> {
    const place = findKeyLocation(account);
    if (place === undefined) return {};
    try {
      const key = await this.vault.read(place);
      return key === undefined ? {} : { key };
    } catch (error) {
      return { keyring: error instanceof KeyringError ? error : new KeyringError('failed', 'read', error) };
    }
  }

  /** Whether the account has a key, without using it. */
  async status(account: Account): Promise<KeyStatus> {
    const { key, keyring } = await this.find(account);
    return keyring ?? key?.where ?? 'none';
  }

  /** @throws KeyringError; then nothing was kept */
  async store(account: Account, key: string, where: StoredKey['where']): Promise<void> {
    const place = findKeyLocation(account);
    if (place === undefined) throw new Error('an account without an address takes no key');
    await this.suppressChanges(account, async () => {
      if (where === 'keyring') await this.vault.store(place, key);
      else this.vault.storeForSession(place, key);
    });
  }

  /** @throws KeyringError where the keyring may still hold it */
  async remove(account: Account): Promise<void> {
    const place = findKeyLocation(account);
    if (place !== undefined) await this.suppressChanges(account, () => this.vault.remove(place));
  }

  /** Does what changes an account's key here, so that the change is no news meanwhile. */
  async suppressChanges(account: Account, work: () => Promise<unknown>): Promise<void> {
    const place = findKeyLocation(account);
    const id = place === undefined ? '' : secretId(place);
    const isOutermost = !this.writing.has(id);
    this.writing.add(id);
    try {
      await work();
    } finally {
      if (isOutermost) this.writing.delete(id);
    }
  }

  /** Whether a change of this secret is news of the account's key. */
  isExternalChange(id: string, account: Account): boolean {
    const place = findKeyLocation(account);
    return place !== undefined && secretId(place) === id && !this.writing.has(id);
  }
}
