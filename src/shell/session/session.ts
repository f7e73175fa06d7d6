import type { ConversationsApi } from '../../core/api/api';
import { ApiError, type ApiErrorKind, isCanceled } from '../../core/api/errors';
import type { KeyOwner } from '../../core/model/conversation';
import { type Disposable, DisposableStore, Emitter } from '../../core/util/event';
import type { Account } from './account';
import type { Accounts } from './accounts';
import type { Clients } from './clients';
import {
  AccountKeys,
  type FoundKey,
  type StoredKey,
  type KeyStatus,
  type KeyVault,
  type KeyringError,
  firstAccountId,
  findKeyLocation,
  createSecretId,
} from './keyVault';
import { type SessionState, type SettledState, apiOf, isSettled } from './state';

export interface SessionParts {
  readonly accounts: Accounts;
  readonly vault: KeyVault;
  /** Loads the code that sends requests. The session disposes the clients. */
  readonly clients: () => Promise<Clients>;
  /** Show sample data if no account was ever chosen and no key is stored. */
  readonly startWithSample: boolean;
  /** Receives errors of the session's listeners, which must not stop other listeners. */
  readonly report: (error: unknown) => void;
}

/**
 * Owns the connection (account, key, client). Reads the key on first use, and creates a new client when the key, account, base
 * URL or timeout changes.
 */
