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
  type KeptKey,
  type KeyStanding,
  type KeyVault,
  type KeyringError,
  firstAccountId,
  placeOf,
  secretId,
} from './keyVault';
import { type SessionState, type SettledState, apiOf, isSettled } from './state';

export interface SessionParts {
  readonly accounts: Accounts;
  readonly vault: KeyVault;
  /** What makes clients, which the session disposes. Asked for when one is needed: all that sends requests is loaded with it. */
  readonly clients: () => Promise<Clients>;
  /** Show sample data where nobody chose an account and no key is kept. */
  readonly beginOnSample: boolean;
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
  private talkingTo: { readonly id: string; readonly baseUrl: string; readonly key: string } | undefined;
  private reading: Promise<SettledState> | undefined;
  /** Counts up with each change of what is wanted: whoever awaited something looks whether it is still wanted. */
  private wish = 0;
  /** Counts up with each look at a key that may have changed: only the last one counts. */
  private looks = 0;
  /** What this window chose, or began with: another window's choice does not move this one. */
  private choice: { readonly accountId: string; readonly sample: boolean | undefined } | undefined;
  private readonly keys: AccountKeys;
  private clients: Clients | undefined;

  constructor(private readonly parts: SessionParts) {
    this.keys = new AccountKeys(parts.vault);
    this.owned.add(parts.vault.onDidChange((id) => void this.reread(id)));
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
    return this.reading ?? this.begin();
  }

  /** Looks for the key once more, where the keyring let us down. */
  tryAgain(): Promise<SettledState> {
    return this.current.kind === 'noKey' ? this.begin() : this.ready();
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
  async setKey(account: Account, key: string, where: KeptKey['where'] = 'keyring'): Promise<void> {
    await this.keys.keep(account, key, where);
    await this.keys.quietly(account, async () => {
      await this.choose(account.id, false);
      await this.begin();
    });
  }

  /**
   * Adds an account with its key, and goes on with it.
   * @throws KeyringError; then nothing was added
   */
  async addAccount(account: Account, key: string, where: KeptKey['where'] = 'keyring'): Promise<void> {
    await this.keys.keep(account, key, where);
    try {
      await this.accounts.add(account);
    } catch (error) {
      await this.keys.forget(account);
      throw error;
    }
    await this.switchTo(account.id);
  }

  /**
   * Forgets an account's key.
   * @throws KeyringError where the keyring may still hold it
   */
  async clearKey(account: Account): Promise<void> {
    if (placeOf(account) === undefined) return;
    await this.keys.quietly(account, async () => {
      try {
        await this.keys.forget(account);
      } finally {
        if (this.current.kind !== 'sample' && account.id === this.account.id) await this.begin();
      }
    });
  }

  /** Whether the account has a key, without using it. */
  keyStanding(account: Account): Promise<KeyStanding> {
    return this.keys.standing(account);
  }

  async switchTo(accountId: string): Promise<SettledState> {
    if (this.current.kind === 'account' && this.current.account.id === accountId) return this.current;
    await this.choose(accountId, false);
    return this.begin();
  }

  async exploreSampleData(): Promise<SettledState> {
    await this.choose(this.account.id, true);
    return this.begin();
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
      await this.keys.forget(account);
    } catch (error) {
      if (!keyMayStay) throw error;
      this.parts.report(error);
    }
    await this.accounts.remove(account.id);
    if (!wasCurrent) return;
    await this.choose(this.account.id, this.current.kind === 'sample');
    if (this.current.kind === 'sample') this.become({ ...this.current, account: this.account });
    else await this.begin();
  }

  /** `aiployees.baseUrl` was changed: the first account may be somewhere else now. */
  addressChanged(): void {
    const { current, account } = this;
    if (current.kind === 'unread' || account.id !== firstAccountId) return;
    if (current.kind === 'sample') this.become({ ...current, account });
    else if (current.kind === 'reading' || current.account.baseUrl !== account.baseUrl) void this.begin();
  }

  /** Something that every request depends on has changed, such as the time limit: a new client with the same key. */
  renewClient(): void {
    const state = this.current;
    if (state.kind !== 'account' || this.talkingTo === undefined || this.clients === undefined) return;
    this.become({ ...state, api: this.clients.create(this.talkingTo) }, this.talkingTo);
  }

  dispose(): void {
    this.wish++;
    apiOf(this.current)?.dispose();
    this.owned.dispose();
  }

