import * as vscode from 'vscode';
import { commands } from '../../manifest';
import type { Log } from '../log';
import { notify } from '../notify';
import { keyringWords } from '../words/keyring';
import { toldOfBadAddress } from './badAddress';
import type { KeyringError } from './keyringError';
import type { Session } from './session';
import type { SessionState } from './state';

/** Tells of an address that can't be used, or of a keyring that could not tell, and offers what helps. @param forget has the same trouble told again: the user asked for another try */
export async function tellTrouble(
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
