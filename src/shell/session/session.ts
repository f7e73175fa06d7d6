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
  secretId,
} from './keyVault';
import { type SessionState, type SettledState, apiOf, isSettled } from './state';

export interface SessionParts {
  readonly accounts: Accounts;
  readonly vault: KeyVault;
  /** What makes clients, which the session disposes. Asked for when one is needed: all that sends requests is loaded with it. */
  readonly clients: () => Promise<Clients>;
  /** Show sample data where nobody chose an account and no key is kept. */
  readonly startWithSample: boolean;
  /** Told what a listener of the session threw: it must not stop the others, nor pass unseen. */
  readonly report: (error: unknown) => void;
}

/**
 * The one owner of who we are talking to. Reads the key when something first needs it, makes the client, and makes
 * a new one for every change: of key, account, address or time limit.
 */
export class Session implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly changed = this.owned.add(new Emitter<SessionState>());
  readonly onDidChange = this.changed.event;

  private current: SessionState = { kind: 'unread' };
  /** What the current client's key and address are, to tell a change from a rumour of one. */
  private connection: { readonly id: string; readonly baseUrl: string; readonly key: string } | undefined;
  private reading: Promise<SettledState> | undefined;
  /** Counts up with each change of what is wanted: whoever awaited something looks whether it is still wanted. */
  private generation = 0;
  /** Counts up with each look at a key that may have changed: only the last one counts. */
  private keyReads = 0;
  /** What this window chose, or began with: another window's choice does not move this one. */
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

  /** Whom this window talks to, or would with a key; also where leaving sample data leads. */
  get account(): Account {
    return this.accounts.find(this.choice?.accountId ?? '') ?? this.accounts.current;
  }

  /** The settled state. Reads the key where that was not done yet; joined by whoever comes meanwhile. Never rejects. */
  ready(): Promise<SettledState> {
    if (isSettled(this.current)) return Promise.resolve(this.current);
    return this.reading ?? this.reconnect();
  }

  /** Looks for the key once more, where the keyring let us down. */
  retry(): Promise<SettledState> {
    return this.current.kind === 'noKey' ? this.reconnect() : this.ready();
  }

  /** Asks the account's server about a key, which is sent nowhere else. */
  async check(account: Account, key: string, signal: AbortSignal): Promise<KeyCheck> {
    const clients = await this.parts.clients();
    const api = clients.create({ baseUrl: account.baseUrl, key });
    try {
      return await checkKey(api, signal);
    } finally {
      api.dispose();
    }
  }

  /**
   * Keeps a key and goes on with it, out of sample data too.
   * @throws KeyringError; then nothing has changed
   */
  async setKey(account: Account, key: string, where: StoredKey['where'] = 'keyring'): Promise<void> {
    await this.keys.store(account, key, where);
    await this.keys.suppressChanges(account, async () => {
      await this.choose(account.id, false);
      await this.reconnect();
    });
  }

  /**
   * Adds an account with its key, and goes on with it.
   * @throws KeyringError; then nothing was added
   */
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

  /**
   * Forgets an account's key.
   * @throws KeyringError where the keyring may still hold it
   */
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

  /** Whether the account has a key, without using it. */
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

  /** Back to the account that was current before. */
  leaveSampleData(): Promise<SettledState> {
    return this.switchTo(this.account.id);
  }

  /**
   * Removes an account with its key.
   * @param keyMayStay removes it too where the keyring can't be reached
   * @throws KeyringError where the keyring may still hold the key; then the account stays
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

  /** `aiployees.baseUrl` was changed: the first account may be somewhere else now. */
  updateBaseUrl(): void {
    const { current, account } = this;
    if (current.kind === 'unread' || account.id !== firstAccountId) return;
    if (current.kind === 'sample') this.setState({ ...current, account });
    else if (current.kind === 'reading' || current.account.baseUrl !== account.baseUrl) void this.reconnect();
  }

  /** Something that every request depends on has changed, such as the time limit: a new client with the same key. */
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

  /** Settles on what is wanted now. The client before is given up at once, since it is not what is wanted. */
  private reconnect(): Promise<SettledState> {
    const generation = ++this.generation;
    // Known before anything is fired: a listener that asks `ready` joins.
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
    // Where there is no key, nothing is ever sent.
    if (!wantsSample && found.key === undefined) return this.useKey(account, found);
    const clients = await this.loadClients();
    if (generation !== this.generation) return this.ready();
    return wantsSample ? this.useSample(account, clients) : this.useKey(account, found, clients);
  }

  /** Somebody says that a key has changed. Nothing happens where it is the same as before. */
  private async rereadKey(id: string): Promise<void> {
    // As the state has it: an account that another window removed is known here alone.
    const account = isSettled(this.current) ? this.current.account : this.account;
    if (!this.keys.isExternalChange(id, account)) return;
    // What is being read may be the key from before the change.
    if (this.current.kind === 'reading') return void this.reconnect();
    if (this.current.kind !== 'account' && this.current.kind !== 'noKey') return;
    const { generation: generation } = this;
    const keyRead = ++this.keyReads;
    const [found, clients] = await Promise.all([this.keys.find(account), this.loadClients()]);
    if (generation !== this.generation || keyRead !== this.keyReads) return;
    // A keyring that fails now says nothing about the key that we already have.
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
    const target = { id: secretId(place), baseUrl: account.baseUrl, key: key.key };
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
    // Listeners first: whoever reads what the old client brings has then dropped it, and its last words are no errors.
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

/** What the server thinks of a key. */
export type KeyCheck =
  | { readonly kind: 'accepted'; readonly owner: KeyOwner | undefined }
  | { readonly kind: 'refused'; readonly error: ApiError }
  /** It could not be asked, or its answer says nothing about the key. */
  | { readonly kind: 'unchecked'; readonly error: ApiError }
  | { readonly kind: 'cancelled' };

/**
 * Not every server of the family has `GET /user/me`, and what answers in its place differs: then the list says
 * whether the key is good, and nobody says whose it is.
 */
const unsupportedKinds: readonly ApiErrorKind[] = ['notFound', 'forbidden', 'rejected', 'unexpected'];

/** Asks `GET /user/me`; where that is not there, `GET /user/conversations` for one row. */
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
