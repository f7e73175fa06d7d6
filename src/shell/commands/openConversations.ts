import type { ConversationTarget } from '../targets';

export interface ConversationOpener {
  show(
    id: string,
    options: { readonly preserveFocus: boolean; readonly keep: boolean; readonly origin: string | undefined },
  ): void;
}

/** `Open Conversation`: one in the panel that browsing reuses; several each in a panel of its own. */
export function openConversations(
  targets: readonly Pick<ConversationTarget, 'id' | 'origin'>[],
  details: ConversationOpener,
): void {
  const keep = targets.length > 1;
  for (const { id, origin } of targets) details.show(id, { preserveFocus: false, keep, origin });
}