export class Session implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<SessionState>());
  readonly onDidChange = this.changed.event;

  private current: SessionState = { kind: 'unread' };
  /** Key and URL of the current client, to ignore change events that change nothing. */
  private connection: { readonly id: string; readonly baseUrl: string; readonly key: string } | undefined;
  private reading: Promise<SettledState> | undefined;
  /** Number of changes of the wanted connection. Compare it after each `await`. */
  private generation = 0;
  /** Number of reads of a changed key. Only the last read counts. */
  private keyReads = 0;
  /** This window's choice. Other windows' choices don't affect it. */
  private choice: { readonly accountId: string; readonly sample: boolean | undefined } | undefined;
  private readonly keys: AccountKeys;
  private clients: Clients | undefined;

  constructor(private readonly parts: SessionParts) {
    this.keys = new AccountKeys(parts.vault);
    this.owned.add(parts.vault.onDidChange((id) => void this.rereadKey(id)));
  }

  get state(): SessionState {
    return this.current;
  }

  get accounts(): Accounts {
    return this.parts.accounts;
  }

  /** This window's account, even without a key or while sample data is shown. */
  get account(): Account {
    return this.accounts.find(this.choice?.accountId ?? '') ?? this.accounts.current;
  }

  /** Reads the key on the first call. Concurrent calls share the result. Never rejects. */
  ready(): Promise<SettledState> {
    if (isSettled(this.current)) return Promise.resolve(this.current);
    return this.reading ?? this.reconnect();
  }

  /** Reads the key again after a keyring error. */
  retry(): Promise<SettledState> {
    return this.current.kind === 'noKey' ? this.reconnect() : this.ready();
  }

  /** Checks a key with the account's server. The key is sent nowhere else. */
  async check(account: Account, key: string, signal: AbortSignal): Promise<KeyCheck> {
    const clients = await this.parts.clients();
    const api = clients.create({ baseUrl: account.baseUrl, key });
    try {
      return await checkKey(api, signal);
    } finally {
      api.dispose();
    }
  }

  /** Stores a key and switches to its account. @throws KeyringError; then nothing has changed */
  async setKey(account: Account, key: string, where: StoredKey['where'] = 'keyring'): Promise<void> {
    await this.keys.store(account, key, where);
    await this.keys.suppressChanges(account, async () => {
      await this.choose(account.id, false);
      await this.reconnect();
    });
  }

  /** Adds an account with its key and switches to it. @throws KeyringError; then nothing was added */
  async addAccount(account: Account, key: string, where: StoredKey['where'] = 'keyring'): Promise<void> {
    await this.keys.store(account, key, where);
    try {
      await this.accounts.add(account);
    } catch (error) {
      await this.keys.remove(account);
      throw error;
    }
    await this.switchTo(account.id);
  }

  /** @throws KeyringError if the keyring may still contain the key */
  async clearKey(account: Account): Promise<void> {
    if (findKeyLocation(account) === undefined) return;
    await this.keys.suppressChanges(account, async () => {
      try {
        await this.keys.remove(account);
      } finally {
        if (this.current.kind !== 'sample' && account.id === this.account.id) await this.reconnect();
      }
    });
  }

  keyStatus(account: Account): Promise<KeyStatus> {
    return this.keys.status(account);
  }

  async switchTo(accountId: string): Promise<SettledState> {
    if (this.current.kind === 'account' && this.current.account.id === accountId) return this.current;
    await this.choose(accountId, false);
    return this.reconnect();
  }

  async exploreSampleData(): Promise<SettledState> {
    await this.choose(this.account.id, true);
    return this.reconnect();
  }

  leaveSampleData(): Promise<SettledState> {
    return this.switchTo(this.account.id);
  }

  /**
   * Removes an account with its key.
   * @param keyMayStay removes the account even if the keyring fails
   * @throws KeyringError if the keyring may still contain the key; then the account isn't removed
   */
  async removeAccount(account: Account, keyMayStay = false): Promise<void> {
    const wasCurrent = this.account.id === account.id;
    try {
      await this.keys.remove(account);
    } catch (error) {
      if (!keyMayStay) throw error;
      this.parts.report(error);
    }
    await this.accounts.remove(account.id);
    if (!wasCurrent) return;
    await this.choose(this.account.id, this.current.kind === 'sample');
    if (this.current.kind === 'sample') this.setState({ ...this.current, account: this.account });
    else await this.reconnect();
  }

  /** Called when `aiployees.baseUrl` changes: the first account may be on another server now. */
  updateBaseUrl(): void {
    const { current, account } = this;
    if (current.kind === 'unread' || account.id !== firstAccountId) return;
    if (current.kind === 'sample') this.setState({ ...current, account });
    else if (current.kind === 'reading' || current.account.baseUrl !== account.baseUrl) void this.reconnect();
  }

  /** Replaces the client after a change that affects every request, such as of the timeout. */
  renewClient(): void {
    const state = this.current;
    if (state.kind !== 'account' || this.connection === undefined || this.clients === undefined) return;
    this.setState({ ...state, api: this.clients.create(this.connection) }, this.connection);
  }

  dispose(): void {
    this.generation++;
    apiOf(this.current)?.dispose();
    this.owned.dispose();
  }

  /** Connects to the chosen account. The previous client can't be used from here on. */
  private reconnect(): Promise<SettledState> {
    const generation = ++this.generation;
    // Set before events fire, so that a listener that calls `ready` shares the promise.
    const reading = Promise.resolve().then(() => this.settle(generation));
    this.reading = reading;
    this.choice ??= { accountId: this.accounts.current.id, sample: this.accounts.sampleChosen };
    if (this.choice.sample !== true) this.setState({ kind: 'reading' });
    return reading;
  }

  private async settle(generation: number): Promise<SettledState> {
    if (generation !== this.generation) return this.ready();
    const { account } = this;
    const found = this.choice?.sample === true ? undefined : await this.keys.find(account);
    if (generation !== this.generation) return this.ready();
    const undecided = this.choice?.sample === undefined && this.parts.startWithSample;
    const wantsSample = found === undefined || (undecided && found.key === undefined);
    // Without a key nothing is sent, so no client code is loaded.
    if (!wantsSample && found.key === undefined) return this.useKey(account, found);
    const clients = await this.loadClients();
    if (generation !== this.generation) return this.ready();
    return wantsSample ? this.useSample(account, clients) : this.useKey(account, found, clients);
  }

  /** Reads a key that may have changed. */
  private async rereadKey(id: string): Promise<void> {
    // The state still has an account that another window removed.
    const account = isSettled(this.current) ? this.current.account : this.account;
    if (!this.keys.isExternalChange(id, account)) return;
    // The pending read may return the old key.
    if (this.current.kind === 'reading') return void this.reconnect();
    if (this.current.kind !== 'account' && this.current.kind !== 'noKey') return;
    const { generation: generation } = this;
    const keyRead = ++this.keyReads;
    const [found, clients] = await Promise.all([this.keys.find(account), this.loadClients()]);
    if (generation !== this.generation || keyRead !== this.keyReads) return;
    // An error of the keyring doesn't invalidate the current key.
    if (found.keyring !== undefined && this.current.kind === 'account') return;
    if (found.key?.key === this.connection?.key && found.keyring?.kind === keyringOf(this.current)?.kind) return;
    this.useKey(account, found, clients);
  }

  private async loadClients(): Promise<Clients> {
    this.clients = await this.parts.clients();
    return this.clients;
  }

  private async choose(accountId: string, sample: boolean): Promise<void> {
    await this.accounts.choose(accountId, sample);
    this.choice = { accountId, sample };
  }

  private useKey(account: Account, { key, keyring }: FoundKey, clients?: Clients): SettledState {
    const place = findKeyLocation(account);
    if (key === undefined || place === undefined || clients === undefined) {
      return this.setState({ kind: 'noKey', account, ...(keyring === undefined ? {} : { keyring }) });
    }
    const target = { id: createSecretId(place), baseUrl: account.baseUrl, key: key.key };
    const api = clients.create(target);
    return this.setState({ kind: 'account', account, api, forThisSession: key.where === 'session' }, target);
  }

  private useSample(account: Account, clients: Clients): SettledState {
    return this.setState({ kind: 'sample', account, api: clients.createSample() });
  }

  private setState<S extends SessionState>(state: S, connection?: typeof this.connection): S {
    const before = this.current;
    this.current = state;
    this.connection = connection;
    if (isSettled(state)) this.reading = undefined;
    // Listeners first: they stop using the old client, so that its disposal causes no error messages.
    try {
      this.changed.fire(state);
    } catch (error) {
      this.parts.report(error);
    }
    const old = apiOf(before);
    if (old !== undefined && old !== apiOf(state)) old.dispose();
    return state;
  }
}

