import { window, l10n } from 'vscode';
import type { ListKey } from '../../../core/store/snapshot';
import type { TreeModel } from '../../../core/view/treeModel';
import type { TreeNode } from '../../../core/view/treeNodes';
import { typeWords } from '../../words/type';
import { listOf, listsWithMore } from './lists';

/** Which list to read on, where the command was not given a row: the only one there is, the selected one, or as picked. */
export async function chooseList(model: TreeModel, selection: readonly TreeNode[]): Promise<ListKey | undefined> {
  const keys = listsWithMore(model);
  if (keys.length <= 1) return keys[0];
  const selected = selection
    .map((node) => listOf(node) ?? node.parent?.list)
    .find((key) => key !== undefined && keys.includes(key));
  if (selected !== undefined) return selected;
  const picked = await window.showQuickPick(
    keys.map((key) => ({ label: typeWords(key), key })),
    { placeHolder: l10n.t('Select a type to load more of') },
  );
  return picked?.key;
}
