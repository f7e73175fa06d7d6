import { headOf } from '../../../core/view/details';
import type { ConversationTarget } from '../../targets';
import { plainLabel } from '../quickPick';

/** What the reader knows a conversation by: its row's label, else its short id. */
export function labelOfTarget({ id, conversation }: ConversationTarget): string {
  return headOf({ id, row: conversation, transcript: undefined }).label;
}

/** The same for the status bar. */
export function statusBarLabelOf(target: ConversationTarget): string {
  return plainLabel(labelOfTarget(target));
}
