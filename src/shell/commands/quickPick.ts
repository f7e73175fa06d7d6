import type * as vscode from 'vscode';
import { isolated } from '../../core/text/directions';
import { shortId, unlinked, visible } from '../../core/text/label';
import { assistantWords } from '../words/filter';

/**
 * Keeps items in the order given while text is typed. VS Code sorts by where the label matches otherwise; its switch for
 * that is there in every version that this extension runs on, though not in its published types.
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  Object.assign(pick, { sortByLabel: false });
}

/**
 * A stranger's text in a quick pick or an input box: `$(trash)` in it is text, not an icon; and no link or picture, since VS
 * Code shows description and detail as Markdown once the mouse rests on them.
 */
export function plainLabel(text: string): string {
  return unlinked(text).replace(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, '\\$&');
}

/** The assistant's name; a deleted one has none. */
export function assistantLabel(name: string | undefined, uuid: string): string {
  return plainLabel(isolated(assistantWords(name, uuid)));
}

/** What tells namesakes apart. */
export function shortIdLabel(id: string): string {
  return plainLabel(visible(shortId(id)));
}
