import { l10n } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import { labelOf, shortId, visible } from '../../core/text/label';
import type { ConversationNode } from '../../core/view/treeNodes';
import { conversationDescription, conversationSpoken } from '../words/conversation';
import type { PictureContext, RowPicture } from './picture';
import { typeIcon } from './typeIcon';

export function conversationPicture(
  node: ConversationNode,
  conversation: Conversation | undefined,
  context: PictureContext,
): RowPicture {
  // Rows are dropped before VS Code hears of it; a row on its way out is asked for once more.
  if (conversation === undefined) {
    const label = visible(shortId(node.conversationId));
    return { label, icon: 'comment', context: 'conversation', spoken: label };
  }
  const label = labelOf(conversation).text;
  const off = conversation.aiEnabled === false;
  const isNew = context.isNew(node.conversationId);
  const spoken = conversationSpoken(conversation, context);
  const byDay = node.parent.path[0].by === 'day';
  const assistant = byDay ? visible(conversation.assistantName ?? '').trim() : '';
  const description = [conversationDescription(conversation, context, assistant), off ? l10n.t('AI off') : '']
    .filter((part) => part !== '')
    .join(' · ');
  return {
    label,
    description,
    ...iconOf(conversation, { off, isNew }),
    context: 'conversation',
    spoken: isNew ? l10n.t('New: {0}', spoken) : spoken,
  };
}

/** The dot of what is unread, everywhere the same; that the AI is off stands in the description, too. */
function iconOf({ type }: Conversation, { off, isNew }: { off: boolean; isNew: boolean }): Pick<RowPicture, 'icon' | 'color'> {
  if (isNew) return { icon: 'circle-filled', color: 'notificationsInfoIcon.foreground' };
  return off ? { icon: 'circle-slash', color: 'disabledForeground' } : { icon: typeIcon(type) };
}
