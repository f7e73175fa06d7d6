import * as vscode from 'vscode';
import { conversationLink } from '../../../core/text/conversationLink';
import { extensionId } from '../../../manifest';
import { notify } from '../../notify';
import { targetsOrHint, type CopyDeps } from './deps';

/** `Copy Link`: addresses that open conversations in the reader's own VS Code, one a line. */
export function createCopyLink(deps: CopyDeps): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const links = targetsOrHint(deps, args).flatMap(({ id, origin }) =>
      origin === undefined ? [] : [conversationLink(vscode.env.uriScheme, extensionId, { origin, id })],
    );
    if (links.length === 0) return;
    await vscode.env.clipboard.writeText(links.join('\n'));
    // Not only in the status bar: who passes a link on has to know.
    void notify.info(
      links.length === 1
        ? vscode.l10n.t('Copied the link. Anyone with the link can read the conversation.')
        : vscode.l10n.t('Copied {0} links. Anyone with a link can read its conversation.', links.length),
    );
  };
}
