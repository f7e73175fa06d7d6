import type { Account } from './account';
import { KeyringError } from './keyringError';
import { secretId, type KeptKey, type KeyPlace, type KeyVault } from './keyVault';

/** How a kept key stands, for a list of accounts. */
export type KeyStanding = 'none' | KeptKey['where'] | KeyringError;

/** What a look for a key came to: the key, or why the keyring could not tell; neither where none is kept. */
export interface FoundKey {
  readonly key?: KeptKey;
  readonly keyring?: KeyringError;
}

/** Undefined where the account's address can't be used: then it has no key, and no request is sent. */
export function placeOf(account: Account): KeyPlace | undefined {
  return account.address.ok ? { origin: account.address.origin, accountId: account.id } : undefined;
}

/** The accounts' keys in the vault. */
export class AccountKeys {
  /** Secret ids that we are writing ourselves: their change is no news. */
  private readonly writing = new Set<string>();

  constructor(private readonly vault: KeyVault) {}

  /** Looks for an account's key. Never rejects. */
  async look(account: Account): Promise<FoundKey> {
    const place = placeOf(account);
    if (place === undefined) return {};
    try {
      const key = await this.vault.read(place);
      return key === undefined ? {} : { key };
    } catch (error) {
      return { keyring: error instanceof KeyringError ? error : new KeyringError('failed', 'read', error) };
    }
  }

  /** Whether the account has a key, without using it. */
  async standing(account: Account): Promise<KeyStanding> {
    const { key, keyring } = await this.look(account);
    return keyring ?? key?.where ?? 'none';
  }

  /** @throws KeyringError; then nothing was kept */
  async keep(account: Account, key: string, where: KeptKey['where']): Promise<void> {
    const place = placeOf(account);
    if (place === undefined) throw new Error('an account without an address takes no key');
    await this.quietly(account, async () => {
      if (where === 'keyring') await this.vault.keep(place, key);
      else this.vault.keepForSession(place, key);
    });
  }

  /** @throws KeyringError where the keyring may still hold it */
  async forget(account: Account): Promise<void> {
    const place = placeOf(account);
    if (place !== undefined) await this.quietly(account, () => this.vault.forget(place));
  }

  /** Does what changes an account's key here, so that the change is no news meanwhile. */
  async quietly(account: Account, work: () => Promise<unknown>): Promise<void> {
    const place = placeOf(account);
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
  isNews(id: string, account: Account): boolean {
    const place = placeOf(account);
    return place !== undefined && secretId(place) === id && !this.writing.has(id);
  }
}
