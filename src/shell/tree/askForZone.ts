import * as vscode from 'vscode';
import { settings } from '../../manifest';
import { notify } from '../notify';

/** Tells the reader that rows seem to come from the future, and offers the setting. @param zone the one that the server's times are read in */
export async function askForZone(zone: string): Promise<void> {
  const change = vscode.l10n.t('Set Time Zone');
  const chosen = await notify.info(
    vscode.l10n.t(
      "Some conversations have dates in the future. The server's timestamps have no time zone and are read as {0}. Is that right?",
      zone,
    ),
    change,
  );
  if (chosen === change) await vscode.commands.executeCommand('workbench.action.openSettings', settings.timeZone.id);
}
