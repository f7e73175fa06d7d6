import { l10n } from 'vscode';
import { notify } from '../notify';
import { roundTrip } from '../roundTrip';
import type { SendOutcome } from '../running/sender';

/**
 * Says why a message was not sent, where no page on the screen does.
 * @param isSeen whether the page that it was written on is on the screen, with that conversation
 * @param reopen shows the conversation, with the message to be sent again
 */
export async function tellUnseen(outcome: SendOutcome, isSeen: () => boolean, reopen: () => void): Promise<void> {
  if (outcome.kind !== 'failed') return;
  // A tab may be closed already, and this not be told of it yet.
  await roundTrip();
  if (isSeen()) return;
  const open = l10n.t('Open Conversation');
  if ((await notify.error(outcome.message, open)) === open) reopen();
}
