import * as vscode from 'vscode';
import { visible } from '../../../core/text/label';
import { longestName, savedFilterName } from '../../../core/view/savedFilter';
import { notify } from '../../notify';

/** Asks for the name of a saved filter; undefined where the reader gave up. */
export async function askForName(title: string, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    value,
    prompt: vscode.l10n.t('Filter name'),
    ignoreFocusOut: true,
    validateInput: (text) => problemWith(text),
  });
  return typed === undefined ? undefined : savedFilterName(typed);
}

function problemWith(text: string): string | undefined {
  if (savedFilterName(text) !== undefined) return undefined;
  if (text.trim() === '') return vscode.l10n.t('Enter a name.');
  return text.length > longestName
    ? vscode.l10n.t('Use at most {0} characters.', longestName)
    : vscode.l10n.t("This name isn't allowed. Enter another one.");
}

/** @returns whether a filter of that name may be replaced */
export async function mayReplace(name: string): Promise<boolean> {
  const replace = vscode.l10n.t('Replace');
  const question = vscode.l10n.t('A saved filter named "{0}" already exists. Replace it?', visible(name));
  return (await notify.warn(question, { modal: true }, replace)) === replace;
}

/** Changes the settings, and says why where they can't be changed. @returns whether it was done */
export async function changed(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void notify.error(vscode.l10n.t("Couldn't change the settings: {0}", why));
    return false;
  }
}
