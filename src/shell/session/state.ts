import type { ConversationsApi } from '../../core/api/api';
import type { ContextValues } from '../../manifest';
import type { Account } from './account';
import type { KeyringError } from './keyVault';

export type SessionState =
  /** No key was needed yet. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'reading' }
  /** `keyring` is the error of a keyring that couldn't be read. Also the state of an account with an invalid URL. */
  | { readonly kind: 'noKey'; readonly account: Account; readonly keyring?: KeyringError }
  | {
      readonly kind: 'account';
      readonly account: Account;
      readonly api: ConversationsApi;
      /** The key is removed when the window closes. */
      readonly forThisSession: boolean;
    }
  /** `account` becomes current when the user leaves the sample data. */
  | { readonly kind: 'sample'; readonly account: Account; readonly api: ConversationsApi };

export type SettledState = Exclude<SessionState, { kind: 'unread' | 'reading' }>;

export function isSettled(state: SessionState): state is SettledState {
  return state.kind !== 'unread' && state.kind !== 'reading';
}

export function apiOf(state: SessionState): ConversationsApi | undefined {
  return state.kind === 'account' || state.kind === 'sample' ? state.api : undefined;
}

/** Returns the context keys that are already known. */
export function toContext(state: SessionState): Partial<Pick<ContextValues, 'mode' | 'hasKey'>> {
  if (!isSettled(state)) return {};
  const hasInvalidKey = state.kind === 'noKey' && state.keyring?.kind === 'invalid';
  return { mode: state.kind, hasKey: state.kind === 'account' || hasInvalidKey };
}
