import { commands as vscodeCommands, l10n } from 'vscode';
import type { Conversation } from '../core/model/conversation';
import type { Transcript } from '../core/model/transcript';
import type { TreeNode } from '../core/view/treeNodes';
import { commands } from '../manifest';
import type { App } from './app';
import { notify } from './notify';
import { hostOf } from './format/errors';

/** A conversation that a command acts on. The row is missing if the conversation was opened by its ID. */
export interface ConversationTarget {
  readonly id: string;
  /** The conversation's server. Undefined without an account. */
  readonly origin: string | undefined;
  readonly conversation: Conversation | undefined;
}

export interface ReadConversation extends Omit<ConversationTarget, 'origin'> {
  readonly transcript: Transcript;
}

export interface TargetSources {
  readonly selection: () => readonly TreeNode[];
  readonly find: (id: string) => Conversation | undefined;
  /** Origin of the current account's server, which the rows are from. */
  readonly origin: () => string | undefined;
  /** The conversation of the active panel, if the user used the panel last. */
  readonly activePanel: () => ConversationTarget | undefined;
}

/** Argument of tree-only keybindings: the command acts on the tree's selection. */
export const treeHasFocus = 'tree';

/**
 * Finds a command's targets. VS Code passes (row, selected rows) from the tree's menu, without the second argument if the row
 * isn't selected; a panel's address from an editor's menu; nothing from the Command Palette and keybindings. Without a row, the
 * targets are the active panel's conversation or the selected rows.
 */
export function findTargets(args: readonly unknown[], sources: TargetSources): readonly ConversationTarget[] {
  const [row, rows] = args;
  if (isNode(row)) return toTargets(Array.isArray(rows) ? rows.filter(isNode) : [row], sources);
  const active = row === treeHasFocus ? undefined : sources.activePanel();
  if (active !== undefined) return [{ ...active, origin: active.origin ?? sources.origin() }];
  return toTargets(sources.selection(), sources);
}

/** Skips rows that no longer exist, as after a change of account. VS Code may still report them as selected. */
function toTargets(nodes: readonly TreeNode[], { find, origin }: TargetSources): readonly ConversationTarget[] {
  // One conversation may have several rows.
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
 * Tracks whether the user last used the panel or the tree, because a panel remains VS Code's active editor while rows are
 * selected. Opening a row uses both, and both then mean the same conversation.
 */
export class LastTouched {
  private panel = false;

  noteActivePanel(active: string | undefined): void {
    this.panel = active !== undefined;
  }

  /** @param opened the active panel's conversation: selecting its row doesn't count as using the tree */
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
 * Shows a message if conversations are on another server. Anyone with an ID can read its conversation, so the ID must not be
 * sent there. @returns whether all are on the current server
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

/** Returns a command's targets. Without any, shows a hint. */
export function findTargetsOrHint(app: Pick<App, 'targets'>, args: readonly unknown[]): readonly ConversationTarget[] {
  const found = app.targets(args);
  if (found.length === 0) {
    void notify.info(l10n.t('Select a conversation in the Conversations view, or open one.'));
  }
  return found;
}
