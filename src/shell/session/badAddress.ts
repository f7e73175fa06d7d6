import * as vscode from 'vscode';
import { commands } from '../../manifest';
import { notify } from '../notify';
import type { Account } from './account';
import { baseUrlProblemWords } from '../words/address';

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
