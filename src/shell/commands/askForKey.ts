import * as vscode from 'vscode';
import type { ApiError } from '../../core/api/errors';
import { cleanKey } from '../../core/api/connection';
import type { KeyOwner } from '../../core/model/conversation';
import { breakLinks, toVisibleLine } from '../../core/text/label';
import { notify } from '../notify';
import type { Account } from '../session/account';
import { type KeptKey, KeyringError } from '../session/keyVault';
import type { Session } from '../session/session';
import { errorWords } from '../format/errors';
import { keyPrompt, keyringWords } from '../format/keyring';
import { type InputResult, ask } from './quickPick';

export interface GivenKey {
  readonly key: string;
  /** Missing where the server does not tell, or was not reached. */
  readonly owner: KeyOwner | undefined;
  readonly checked: boolean;
}

export interface KeyQuestion {
  readonly title: string;
  /** The key is not to be kept in the keyring. */
  readonly forSession?: boolean;
  readonly step?: number;
  readonly totalSteps?: number;
}

/** Asks for an account's key until the server takes it; `undefined` is Escape, at whatever point. */
export async function askForKey(
  session: Session,
  account: Account,
  question: KeyQuestion,
): Promise<GivenKey | 'back' | undefined> {
  let given: GivenKey | undefined;
  const answer: InputResult = await ask({
    ...question,
    prompt: keyPrompt(account.baseUrl, question.forSession),
    placeholder: vscode.l10n.t('API key'),
    password: true,
    problem: keyProblem,
    enter: async (value, signal) => {
      const cleaned = cleanKey(value);
      if (!cleaned.ok) return { refusal: keyProblem(value) ?? '' };
      for (;;) {
        const check = await session.check(account, cleaned.key, signal);
        switch (check.kind) {
          case 'accepted':
            given = { key: cleaned.key, owner: check.owner, checked: true };
            return undefined;
          case 'refused':
            return { refusal: refusalWords(check.error) };
          case 'cancelled':
            return { refusal: '' };
          case 'unchecked':
            break;
        }
        const choice = await keepUnchecked(check.error);
        if (signal.aborted) return { refusal: '' };
        if (choice === 'keep') {
          given = { key: cleaned.key, owner: undefined, checked: false };
          return undefined;
        }
        if (choice === undefined) return { refusal: uncheckedWords(check.error) };
      }
    },
  });
  return answer.kind === 'back' ? 'back' : answer.kind === 'entered' ? given : undefined;
}

/**
 * Keeps the key; where the keyring can't, asks whether to use it for this session only.
 * @param keep keeps it at the place that it is given
 * @returns where it is now; undefined where it was given up
 */
export async function keepOrUseForSession(
  keep: (where: KeptKey['where']) => Promise<void>,
): Promise<KeptKey['where'] | undefined> {
  const tryAgain = vscode.l10n.t('Retry');
  const thisSession = vscode.l10n.t('Use for This Session Only');
  for (;;) {
    try {
      await keep('keyring');
      return 'keyring';
    } catch (error) {
      if (!(error instanceof KeyringError)) throw error;
      const choice = await notify.warn(keyringWords(error), thisSession, tryAgain);
      if (choice === undefined) return undefined;
      if (choice === tryAgain) continue;
      await keep('session');
      return 'session';
    }
  }
}

/** Says whose key is in use now, and for how long. */
export function tellKept(account: Account, { owner, checked }: GivenKey, where: KeptKey['where']): void {
  const host = account.address.ok ? account.address.host : account.baseUrl;
  const whose = ownerWords(owner);
  const kept =
    where === 'keyring'
      ? whose === undefined
        ? vscode.l10n.t('API key saved for {0}.', host)
        : vscode.l10n.t('API key saved for {0}: {1}.', host, whose)
      : whose === undefined
        ? vscode.l10n.t('API key set for {0} until you close this window.', host)
        : vscode.l10n.t('API key set for {0} until you close this window: {1}.', host, whose);
  const message = checked ? kept : vscode.l10n.t("{0} It hasn't been verified yet.", kept);
  void notify.info(message);
}

function keyProblem(value: string): string | undefined {
  const cleaned = cleanKey(value);
  if (cleaned.ok) return undefined;
  return cleaned.reason === 'empty'
    ? vscode.l10n.t('Enter an API key.')
    : vscode.l10n.t("This contains characters that can't be in an API key, such as a line break.");
}

function refusalWords(error: ApiError): string {
  return error.kind === 'unauthorized'
    ? vscode.l10n.t("The server rejected this API key. Check that it's complete and belongs to this address.")
    : errorWords(error, { kind: 'checkingKey' }).message;
}

function uncheckedWords(error: ApiError): string {
  return vscode.l10n.t("Couldn't verify the API key. {0}", errorWords(error, { kind: 'checkingKey' }).message);
}

async function keepUnchecked(error: ApiError): Promise<'keep' | 'again' | undefined> {
  const keep = vscode.l10n.t('Save Anyway');
  const again = vscode.l10n.t('Retry');
  const choice = await notify.warn(uncheckedWords(error), keep, again);
  return choice === keep ? 'keep' : choice === again ? 'again' : undefined;
}

/** "Ada (ada@example.test)" */
function ownerWords(owner: KeyOwner | undefined): string | undefined {
  const name = breakLinks(toVisibleLine(owner?.name ?? '').trim());
  const email = breakLinks(toVisibleLine(owner?.email ?? '').trim());
  if (name === '') return email === '' ? undefined : email;
  return email === '' ? name : vscode.l10n.t('{0} ({1})', name, email);
}
