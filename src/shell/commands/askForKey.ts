import * as vscode from 'vscode';
import type { ApiError } from '../../core/api/errors';
import { cleanKey } from '../../core/api/connection';
import type { KeyOwner } from '../../core/model/conversation';
import { breakLinks, toVisibleLine } from '../../core/text/title';
import { notify } from '../notify';
import type { Account } from '../session/account';
import { type StoredKey, KeyringError } from '../session/keyVault';
import type { Session } from '../session/session';
import { formatCause } from '../format/errors';
import { formatKeyPrompt, formatKeyringError } from '../format/keyring';
import { type InputResult, ask } from './quickPick';

export interface EnteredKey {
  readonly key: string;
  /** Undefined if the server doesn't report it or couldn't be reached. */
  readonly owner: KeyOwner | undefined;
  readonly checked: boolean;
}

export interface KeyQuestion {
  readonly title: string;
  /** The key isn't saved in the keyring. */
  readonly forSession?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
}

/** Asks for an account's key until the server accepts it. Returns undefined if the user cancels. */
export async function askForKey(
  session: Session,
  account: Account,
  question: KeyQuestion,
): Promise<EnteredKey | 'back' | undefined> {
  let given: EnteredKey | undefined;
  const answer: InputResult = await ask({
    ...question,
    prompt: formatKeyPrompt(account.baseUrl, question.forSession),
    placeholder: vscode.l10n.t('API key'),
    password: true,
    problem: findKeyProblem,
    enter: async (value, signal) => {
      const cleaned = cleanKey(value);
      if (!cleaned.ok) return { refusal: findKeyProblem(value) ?? '' };
      for (;;) {
        const check = await session.check(account, cleaned.key, signal);
        switch (check.kind) {
          case 'accepted':
            given = { key: cleaned.key, owner: check.owner, checked: true };
            return undefined;
          case 'refused':
            return { refusal: formatKeyRefusal(check.error) };
          case 'cancelled':
            return { refusal: '' };
          case 'unchecked':
            break;
        }
        const choice = await askToStoreUnchecked(check.error);
        if (signal.aborted) return { refusal: '' };
        if (choice === 'keep') {
          given = { key: cleaned.key, owner: undefined, checked: false };
          return undefined;
        }
        if (choice === undefined) return { refusal: formatUncheckedKey(check.error) };
      }
    },
  });
  return answer.kind === 'back' ? 'back' : answer.kind === 'entered' ? given : undefined;
}

/**
 * Stores the key. If the keyring fails, asks whether to use the key for this session only.
 * @returns where the key is stored, or undefined if the user canceled
 */
export async function storeOrUseForSession(
  store: (where: StoredKey['where']) => Promise<void>,
): Promise<StoredKey['where'] | undefined> {
  const retry = vscode.l10n.t('Retry');
  const thisSession = vscode.l10n.t('Use for This Session Only');
  for (;;) {
    try {
      await store('keyring');
      return 'keyring';
    } catch (error) {
      if (!(error instanceof KeyringError)) throw error;
      const choice = await notify.warn(formatKeyringError(error), thisSession, retry);
      if (choice === undefined) return undefined;
      if (choice === retry) continue;
      await store('session');
      return 'session';
    }
  }
}

export function reportStoredKey(account: Account, { owner, checked }: EnteredKey, where: StoredKey['where']): void {
  const host = account.address.ok ? account.address.host : account.baseUrl;
  const whose = formatKeyOwner(owner);
  const summary =
    where === 'keyring'
      ? whose === undefined
        ? vscode.l10n.t('API key saved for {0}.', host)
        : vscode.l10n.t('API key saved for {0}: {1}.', host, whose)
      : whose === undefined
        ? vscode.l10n.t('API key set for {0} until you close this window.', host)
        : vscode.l10n.t('API key set for {0} until you close this window: {1}.', host, whose);
  const message = checked ? summary : vscode.l10n.t("{0} It hasn't been verified yet.", summary);
  void notify.info(message);
}

function findKeyProblem(value: string): string | undefined {
  const cleaned = cleanKey(value);
  if (cleaned.ok) return undefined;
  return cleaned.reason === 'empty'
    ? vscode.l10n.t('Enter an API key.')
    : vscode.l10n.t("This contains characters that can't be in an API key, such as a line break.");
}

function formatKeyRefusal(error: ApiError): string {
  return error.kind === 'unauthorized'
    ? vscode.l10n.t("The server rejected this API key. Check that it's complete and belongs to this address.")
    : formatCause(error, { kind: 'checkingKey' });
}

function formatUncheckedKey(error: ApiError): string {
  return vscode.l10n.t("Couldn't verify the API key. {0}", formatCause(error, { kind: 'checkingKey' }));
}

async function askToStoreUnchecked(error: ApiError): Promise<'keep' | 'again' | undefined> {
  const keep = vscode.l10n.t('Save Anyway');
  const again = vscode.l10n.t('Retry');
  const choice = await notify.warn(formatUncheckedKey(error), keep, again);
  return choice === keep ? 'keep' : choice === again ? 'again' : undefined;
}

/** "Ada (ada@example.test)" */
function formatKeyOwner(owner: KeyOwner | undefined): string | undefined {
  const name = breakLinks(toVisibleLine(owner?.name ?? '').trim());
  const email = breakLinks(toVisibleLine(owner?.email ?? '').trim());
  if (name === '') return email === '' ? undefined : email;
  return email === '' ? name : vscode.l10n.t('{0} ({1})', name, email);
}
