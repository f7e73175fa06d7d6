import { commands } from '../../manifest';
import { targetsOrHint, type CopyDeps } from './copy/deps';
import { openConversations, type ConversationOpener } from './openConversations';
import type { Handlers } from './register';
import { revealInTree } from './revealInTree';

export interface PanelDependencies extends CopyDeps {
  readonly details: ConversationOpener & {
    readonly active: { readonly id: string } | undefined;
    keepOpen(): void;
    reload(): Promise<void>;
  };
  readonly documents: { open(ids: readonly string[]): Promise<void> };
  /** @returns whether the tree has a row for it */
  readonly reveal: (conversationId: string) => Promise<boolean>;
}

/** The commands that open conversations, and those of their panels. */
export function panelCommands(dependencies: PanelDependencies): Handlers {
  const { details, documents, reveal } = dependencies;
  return {
    [commands.openConversation]: (...args: unknown[]) => openConversations(targetsOrHint(dependencies, args), details),
    [commands.openAsJson]: (...args: unknown[]) => documents.open(targetsOrHint(dependencies, args).map(({ id }) => id)),
    [commands.revealInTree]: revealInTree({ active: () => details.active?.id, reveal }),
    [commands.keepOpen]: () => details.keepOpen(),
    [commands.reloadConversation]: () => details.reload(),
  };
}