function keyringOf(state: SessionState): KeyringError | undefined {
  return state.kind === 'noKey' ? state.keyring : undefined;
}

export type KeyCheck =
  | { readonly kind: 'accepted'; readonly owner: KeyOwner | undefined }
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** The server couldn't be reached, or its response doesn't show whether the key is valid. */
  | { readonly kind: 'unchecked'; readonly error: ApiError }
  | { readonly kind: 'cancelled' };

/**
 * Some servers don't have `GET /user/me` and fail in different ways. For them the list shows whether the key is valid, and the
 * owner is unknown.
 */
const unsupportedKinds: readonly ApiErrorKind[] = ['notFound', 'forbidden', 'rejected', 'unexpected'];

/** Requests `GET /user/me`; if the server doesn't have it, one row of `GET /user/conversations`. */
export async function checkKey(api: ConversationsApi, signal: AbortSignal): Promise<KeyCheck> {
  try {
    return { kind: 'accepted', owner: await api.getKeyOwner({ signal }) };
  } catch (error) {
    if (!(error instanceof ApiError) || !unsupportedKinds.includes(error.kind)) return toKeyCheck(error);
  }
  try {
    await api.listConversations({}, { pageSize: 1 }, { signal });
    return { kind: 'accepted', owner: undefined };
  } catch (error) {
    return toKeyCheck(error);
  }
}

function toKeyCheck(error: unknown): KeyCheck {
  if (!(error instanceof ApiError)) throw error;
  if (isCanceled(error)) return { kind: 'cancelled' };
  return { kind: error.kind === 'unauthorized' || error.kind === 'forbidden' ? 'refused' : 'unchecked', error };
}
