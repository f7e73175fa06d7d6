import * as vscode from 'vscode';
import type { Disposable } from '../../core/util/disposable';
import { commands } from '../../manifest';
import type { Log } from '../log';
import { toldOfBadAddress } from './badAddress';
import type { KeyringError } from './keyringError';
import type { Session } from './session';
import type { SessionState } from './state';

/** Says why there is no key where one may well be kept, since the welcome view looks as if there were none. */
export function tellTroubles(session: Session, log: Log): Disposable {
  let told: string | undefined;
  return session.onDidChange((state) => {
    if (state.kind === 'unread' || state.kind === 'reading') return;
    const trouble = troubleOf(state);
    // Once for each trouble, not once for each look at it.
    if (trouble === told) return;
    told = trouble;
    if (state.kind !== 'noKey' || toldOfBadAddress(state.account) || state.keyring === undefined) return;
    log.problem('keyring', state.keyring);
    void offerWayOut(session, state.keyring, () => (told = undefined));
  });
}

function troubleOf(state: SessionState): string | undefined {
  if (state.kind !== 'noKey') return undefined;
  return state.account.address.ok ? state.keyring?.kind : state.account.baseUrl;
}

/** @param forget has the same trouble told again: the user asked for another try */
async function offerWayOut(session: Session, trouble: KeyringError, forget: () => void): Promise<void> {
  const setKey = vscode.l10n.t('Set API Key');
  const forSession = vscode.l10n.t('Use a Key for This Session Only');
  const tryAgain = vscode.l10n.t('Try Again');
  const offered = trouble.kind === 'rubbish' ? [setKey] : [forSession, tryAgain];
  const { keyringWords } = await import('../words/keyring');
  const chosen = await vscode.window.showWarningMessage(keyringWords(trouble), ...offered);
  if (chosen === setKey) await vscode.commands.executeCommand(commands.setApiKey);
  if (chosen === forSession) await vscode.commands.executeCommand(commands.setApiKey, 'session');
  if (chosen === tryAgain) {
    forget();
    await session.tryAgain();
  }
}
