import { commands } from '../../manifest';
import type { ConversationTarget } from '../targets';
import { targetsOrHint, type CopyDeps } from './copy/deps';
import { openConversations, type ConversationOpener } from './openConversations';
import { revealInTree } from './revealInTree';
import { showNeighbour, type NeighbourDependencies } from './showNeighbour';

export interface PanelDependencies extends CopyDeps, Pick<NeighbourDependencies, 'model' | 'show'> {
  readonly details: ConversationOpener & {
    readonly active: { readonly id: string } | undefined;
    keepOpen(): void;
    reload(): Promise<void>;
  };
  /** Opens conversations as documents. */
  readonly openAs: (conversations: readonly ConversationTarget[], format: 'json' | 'markdown') => Promise<void>;
  /** @returns whether the tree has a row for it */
  readonly reveal: (conversationId: string) => Promise<boolean>;
}

/** The commands that open conversations, and those of their panels. */
export function panelCommands(dependencies: PanelDependencies) {
  const { details, reveal } = dependencies;
  const neighbour = showNeighbour({ ...dependencies, active: () => details.active?.id });
  const openAs =
    (format: 'json' | 'markdown') =>
    (...args: unknown[]) =>
      dependencies.openAs(targetsOrHint(dependencies, args), format);
  return {
    [commands.openConversation]: (...args: unknown[]) => openConversations(targetsOrHint(dependencies, args), details),
    [commands.openAsJson]: openAs('json'),
    [commands.openAsMarkdown]: openAs('markdown'),
    [commands.nextConversation]: () => neighbour(1),
    [commands.previousConversation]: () => neighbour(-1),
    [commands.revealInTree]: revealInTree({ active: () => details.active?.id, reveal }),
    [commands.keepOpen]: () => details.keepOpen(),
    [commands.reloadConversation]: () => details.reload(),
  };
}
