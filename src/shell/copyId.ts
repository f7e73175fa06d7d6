import * as vscode from 'vscode';
import { shortId, toVisibleLine } from '../core/text/title';
import { plainLabel } from './format/plainLabel';

/** Copies IDs, one per line. The status bar shows which. */
export async function copyConversationIds(ids: readonly string[]): Promise<void> {
  await vscode.env.clipboard.writeText(ids.join('\n'));
  reportCopiedIds(ids);
}

/** The status bar would render `$(icon)` in an ID. */
export function reportCopiedIds(ids: readonly string[]): void {
  const message =
    ids.length === 1
      ? vscode.l10n.t('Copied conversation ID {0}', plainLabel(toVisibleLine(shortId(ids[0] ?? ''))))
      : vscode.l10n.t('Copied {0} conversation IDs', ids.length);
  vscode.window.setStatusBarMessage(message, 4000);
}
