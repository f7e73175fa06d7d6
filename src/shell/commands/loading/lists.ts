import type { ListKey } from '../../../core/store/snapshot';
import type { TreeModel } from '../../../core/view/treeModel';
import type { TreeNode } from '../../../core/view/treeNodes';

/** The list that a command's row belongs to; undefined for conversations and where there is no row. */
export function listOf(argument: unknown): ListKey | undefined {
  const node = argument as TreeNode | undefined;
  switch (node?.kind) {
    case 'group':
    case 'more':
    case 'notice':
      return node.list;
    default:
      return undefined;
  }
}

/** The lists of the tree that have more than was read of them. */
export function listsWithMore(model: TreeModel): readonly ListKey[] {
  return model.lists.filter((key) => {
    const list = model.list(key);
    return list?.read === true && list.hasMore;
  });
}
