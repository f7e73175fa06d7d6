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
        vscode.l10n.t("This isn't a valid conversation link. It may have been cut off. Copy it again."),
      );
      return;
    }
    const { ready, namesOf, show } = this.dependencies;
    await ready();
    const { origin, id } = place;
    const host = visible(hostOf(origin));
    const names = namesOf(origin);
    if (names.length === 0) {
      const said = vscode.l10n.t("The link wasn't opened because none of your accounts uses its server, {0}.", host);
      void notify.error(said);
      return;
    }
    const open = vscode.l10n.t('Open');
    const chosen = await notify.info(
      vscode.l10n.t('Open conversation {0} from {1}?', visible(shortId(id)), names.join(', ')),
      {
        modal: true,
        detail: vscode.l10n.t(
          "A link is asking to open this conversation. It's loaded from {0} and shown. Nothing else happens.",
          host,
        ),
      },
      open,
    );
    if (chosen === open) show(id, origin);
  }
}
