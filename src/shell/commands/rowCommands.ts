import { commands as vscodeCommands } from 'vscode';
import type { TreeNode } from '../../core/view/treeNodes';
import { commands, internalCommands, rowClicks } from '../../manifest';
import { treeHasFocus } from '../targets';
import { act, type ActDependencies } from './act';

export interface RowDependencies extends ActDependencies {
  readonly selection: () => readonly TreeNode[];
  /** Focuses the row that was selected without it. */
  readonly focusSelected: () => Promise<void>;
  /** Keeps a row from opening while a key only wants it selected. */
  readonly hold: {
    hold(): void;
    swallows(node: TreeNode): boolean;
    settle(selected: TreeNode | undefined): void;
  };
}

export interface ClickDependencies extends RowDependencies {
  /** What is selected when a row's command runs: never nothing, unless the row is gone. */
  readonly acted: () => Promise<readonly TreeNode[]>;
  /** Whether a click comes too late for what the row said then. */
  readonly isPast: (node: TreeNode, turn: 0 | 1) => boolean;
}

/** What VS Code runs for a row that was clicked or selected by a key. */
export function clickCommands(dependencies: ClickDependencies) {
  const { hold, acted, isPast } = dependencies;
  const doWhatRowSays = act(dependencies);
  const clicked = (turn: 0 | 1) => async (): Promise<void> => {
    // It is run where one row alone is selected, and after its selection was told.
    const [node, another] = await acted();
    if (node === undefined || another !== undefined || hold.swallows(node) || isPast(node, turn)) return;
    await doWhatRowSays(node, true);
  };
  return { [rowClicks[0]]: clicked(0), [rowClicks[1]]: clicked(1) };
}

/** What keys do on rows; no menu offers these. */
export function rowCommands(dependencies: RowDependencies) {
  const { hold, selection } = dependencies;
  const doWhatRowSays = act(dependencies);
  /** For commands that keys run after they had the focused row selected. */
  const settled = (): TreeNode | undefined => {
    const [selected] = selection();
    hold.settle(selected);
    return selected;
  };
  return {
    [internalCommands.holdOpening]: () => hold.hold(),
    [internalCommands.focusSelected]: dependencies.focusSelected,
    [internalCommands.enter]: () => {
      const node = settled();
      return node && doWhatRowSays(node, false);
    },
    [internalCommands.copyFocused]: async () => {
      await dependencies.focusSelected();
      // When several selected rows go, VS Code (1.100.3) keeps `listMultiSelection` set: no keybinding can tell the two cases apart.
      if (selection().length < 2) {
        hold.hold();
        await vscodeCommands.executeCommand('list.selectAndPreserveFocus');
        settled();
      }
      return vscodeCommands.executeCommand(commands.copyId, treeHasFocus);
    },
  };
}
