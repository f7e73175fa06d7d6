import { commands as vscodeCommands } from 'vscode';
import { assertNever } from '../../core/util/assertNever';
import type { NoticeNode, TreeNode } from '../../core/view/treeNodes';
import { commands, internalCommands, rowClickCommands } from '../../manifest';
import type { App } from '../app';
import { treeHasFocus } from '../targets';
import { listActivity } from '../format/activity';
import { formatError, findFirstAction } from '../format/errors';
import { retryList } from './loading';

/** Commands for row clicks and keybindings, which no menu shows. */
export const handlers = {
  [rowClickCommands[0]]: (app: App) => click(app, 0),
  [rowClickCommands[1]]: (app: App) => click(app, 1),
  [internalCommands.holdOpening]: ({ openSuppressor }: App) => openSuppressor.arm(),
  [internalCommands.focusSelected]: ({ view }: App) => view.focusSelected(),
  [internalCommands.enter]: (app: App) => {
    const node = takeSelection(app);
    return node && activateNode(app, node, false);
  },
  [internalCommands.copyFocused]: copyFocused,
};

async function copyFocused(app: App): Promise<void> {
  const { openSuppressor, view } = app;
  await view.focusSelected();
  // VS Code 1.100.3 keeps `listMultiSelection` set after selected rows are removed, so keybindings can't rely on it.
  if (view.selection.length < 2) {
    openSuppressor.arm();
    await vscodeCommands.executeCommand('list.selectAndPreserveFocus');
    takeSelection(app);
  }
  await vscodeCommands.executeCommand(commands.copyId, treeHasFocus);
}

async function click(app: App, turn: 0 | 1): Promise<void> {
  const { openSuppressor, provider, view } = app;
  const isSuppressed = openSuppressor.consume();
  // VS Code runs this after it reported the selection, and only if a single row is selected.
  const [node, another] = await provider.scheduler.clickedNodes(() => view.selection);
  if (isSuppressed || node === undefined || another !== undefined || provider.isStaleClick(node, turn)) return;
  await activateNode(app, node, true);
}

/** Returns the row that a keybinding selected just before it ran its command. */
function takeSelection({ openSuppressor, view }: App): TreeNode | undefined {
  const [selected] = view.selection;
  void openSuppressor.disarm();
  return selected;
}

/** Opens a row's conversation, loads more, or runs the first action that a notice offers. */
async function activateNode(app: App, node: TreeNode, preserveFocus: boolean): Promise<void> {
  switch (node.kind) {
    case 'conversation':
      return app.details.show(node.conversationId, { preserveFocus });
    case 'more':
      return run(commands.loadMore, node);
    case 'rest':
      return app.provider.showMore(node.parent);
    case 'notice':
      return runNoticeAction(app, node);
    case 'group':
      return;
    default:
      return assertNever(node);
  }
}

async function runNoticeAction(app: App, node: NoticeNode): Promise<void> {
  const notice = app.provider.model.findNotice(node);
  switch (notice?.kind) {
    case undefined:
      return;
    case 'failed': {
      const action = findFirstAction(formatError(notice.failure.error, listActivity(node.list)).actions);
      if (action === 'setApiKey') return run(commands.setApiKey);
      if (action === 'openSettings') return run(commands.openSettings);
      return retryList(app, node.list);
    }
    case 'empty':
      return run(commands.refresh);
    case 'nothingMatches':
      return run(commands.clearFilter);
    case 'noneMatchYet':
      return run(commands.loadMore, node);
    case 'rejected':
      return run(commands.showLog);
    case 'mayLackRows':
      return run(commands.reload);
    default:
      return assertNever(notice);
  }
}

async function run(command: string, ...args: unknown[]): Promise<void> {
  await vscodeCommands.executeCommand(command, ...args);
}
