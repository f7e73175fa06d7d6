import { commands as vscodeCommands, l10n } from 'vscode';
import type { Conversation } from '../core/model/conversation';
import type { Transcript } from '../core/model/transcript';
import type { TreeNode } from '../core/view/treeNodes';
import { commands } from '../manifest';
import type { App } from './app';
import { notify } from './notify';
import { hostOf } from './format/errors';

/** What a command is to act on: the row is missing where a conversation was opened by its id alone. */
export interface ConversationTarget {
  readonly id: string;
  /** The server that it is on; undefined where there is no account. */
  readonly origin: string | undefined;
  readonly conversation: Conversation | undefined;
}

export interface ReadConversation extends Omit<ConversationTarget, 'origin'> {
  readonly transcript: Transcript;
}

export interface TargetSources {
  readonly selection: () => readonly TreeNode[];
  readonly find: (id: string) => Conversation | undefined;
  /** Of the current account's server, which the rows are of. */
  readonly origin: () => string | undefined;
  /** The conversation of the details panel, where the reader touched that last. */
  readonly activePanel: () => ConversationTarget | undefined;
}

/** What keys pass that work in the tree only: with the focus there it is the rows, whatever was touched last. */
export const treeHasFocus = 'tree';

/**
 * What a command is to act on, from what VS Code passes: (row, selected rows) from the tree's menu, with the second
 * missing on a row outside the selection; a panel's address from an editor's menu; nothing from palette and keys. Without
 * a row it is the panel that has the focus, else what is selected in the tree.
 */
export function findTargets(args: readonly unknown[], sources: TargetSources): readonly ConversationTarget[] {
  const [row, rows] = args;
  if (isNode(row)) return toTargets(Array.isArray(rows) ? rows.filter(isNode) : [row], sources);
  const active = row === treeHasFocus ? undefined : sources.activePanel();
  if (active !== undefined) return [{ ...active, origin: active.origin ?? sources.origin() }];
  return toTargets(sources.selection(), sources);
}

/** A row that is not there any more, as another account's, may still be selected: VS Code is told of it later. */
function toTargets(nodes: readonly TreeNode[], { find, origin }: TargetSources): readonly ConversationTarget[] {
  // One conversation may stand in several rows.
  const ids = new Set(nodes.flatMap((node) => (node.kind === 'conversation' ? [node.conversationId] : [])));
  return [...ids].flatMap((id) => {
    const conversation = find(id);
    return conversation === undefined ? [] : [{ id, origin: origin(), conversation }];
  });
}

function isNode(value: unknown): value is TreeNode {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}

/**
 * Which of the two the reader touched last: a panel stays VS Code's active editor while rows are selected in the tree.
 * Opening a row touches both, and they then mean the same conversation.
 */
export class LastTouched {
  private panel = false;

  noteActivePanel(active: string | undefined): void {
    this.panel = active !== undefined;
  }

  /** @param opened the conversation of the active panel: selecting its own row is no turning away from it */
  noteSelection(selected: readonly TreeNode[], opened: string | undefined): void {
    const [first, ...others] = selected;
    const isOpened = first?.kind === 'conversation' && first.conversationId === opened && others.length === 0;
    if (selected.length > 0 && !isOpened) this.panel = false;
  }

  get isPanel(): boolean {
    return this.panel;
  }
}

/**
 * Whether conversations are the current account's server's; says whose they are where not. Whoever has an id can read its
 * conversation: no other server is told of it.
 * @param origin of the current account's API
 */
export function ensureCurrentServer(origin: string, targets: readonly Pick<ConversationTarget, 'origin'>[]): boolean {
  const other = targets.find((target) => target.origin !== undefined && target.origin !== origin)?.origin;
  if (other === undefined) return true;
  const switchAccount = l10n.t('Switch Account');
  const message = l10n.t('This conversation is on {0}. Switch to an account on that server.', hostOf(other));
  void notify.info(message, switchAccount).then((chosen) => {
    if (chosen === switchAccount) return vscodeCommands.executeCommand(commands.switchAccount);
    return undefined;
  });
  return false;
}

/** The conversations that a command acts on; without any, the user gets a hint. */
export function targetsOrHint(app: Pick<App, 'targets'>, args: readonly unknown[]): readonly ConversationTarget[] {
  const found = app.targets(args);
  if (found.length === 0) {
    void notify.info(l10n.t('Select a conversation in the Conversations view, or open one.'));
  }
  return found;
}
