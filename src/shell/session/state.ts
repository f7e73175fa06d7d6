import type { ConversationsApi } from '../../core/api/api';
import type { ContextValues } from '../../manifest';
import type { Account } from './account';
import type { KeyringError } from './keyVault';

/** Who we are talking to. */
export type SessionState =
  /** Nothing has needed a key yet. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'reading' }
  /** `keyring` says why the keyring could not tell; an account whose address can't be used is here as well. */
  | { readonly kind: 'noKey'; readonly account: Account; readonly keyring?: KeyringError }
  | {
      readonly kind: 'account';
      readonly account: Account;
      readonly api: ConversationsApi;
      /** The key is gone with the window. */
      readonly forThisSession: boolean;
    }
  /** `account` is where leaving sample data leads. */
  | { readonly kind: 'sample'; readonly account: Account; readonly api: ConversationsApi };

/** One that is settled: what `ready` brings. */
export type SettledState = Exclude<SessionState, { kind: 'unread' | 'reading' }>;

export function isSettled(state: SessionState): state is SettledState {
  return state.kind !== 'unread' && state.kind !== 'reading';
}

export function apiOf(state: SessionState): ConversationsApi | undefined {
  return state.kind === 'account' || state.kind === 'sample' ? state.api : undefined;
}

/** What the manifest's when clauses are told; nothing that is not known yet. */
export function toContext(state: SessionState): Partial<Pick<ContextValues, 'mode' | 'hasKey'>> {
  if (!isSettled(state)) return {};
  const hasInvalidKey = state.kind === 'noKey' && state.keyring?.kind === 'invalid';
  return { mode: state.kind, hasKey: state.kind === 'account' || hasInvalidKey };
}
