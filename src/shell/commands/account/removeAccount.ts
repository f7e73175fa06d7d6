import * as vscode from 'vscode';
import { notify } from '../../notify';
import type { Account } from '../../session/account';
import { KeyringError } from '../../session/keyringError';
import { firstAccountId } from '../../session/keyVault';
import type { Session } from '../../session/session';
import { keyringWords } from '../../words/keyring';

/** `Remove Account…`: picks one of those that were added, and removes it with its key. */
export async function removeAccount(session: Session): Promise<void> {
  const items = session.accounts.list
    .filter(({ id }) => id !== firstAccountId)
    .map((account) => ({ label: account.name, description: account.baseUrl, account }));
  if (items.length === 0) {
    const words = vscode.l10n.t(
      "There are no added accounts to remove. To remove the first account's key, run Clear API Key.",
    );
    void notify.info(words);
    return;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Remove Account'),
    placeHolder: vscode.l10n.t('Select an account to remove from this machine, with its API key'),
  });
  if (picked !== undefined) await removeAsked(session, picked.account);
}

/** Asks first: a key is shown once when it is made, and can't be had again. */
export async function removeAsked(session: Session, account: Account): Promise<boolean> {
  const remove = vscode.l10n.t('Remove');
  const detail = vscode.l10n.t('Its API key is removed too. Nothing changes on the server.');
  const question = vscode.l10n.t('Remove the account "{0}"?', account.name);
  const choice = await notify.warn(question, { modal: true, detail }, remove);
  if (choice !== remove) return false;
  try {
    await session.removeAccount(account);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    const anyway = vscode.l10n.t('Remove Anyway');
    if ((await notify.warn(keyringWords(error), anyway)) !== anyway) return false;
    await session.removeAccount(account, true);
  }
  void notify.info(vscode.l10n.t('Removed the account "{0}" and its API key.', account.name));
  return true;
}
