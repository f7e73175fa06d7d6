import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/event';
import { commands } from '../../manifest';
import type { Log } from '../log';
import { notify } from '../notify';
import { baseUrlProblemWords, keyringWords } from '../format/keyring';
import type { Account } from './account';
import type { KeyringError } from './keyVault';
import type { Session } from './session';
import type { SessionState } from './state';

/** Whether the account's address can't be used, in which case the user was told and offered the setting. */
export function toldOfBadAddress(account: Account): boolean {
  if (account.address.ok) return false;
  const openSettings = vscode.l10n.t('Open Settings');
  const why = baseUrlProblemWords(account.address.reason);
  const message = vscode.l10n.t("Can't use {0} as the base URL. {1}", JSON.stringify(account.baseUrl), why);
  void notify.error(message, openSettings).then((chosen) => {
    if (chosen === openSettings) void vscode.commands.executeCommand(commands.openSettings);
  });
  return true;
}

/** Tells of an address that can't be used, or of a keyring that could not tell, and offers what helps. @param forget has the same trouble told again: the user asked for another try */
async function tellTrouble(
  session: Session,
  state: Extract<SessionState, { kind: 'noKey' }>,
  log: Log,
  forget: () => void,
): Promise<void> {
  if (toldOfBadAddress(state.account) || state.keyring === undefined) return;
  log.problem('keyring', state.keyring);
  await offerWayOut(session, state.keyring, forget);
}

async function offerWayOut(session: Session, trouble: KeyringError, forget: () => void): Promise<void> {
  const setKey = vscode.l10n.t('Set API Key');
  const forSession = vscode.l10n.t('Use a Key for This Session Only');
  const tryAgain = vscode.l10n.t('Retry');
  const offered = trouble.kind === 'rubbish' ? [setKey] : [forSession, tryAgain];
  const chosen = await notify.warn(keyringWords(trouble), ...offered);
  if (chosen === setKey) await vscode.commands.executeCommand(commands.setApiKey);
  if (chosen === forSession) await vscode.commands.executeCommand(commands.setApiKey, 'session');
  if (chosen === tryAgain) {
    forget();
    await session.tryAgain();
  }
}

/** Says why there is no key where one may well be kept, since the welcome view looks as if there were none. */
export function tellTroubles(session: Session, log: Log): Disposable {
  let told: string | undefined;
  return session.onDidChange((state) => {
    if (state.kind === 'unread' || state.kind === 'reading') return;
    const trouble = troubleOf(state);
    // Once for each trouble, not once for each look at it.
    if (trouble === told) return;
    told = trouble;
    if (state.kind !== 'noKey' || trouble === undefined) return;
    void tellTrouble(session, state, log, () => (told = undefined));
  });
}

function troubleOf(state: SessionState): string | undefined {
  if (state.kind !== 'noKey') return undefined;
  return state.account.address.ok ? state.keyring?.kind : state.account.baseUrl;
}
