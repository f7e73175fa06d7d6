import { unlinked } from '../../../core/text/label';
import { headOf } from '../../../core/view/details';
import type { ConversationTarget } from '../../targets';
import { plainLabel } from '../quickPick';

/**
 * What the reader knows a conversation by: its row's label, else its short id. A stranger may have written it: VS Code
 * makes links of what looks like one in a notification, and icons in the status bar.
 */
export function labelOfTarget({ id, conversation }: ConversationTarget): string {
  return unlinked(headOf({ id, row: conversation, transcript: undefined }).label);
}

/** The same for the status bar. */
export function statusBarLabelOf(target: ConversationTarget): string {
  return plainLabel(labelOfTarget(target));
}
