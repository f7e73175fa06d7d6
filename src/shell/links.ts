import { env, l10n } from 'vscode';
import { type ConversationRef, formatConversationLink } from '../core/text/conversationLink';
import { extensionId } from '../manifest';
import { notify } from './notify';

export function createConversationLink(conversation: ConversationRef): string {
  return formatConversationLink(env.uriScheme, extensionId, conversation);
}

/** A notification, because the user must know this before sharing the links. */
export function warnAboutLinks(count: number): void {
  void notify.info(
    count === 1
      ? l10n.t('Copied the link. Anyone with the link can read the conversation.')
      : l10n.t('Copied {0} links. Anyone with a link can read its conversation.', count),
  );
}
