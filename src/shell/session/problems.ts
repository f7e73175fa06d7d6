import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/event';
import { commands } from '../../manifest';
import type { Log } from '../log';
import { notify } from '../notify';
import { formatBaseUrlProblem, formatKeyringError } from '../format/keyring';
import type { Account } from './account';
import type { KeyringError } from './keyVault';
import type { Session } from './session';
import type { SessionState } from './state';

/** Shows an error and offers the setting if the account's base URL is invalid. @returns whether it's invalid */
export function reportInvalidBaseUrl(account: Account): boolean {
  if (account.address.ok) return false;
  const openSettings = vscode.l10n.t('Open Settings');
  const why = formatBaseUrlProblem(account.address.reason);
  const message = vscode.l10n.t("Can't use {0} as the base URL. {1}", JSON.stringify(account.baseUrl), why);
  void notify.error(message, openSettings).then((chosen) => {
    if (chosen === openSettings) void vscode.commands.executeCommand(commands.openSettings);
  });
  return true;
}

/** @param forget makes the same problem show again, because the user chose Retry */
async function notifyKeyProblem(
  session: Session,
  state: Extract<SessionState, { kind: 'noKey' }>,
  log: Log,
  forget: () => void,
): Promise<void> {
  if (reportInvalidBaseUrl(state.account) || state.keyring === undefined) return;
  log.error('keyring', state.keyring);
  await offerRecovery(session, state.keyring, forget);
}

async function offerRecovery(session: Session, error: KeyringError, forget: () => void): Promise<void> {
  const setKey = vscode.l10n.t('Set API Key');
  const forSession = vscode.l10n.t('Use a Key for This Session Only');
  const retry = vscode.l10n.t('Retry');
  const offered = error.kind === 'invalid' ? [setKey] : [forSession, retry];
  const chosen = await notify.warn(formatKeyringError(error), ...offered);
  if (chosen === setKey) await vscode.commands.executeCommand(commands.setApiKey);
  if (chosen === forSession) await vscode.commands.executeCommand(commands.setApiKey, 'session');
  if (chosen === retry) {
    forget();
    await session.retry();
  }
}

/** Shows why no key could be read. The welcome view looks the same as without a stored key. */
export function watchSessionProblems(session: Session, log: Log): Disposable {
  let notified: string | undefined;
  return session.onDidChange((state) => {
    if (state.kind === 'unread' || state.kind === 'reading') return;
    const problem = findProblem(state);
    // Each problem is reported once, not on every attempt.
    if (problem === notified) return;
    notified = problem;
    if (state.kind !== 'noKey' || problem === undefined) return;
    void notifyKeyProblem(session, state, log, () => (notified = undefined));
  });
}

function findProblem(state: SessionState): string | undefined {
  if (state.kind !== 'noKey') return undefined;
  return state.account.address.ok ? state.keyring?.kind : state.account.baseUrl;
}
