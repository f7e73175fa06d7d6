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
}

export interface ClickDependencies extends RowDependencies {
  /** Resolves when VS Code knows again what is selected. */
  readonly selectionIsKnown: () => Promise<void> | undefined;
  /** Tells, of the rows as they are shown at the time of the call, whether a click comes too late for what one said. */
  readonly past: () => (node: TreeNode) => boolean;
}

/** What VS Code runs for a row that was clicked or selected by a key. It looks at what is shown before it waits. */
export function clickCommand(dependencies: ClickDependencies): Handlers {
  const { hold, selection, selectionIsKnown, past } = dependencies;
  const doWhatRowSays = act(dependencies);
  return {
    [internalCommands.act]: async () => {
      const isPast = past();
      await selectionIsKnown();
      // It is run where one row alone is selected, and after its selection was told.
      const [node, another] = selection();
      if (node === undefined || another !== undefined || hold.swallows(node) || isPast(node)) return;
      await doWhatRowSays(node, true);
    },
  };
}

/** What keys do on rows; no menu offers these. */
export function rowCommands(dependencies: RowDependencies): Handlers {
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
