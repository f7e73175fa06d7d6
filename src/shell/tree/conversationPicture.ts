import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { Verdict } from '../../core/model/annotation';
import { isolated } from '../../core/text/isolated';
import { labelOf, shortId, visible } from '../../core/text/label';
import type { ConversationNode } from '../../core/view/treeNodes';
import { labelIcons } from '../labels/icon';
import { conversationDescription, conversationSpoken } from '../words/conversation';
import { assistantWords, namesakeWords } from '../words/filter';
import { annotationSpoken, noteBeginning } from '../words/labels';
import type { PictureContext, RowPicture } from './picture';
import { typeIcon } from './typeIcon';

export function conversationPicture(
  node: ConversationNode,
  conversation: Conversation | undefined,
  context: PictureContext,
  sharesName: (assistantId: string) => boolean,
): RowPicture {
  // Rows are dropped before VS Code hears of it; a row on its way out is asked for once more.
  if (conversation === undefined) {
    const label = visible(shortId(node.conversationId));
    return { label, icon: 'comment', context: 'conversation', spoken: label };
  }
  const label = isolated(labelOf(conversation).text);
  const annotation = context.annotationOf(conversation);
  const off = conversation.aiEnabled === false;
  const isNew = context.isNew(node.conversationId);
  const spoken = [conversationSpoken(conversation, context), annotationSpoken(annotation)]
    .filter((part) => part !== '')
    .join(', ');
  const byDay = node.parent.path[0].by === 'day';
  const { assistantId, assistantName } = conversation;
  const named = byDay && visible(assistantName ?? '').trim() !== '';
  const assistant = named
    ? sharesName(assistantId)
      ? namesakeWords(assistantName, assistantId)
      : isolated(assistantWords(assistantName, assistantId))
    : '';
  const description = [
    conversationDescription(conversation, context, assistant),
    off ? l10n.t('AI off') : '',
    noteBeginning(annotation),
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return {
    label,
    description,
    ...conversationIcon(conversation, { isNew, label: annotation?.label }),
    context: 'conversation',
    spoken: isNew ? l10n.t('New: {0}', spoken) : spoken,
  };
}

interface Marks {
  readonly isNew?: boolean;
  readonly label: Verdict | undefined;
}

/** The dot of what is unread, everywhere the same; then what the reader thinks of it, to be seen when going down the rows. */
export function conversationIcon(
  { type, aiEnabled }: Conversation,
  { isNew = false, label }: Marks,
): Pick<RowPicture, 'icon' | 'color'> {
  if (isNew) return { icon: 'circle-filled', color: 'notificationsInfoIcon.foreground' };
  if (label !== undefined) return labelIcons[label];
  return aiEnabled === false ? { icon: 'circle-slash', color: 'disabledForeground' } : { icon: typeIcon(type) };
}
