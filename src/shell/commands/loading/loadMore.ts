import { l10n, window } from 'vscode';
import type { Conversation } from '../../../core/model/conversation';
import { everyType, type ListKey } from '../../../core/store/snapshot';
import type { ConversationStore } from '../../../core/store/store';
import type { TreeModel } from '../../../core/view/treeModel';
import type { GroupNode, TreeNode } from '../../../core/view/treeNodes';
import { views } from '../../../manifest';
import { listOf } from './lists';

export interface LoadMoreDependencies {
  readonly store: ConversationStore;
  readonly model: () => TreeModel;
  readonly selection: () => readonly TreeNode[];
  /** Whether the reader's filter lets a conversation through. */
  readonly passes: () => (row: Conversation) => boolean;
  /** Moves the selection to the last row of a group, or of the tree. */
  readonly selectLast: (parent: GroupNode | undefined) => Promise<unknown>;
}

/** `aiployees.loadMore`: reads the next page of the list that a row belongs to. */
export function loadMore(dependencies: LoadMoreDependencies) {
  return async (argument?: unknown): Promise<void> => {
    const { store, model, selection, selectLast } = dependencies;
    const key = listOf(argument) ?? (await (await import('./chooseList')).chooseList(model(), selection()));
    if (key === undefined) {
      window.setStatusBarMessage(l10n.t('All conversations are loaded.'), 5000);
      return;
    }
    const brings = bringsTo(key, dependencies);
    await window.withProgress({ location: { viewId: views.conversations } }, () => store.loadMore(key, brings));
    const node = argument as TreeNode | undefined;
    // The row that was clicked is gone with the last page: whoever goes on with the keyboard is left where it stood.
    if (node?.kind === 'more' && model().list(key)?.hasMore === false) await selectLast(node.parent);
  };
}

/** Tells whether a conversation stands in the group that is read on, with the filter as it is now. */
export function bringsTo(
  key: ListKey,
  { passes }: Pick<LoadMoreDependencies, 'passes'>,
): (row: Conversation) => boolean {
  const lets = passes();
  return (row) => (key === everyType || row.type === key) && lets(row);
}

/** Reads on in every list of the tree, the first page where none was read. */
export async function loadMoreOfEach({ store, model }: Pick<LoadMoreDependencies, 'store' | 'model'>): Promise<void> {
  await Promise.all(
    model().lists.map((key) => (model().list(key)?.read === true ? store.loadMore(key) : store.open(key))),
  );
}
