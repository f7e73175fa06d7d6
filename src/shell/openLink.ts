import * as vscode from 'vscode';
import { parseConversationLink } from '../core/text/conversationLink';
import { shortId, visible } from '../core/text/label';
import { notify } from './notify';
import { hostOf } from './words/errors';

export interface LinkDependencies {
  /** Resolves once it is settled who we talk to. */
  readonly ready: () => Promise<unknown>;
  /** Names of those, accounts or sample data, that a server belongs to; none for a server of nobody's. */
  readonly namesOf: (origin: string) => readonly string[];
  readonly show: (id: string, origin: string) => void;
}

/**
 * Opens the links that `Copy Link` makes. A web page or a mail can make one too: so the reader is asked, whatever VS Code
 * asked before, and a link does nothing but show a conversation of a server that the reader has an account of.
 */
export class LinkHandler implements vscode.UriHandler {
  constructor(private readonly dependencies: LinkDependencies) {}

  async handleUri({ path, query }: vscode.Uri): Promise<void> {
    const place = parseConversationLink({ path, query });
    if (place === undefined) {
      void notify.error(
        vscode.l10n.t('This link is not one to a conversation: it may have been cut off. Copy it again.'),
      );
      return;
    }
    const { ready, namesOf, show } = this.dependencies;
    await ready();
    const { origin, id } = place;
    const host = visible(hostOf(origin));
    const names = namesOf(origin);
    if (names.length === 0) {
      const said = vscode.l10n.t(
        'This link is to a conversation on {0}, which is none of your accounts’ servers. It was not opened.',
        host,
      );
      void notify.error(said);
      return;
    }
    const open = vscode.l10n.t('Open');
    const chosen = await notify.info(
      vscode.l10n.t('Open the conversation {0} of {1}?', visible(shortId(id)), names.join(', ')),
      {
        modal: true,
        detail: vscode.l10n.t('A link asks for it. It is read from {0}, and shown; nothing else happens.', host),
      },
      open,
    );
    if (chosen === open) show(id, origin);
  }
}
