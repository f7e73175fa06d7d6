import * as vscode from 'vscode';
import { toldOfBadAddress } from '../../session/badAddress';
import type { Session } from '../../session/session';
import { askForKey, keepOrUseForSession, tellKept } from './askForKey';

/**
 * `Set API Key…`: for the current account, which is also where leaving sample data leads.
 * @param place `session` leaves the keyring alone
 */
export async function setApiKey(session: Session, place?: unknown): Promise<void> {
  const account = session.account;
  if (toldOfBadAddress(account)) return;
  const several = session.accounts.list.length > 1;
  const title = several ? vscode.l10n.t('Set API Key: {0}', account.name) : vscode.l10n.t('Set API Key');
  const forSession = place === 'session';
  const given = await askForKey(session, account, { title, forSession });
  if (given === undefined || given === 'back') return;
  if (forSession) {
    await session.setKey(account, given.key, 'session');
    return tellKept(account, given, 'session');
  }
  const where = await keepOrUseForSession((kept) => session.setKey(account, given.key, kept));
  if (where !== undefined) tellKept(account, given, where);
}
