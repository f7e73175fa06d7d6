import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { isolated } from '../../core/text/directions';
import { shortId, visible } from '../../core/text/label';

/**
 * "Booking Bot 7c9e6679". VS Code keeps the titles of tabs on disk, so nothing that was said, and nobody's name, may
 * stand there; the page itself says whom the conversation is with.
 */
export function tabTitle(id: string, row: Conversation | undefined): string {
  const assistant = visible(row?.assistantName ?? '').trim();
  const short = visible(shortId(id));
  return assistant === '' ? l10n.t('Conversation {0}', short) : `${isolated(assistant)} ${short}`;
}
