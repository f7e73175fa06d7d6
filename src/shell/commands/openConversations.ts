export interface ConversationOpener {
  show(id: string, options: { readonly preserveFocus: boolean; readonly keep: boolean }): void;
}

/** `Open Conversation`: one in the panel that browsing reuses; several each in a panel of its own. */
export function openConversations(targets: readonly { readonly id: string }[], details: ConversationOpener): void {
  const keep = targets.length > 1;
  for (const { id } of targets) details.show(id, { preserveFocus: false, keep });
}
