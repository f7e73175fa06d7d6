import * as vscode from 'vscode';
import { notify } from '../../notify';
import { KeyringError } from '../../session/keyringError';
import type { Session } from '../../session/session';
import { keyringWords } from '../../words/keyring';

/** `Clear API Key`: forgets the current account's key, and says which one that was. */
export async function clearApiKey(session: Session): Promise<void> {
  const account = session.account;
  try {
    await session.clearKey(account);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    void notify.error(keyringWords(error));
    return;
  }
  const host = account.address.ok ? account.address.host : account.baseUrl;
  void notify.info(vscode.l10n.t('Cleared the API key for {0}.', host));
}