  /** Settles on what is wanted now. The client before is given up at once, since it is not what is wanted. */
  private begin(): Promise<SettledState> {
    const wish = ++this.wish;
    // Known before anything is fired: a listener that asks `ready` joins.
    const reading = Promise.resolve().then(() => this.settle(wish));
    this.reading = reading;
    this.choice ??= { accountId: this.accounts.current.id, sample: this.accounts.sampleChosen };
    if (this.choice.sample !== true) this.become({ kind: 'reading' });
    return reading;
  }

  private async settle(wish: number): Promise<SettledState> {
    if (wish !== this.wish) return this.ready();
    const { account } = this;
    const found = this.choice?.sample === true ? undefined : await this.keys.look(account);
    if (wish !== this.wish) return this.ready();
    const undecided = this.choice?.sample === undefined && this.parts.beginOnSample;
    const wantsSample = found === undefined || (undecided && found.key === undefined);
    // Where there is no key, nothing is ever sent.
    if (!wantsSample && found.key === undefined) return this.becomeFound(account, found);
    const clients = await this.load();
    if (wish !== this.wish) return this.ready();
    return wantsSample ? this.becomeSample(account, clients) : this.becomeFound(account, found, clients);
  }

  /** Somebody says that a key has changed. Nothing happens where it is the same as before. */
  private async reread(id: string): Promise<void> {
    // As the state has it: an account that another window removed is known here alone.
    const account = isSettled(this.current) ? this.current.account : this.account;
    if (!this.keys.isNews(id, account)) return;
    // What is being read may be the key from before the change.
    if (this.current.kind === 'reading') return void this.begin();
    if (this.current.kind !== 'account' && this.current.kind !== 'noKey') return;
    const { wish } = this;
    const look = ++this.looks;
    const [found, clients] = await Promise.all([this.keys.look(account), this.load()]);
    if (wish !== this.wish || look !== this.looks) return;
    // A keyring that fails now says nothing about the key that we already have.
    if (found.keyring !== undefined && this.current.kind === 'account') return;
    if (found.key?.key === this.talkingTo?.key && found.keyring?.kind === keyringOf(this.current)?.kind) return;
    this.becomeFound(account, found, clients);
  }

  private async load(): Promise<Clients> {
    this.clients = await this.parts.clients();
    return this.clients;
  }

  private async choose(accountId: string, sample: boolean): Promise<void> {
    await this.accounts.choose(accountId, sample);
    this.choice = { accountId, sample };
  }

  private becomeFound(account: Account, { key, keyring }: FoundKey, clients?: Clients): SettledState {
    const place = placeOf(account);
    if (key === undefined || place === undefined || clients === undefined) {
      return this.become({ kind: 'noKey', account, ...(keyring === undefined ? {} : { keyring }) });
    }
    const target = { id: secretId(place), baseUrl: account.baseUrl, key: key.key };
    const api = clients.create(target);
    return this.become({ kind: 'account', account, api, forThisSession: key.where === 'session' }, target);
  }

  private becomeSample(account: Account, clients: Clients): SettledState {
    return this.become({ kind: 'sample', account, api: clients.createSample() });
  }

  private become<S extends SessionState>(state: S, talkingTo?: typeof this.talkingTo): S {
    const before = this.current;
    this.current = state;
    this.talkingTo = talkingTo;
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
const perhapsNotThere: readonly ApiErrorKind[] = ['notFound', 'forbidden', 'rejected', 'unexpected'];

/** Asks `GET /user/me`; where that is not there, `GET /user/conversations` for one row. */
export async function checkKey(api: ConversationsApi, signal: AbortSignal): Promise<KeyCheck> {
  try {
    return { kind: 'accepted', owner: await api.getKeyOwner({ signal }) };
  } catch (error) {
    if (!(error instanceof ApiError) || !perhapsNotThere.includes(error.kind)) return judge(error);
  }
  try {
    await api.listConversations({}, { pageSize: 1 }, { signal });
    return { kind: 'accepted', owner: undefined };
  } catch (error) {
    return judge(error);
  }
}

function judge(error: unknown): KeyCheck {
  if (!(error instanceof ApiError)) throw error;
  if (isCanceled(error)) return { kind: 'cancelled' };
  return { kind: error.kind === 'unauthorized' || error.kind === 'forbidden' ? 'refused' : 'unchecked', error };
}
