import * as vscode from 'vscode';
import { sampleBaseUrl } from '../../sample/baseUrl';
import type { Accounts } from './accounts';

/** What the reader calls a server: the accounts that are on it, or the sample data. Empty for nobody's. */
export function serverNames(origin: string, accounts: Accounts): readonly string[] {
  if (origin === new URL(sampleBaseUrl).origin) return [vscode.l10n.t('Sample data')];
  return accounts.list.filter(({ address }) => address.ok && address.origin === origin).map(({ name }) => name);
}
