import { commands as vscodeCommands } from 'vscode';
import type { TreeNode } from '../../core/view/treeNodes';
import { commands, internalCommands } from '../../manifest';
import { treeHasFocus } from '../targets';
import { act, type ActDependencies } from './act';
import type { Handlers } from './register';

export interface RowDependencies extends ActDependencies {
  readonly selection: () => readonly TreeNode[];
  /** Keeps a row from opening while a key only wants it selected. */
  readonly hold: {
    hold(): void;
    swallows(node: TreeNode): boolean;
    settle(selected: TreeNode | undefined): void;
  };
  /** Whether a click comes too late for what the row said when it was clicked. */
  readonly isPast: (node: TreeNode, seen: string) => boolean;
}

/** What clicks and keys do on rows; no menu offers these. */
export function rowCommands(dependencies: RowDependencies): Handlers {
  const { hold, selection, isPast } = dependencies;
  const doWhatRowSays = act(dependencies);
  /** For commands that keys run after they had the focused row selected. */
  const settled = (): TreeNode | undefined => {
    const [selected] = selection();
    hold.settle(selected);
    return selected;
  };
  return {
    [internalCommands.act]: (node: TreeNode, seen: string) =>
      hold.swallows(node) || isPast(node, seen) ? undefined : doWhatRowSays(node, true),
    [internalCommands.holdOpening]: () => hold.hold(),
    [internalCommands.enter]: () => {
      const node = settled();
      return node && doWhatRowSays(node, false);
    },
    [internalCommands.copyFocused]: () => {
      settled();
      return vscodeCommands.executeCommand(commands.copyId, treeHasFocus);
    },
  };
}
