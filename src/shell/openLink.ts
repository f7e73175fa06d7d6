import * as vscode from 'vscode';
import { parseConversationLink } from '../core/text/conversationLink';
import { shortId, toVisibleLine } from '../core/text/title';
import { sampleBaseUrl } from '../sample/baseUrl';
import type { App } from './app';
import { hostOf } from './format/errors';
import { notify } from './notify';

/**
 * Opens links of `Copy Link`. Web pages and emails can also contain such links, so it always asks, and only opens conversations
 * on a server of one of the accounts.
 */
export class LinkHandler implements vscode.UriHandler {
  constructor(private readonly app: Pick<App, 'session' | 'details'>) {}

  async handleUri({ path, query }: vscode.Uri): Promise<void> {
    const place = parseConversationLink({ path, query });
    if (place === undefined) {
      void notify.error(
        vscode.l10n.t("This isn't a valid conversation link. It may have been cut off. Copy it again."),
      );
      return;
    }
    await this.app.session.ready();
    const { origin, id, turn } = place;
    const host = toVisibleLine(hostOf(origin));
    const names = this.listNamesOn(origin);
    if (names.length === 0) {
      void notify.error(
        vscode.l10n.t("The link wasn't opened because none of your accounts uses its server, {0}.", host),
      );
      return;
    }
    const open = vscode.l10n.t('Open');
    const chosen = await notify.info(
      vscode.l10n.t('Open conversation {0} from {1}?', toVisibleLine(shortId(id)), names.join(', ')),
      {
        modal: true,
        detail: vscode.l10n.t(
          "A link is asking to open this conversation. It's loaded from {0} and shown. Nothing else happens.",
          host,
        ),
      },
      open,
    );
    if (chosen !== open) return;
    const at = turn === undefined ? {} : { place: { part: 'message', turn, found: '' } as const };
    this.app.details.show(id, { preserveFocus: false, origin, ...at });
  }

  /** Returns the names of the accounts, or of the sample data, on a server. */
  private listNamesOn(origin: string): readonly string[] {
    if (origin === new URL(sampleBaseUrl).origin) return [vscode.l10n.t('Sample data')];
    const { list } = this.app.session.accounts;
    return list.filter(({ address }) => address.ok && address.origin === origin).map(({ name }) => name);
  }
}
