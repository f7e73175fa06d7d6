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
  const byDay = node.parent.path[0].by === 'day';
  const assistant = byDay ? visible(conversation.assistantName ?? '').trim() : '';
  const description = [conversationDescription(conversation, context, assistant), off ? l10n.t('AI off') : '']
    .filter((part) => part !== '')
    .join(' · ');
  return {
    label,
    description,
    icon: off ? 'circle-slash' : typeIcon(conversation.type),
    ...(off && { color: 'disabledForeground' }),
    context: 'conversation',
    spoken: conversationSpoken(conversation, context),
  };
}
