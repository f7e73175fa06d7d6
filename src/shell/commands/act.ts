import { commands as vscodeCommands } from 'vscode';
import type { ListKey } from '../../core/store/snapshot';
import { assertNever } from '../../core/util/assertNever';
import type { TreeModel } from '../../core/view/treeModel';
import type { GroupNode, NoticeNode, TreeNode } from '../../core/view/treeNodes';
import { commands } from '../../manifest';

export interface ActDependencies {
  readonly model: () => TreeModel;
  readonly open: (conversationId: string, options: { readonly preserveFocus: boolean }) => void;
  readonly showRest: (group: GroupNode) => void;
  readonly retry: (list: ListKey) => Promise<void>;
}

/** Does what a row stands for: opens it, reads on, or does the first thing that helps with the state it tells of. */
export function act(dependencies: ActDependencies) {
  return async (node: TreeNode, preserveFocus: boolean): Promise<void> => {
    switch (node.kind) {
      case 'conversation':
        return dependencies.open(node.conversationId, { preserveFocus });
      case 'more':
        return run(commands.loadMore, node);
      case 'rest':
        return dependencies.showRest(node.parent);
      case 'notice':
        return help(node, dependencies);
      case 'group':
        return;
      default:
        return assertNever(node);
    }
  };
}

async function help(node: NoticeNode, { model, retry }: ActDependencies): Promise<void> {
  const notice = model().notice(node);
  switch (notice?.kind) {
    case undefined:
      return;
    case 'failed': {
      const [{ listing }, { errorWords, firstAction }] = await Promise.all([
        import('../words/doing'),
        import('../words/errors'),
      ]);
      const action = firstAction(errorWords(notice.failure.error, listing(node.list)).actions);
      if (action === 'setApiKey') return run(commands.setApiKey);
      if (action === 'openSettings') return run(commands.openSettings);
      return retry(node.list);
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
