import * as vscode from 'vscode';
import { copy, targetsOrHint, type CopyDeps } from './deps';

/** `Copy Conversation ID`: one a line. */
export function createCopyId(deps: CopyDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const ids = targetsOrHint(deps, args).map(({ id }) => id);
    if (ids.length === 0) return;
    const said =
      ids.length === 1
        ? vscode.l10n.t('Copied 1 conversation ID')
        : vscode.l10n.t('Copied {0} conversation IDs', ids.length);
    await copy(ids.join('\n'), said);
  };
}
