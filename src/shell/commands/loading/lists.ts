import { window, l10n } from 'vscode';
import type { ListKey } from '../../../core/store/snapshot';
import type { TreeModel } from '../../../core/view/treeModel';
import type { TreeNode } from '../../../core/view/treeNodes';
import { typeWords } from '../../words/type';

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

/** Which list to read on, where the command was not given a row: the only one there is, the selected one, or as picked. */
export async function chooseList(model: TreeModel, selection: readonly TreeNode[]): Promise<ListKey | undefined> {
  const keys = listsWithMore(model);
  if (keys.length <= 1) return keys[0];
  const selected = selection.map((node) => listOf(node) ?? node.parent?.list).find((key) => key !== undefined && keys.includes(key));
  if (selected !== undefined) return selected;
  const picked = await window.showQuickPick(
    keys.map((key) => ({ label: typeWords(key), key })),
    { placeHolder: l10n.t('Which conversations should be read on?') },
  );
  return picked?.key;
}
