import { cleanKey } from '../../core/api/connection';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import { TimeoutError, withTimeout } from '../../core/util/timeout';
import { secretPrefix } from '../../manifest';
import type { Account } from './account';

/** The used part of VS Code's `SecretStorage`. */
export interface SecretStore {
  get(id: string): PromiseLike<unknown>;
  store(id: string, value: string): PromiseLike<void>;
  delete(id: string): PromiseLike<void>;
  /** Includes other windows' changes. May fire twice or not at all. */
  readonly onDidChange: (listener: (change: { readonly key: string }) => void) => Disposable;
}

/** The used part of VS Code's `Memento`. */
export interface Memory {
  get(id: string): unknown;
  /** `undefined` removes the value. */
  update(id: string, value: unknown): PromiseLike<void>;
}

/**
 * - `failed`: the keyring returned an error (see `cause`)
 * - `timeout`: no response in time, as from locked keyrings on Linux
 * - `invalid`: the stored value can't be a key
 */
export type KeyringErrorKind = 'failed' | 'timeout' | 'invalid';
export type KeyringTask = 'read' | 'store' | 'remove';

/** An error of the system keyring. Never contains a key. */
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

/** A key's account, and the only origin that the key may be sent to. */
export interface KeyLocation {
  readonly origin: string;
  readonly accountId: string;
}

/** A key in the keyring, or only in this session's memory. */
export interface StoredKey {
  readonly key: string;
  readonly where: 'keyring' | 'session';
}

/** ID of the account that `aiployees.baseUrl` describes. Its secret's ID contains no account. */
export const firstAccountId = 'default';

export function createSecretId({ origin, accountId }: KeyLocation): string {
  return accountId === firstAccountId ? `${secretPrefix}${origin}` : `${secretPrefix}${origin}#${accountId}`;
}

/** Leaves time for a keyring's unlock prompt. */
const defaultTimeoutMs = 5000;

/** Stores each account's API key in SecretStorage, by origin. */
export class KeyVault implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<string>());
  private readonly sessionKeys = new Map<string, string>();
  /** Number of writes per ID, so that a late response of an older write is ignored. */
  private readonly writes = new Map<string, number>();

  /**
   * Fires with a secret's ID when its value may have changed: by another window, or by a late response of the keyring. The value
   * may also be the same.
   */
  readonly onDidChange = this.changed.event;

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

  /** Returns the session's key if there is one, else the keyring's. @throws KeyringError */
  async read(place: KeyLocation): Promise<StoredKey | undefined> {
    const id = createSecretId(place);
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

  /** @throws KeyringError; then nothing was stored */
  async store(place: KeyLocation, key: string): Promise<void> {
    const id = createSecretId(place);
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

  /** Stores the key in memory until the window closes. */
  storeForSession(place: KeyLocation, key: string): void {
    this.beginWrite(createSecretId(place));
    this.sessionKeys.set(createSecretId(place), key);
  }

  /**
   * Removes the key from the session and the keyring.
   * @throws KeyringError if the keyring may still contain the key; the session's key is removed anyway
   */
  async remove(place: KeyLocation): Promise<void> {
    const id = createSecretId(place);
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

  /** An error message said that the key wasn't saved, so it must not appear in the keyring later. */
  private undoLateStore(id: string, write: number): void {
    if (this.writes.get(id) !== write && !this.sessionKeys.has(id)) return;
    // Best effort: the caller has returned. The next read corrects the state.
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

export type KeyStatus = 'none' | StoredKey['where'] | KeyringError;

/** The key, or the keyring's error. Neither if no key is stored. */
export interface FoundKey {
  readonly key?: StoredKey;
  readonly keyring?: KeyringError;
}

/** Returns undefined if the account's URL is invalid: such an account has no key and sends no requests. */
export function findKeyLocation(account: Account): KeyLocation | undefined {
  return account.address.ok ? { origin: account.address.origin, accountId: account.id } : undefined;
}

export class AccountKeys {
  /** IDs of secrets that this window is changing. */
  private readonly writing = new Set<string>();

  constructor(private readonly vault: KeyVault) {}

  /** Never rejects. */
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

  async status(account: Account): Promise<KeyStatus> {
    const { key, keyring } = await this.find(account);
    return keyring ?? key?.where ?? 'none';
  }

  /** @throws KeyringError; then nothing was stored */
  async store(account: Account, key: string, where: StoredKey['where']): Promise<void> {
    const place = findKeyLocation(account);
    if (place === undefined) throw new Error('an account without an address takes no key');
    await this.suppressChanges(account, async () => {
      if (where === 'keyring') await this.vault.store(place, key);
      else this.vault.storeForSession(place, key);
    });
  }

  /** @throws KeyringError if the keyring may still contain the key */
  async remove(account: Account): Promise<void> {
    const place = findKeyLocation(account);
    if (place !== undefined) await this.suppressChanges(account, () => this.vault.remove(place));
  }

  /** Ignores changes of an account's key while `work` runs. */
  async suppressChanges(account: Account, work: () => Promise<unknown>): Promise<void> {
    const place = findKeyLocation(account);
    const id = place === undefined ? '' : createSecretId(place);
    const isOutermost = !this.writing.has(id);
    this.writing.add(id);
    try {
      await work();
    } finally {
      if (isOutermost) this.writing.delete(id);
    }
  }

  isExternalChange(id: string, account: Account): boolean {
    const place = findKeyLocation(account);
    return place !== undefined && createSecretId(place) === id && !this.writing.has(id);
  }
}
