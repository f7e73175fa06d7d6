import { cleanKey } from '../../core/api/connection';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import { TimeoutError, withTimeout } from '../../core/util/timeout';
import { secretPrefix } from '../../manifest';
import { KeyringError, type KeyringTask } from './keyringError';
import type { SecretStore } from './ports';

/** Whose key, and the only origin that it may be sent to. */
export interface KeyPlace {
  readonly origin: string;
  readonly accountId: string;
}

/** Where a key is: in the keyring, or in this session's memory alone. */
export interface KeptKey {
  readonly key: string;
  readonly where: 'keyring' | 'session';
}

/** The id of the account that `aiployees.baseUrl` describes. Its key needs no account in its id. */
export const firstAccountId = 'default';

export function secretId({ origin, accountId }: KeyPlace): string {
  return accountId === firstAccountId ? `${secretPrefix}${origin}` : `${secretPrefix}${origin}#${accountId}`;
}

/** Long enough for a keyring that asks the user to unlock it with a word, short enough not to look broken. */
const defaultTimeLimit = 5000;

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

  /** @param timeLimit for each call of the keyring, in milliseconds */
  constructor(
    private readonly secrets: SecretStore,
    private readonly timeLimit = defaultTimeLimit,
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
  async read(place: KeyPlace): Promise<KeptKey | undefined> {
    const id = secretId(place);
    const sessionKey = this.sessionKeys.get(id);
    if (sessionKey !== undefined) return { key: sessionKey, where: 'session' };
    const value = await this.ask(
      'read',
      () => this.secrets.get(id),
      (outcome) => {
        if (outcome.status === 'fulfilled') this.changed.fire(id);
      },
    );
    if (value === undefined) return undefined;
    const cleaned = typeof value === 'string' ? cleanKey(value) : undefined;
    if (cleaned?.ok !== true) throw new KeyringError('rubbish', 'read');
    return { key: cleaned.key, where: 'keyring' };
  }

  /**
   * Keeps the key in the keyring, in place of the one before.
   * @throws KeyringError; then nothing was kept
   */
  async keep(place: KeyPlace, key: string): Promise<void> {
    const id = secretId(place);
    const write = this.beginWrite(id);
    await this.ask(
      'keep',
      () => this.secrets.store(id, key),
      (outcome) => {
        if (outcome.status === 'fulfilled') this.undoLateKeep(id, write);
      },
    );
    this.sessionKeys.delete(id);
  }

  /** Keeps the key until the window is closed, in memory alone. */
  keepForSession(place: KeyPlace, key: string): void {
    this.beginWrite(secretId(place));
    this.sessionKeys.set(secretId(place), key);
  }

  /**
   * Forgets the key, wherever it is.
   * @throws KeyringError where the keyring may still hold it; the session's key is forgotten all the same
   */
  async forget(place: KeyPlace): Promise<void> {
    const id = secretId(place);
    this.beginWrite(id);
    this.sessionKeys.delete(id);
    await this.ask(
      'forget',
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
  private undoLateKeep(id: string, write: number): void {
    if (this.writes.get(id) !== write && !this.sessionKeys.has(id)) return;
    // Best effort: whoever could be told has long gone on, and the next read says what there is.
    Promise.resolve(this.secrets.delete(id)).then(
      () => this.changed.fire(id),
      () => this.changed.fire(id),
    );
  }

  private async ask<T>(
    task: KeyringTask,
    call: () => PromiseLike<T>,
    late: (outcome: PromiseSettledResult<T>) => void,
  ): Promise<T> {
    try {
      return await withTimeout(call(), this.timeLimit, { onLate: late });
    } catch (error) {
      throw new KeyringError(error instanceof TimeoutError ? 'hung' : 'failed', task, error);
    }
  }
}
