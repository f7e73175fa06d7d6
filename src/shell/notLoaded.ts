import type { ListKey } from '../core/store/snapshot';
import type { TreeModel } from '../core/view/treeModel';
import type { NotLoaded } from './format/search';

export interface Unread extends NotLoaded {
  /** Number in the opened lists whose server reports a total. */
  readonly atLeast: number;
}

/** Counts the conversations of the tree's lists (by default all of them) that aren't loaded. */
export function countNotLoaded(model: TreeModel, keys?: readonly ListKey[]): Unread {
  if (keys === undefined && model.hasEveryType) return { any: false, count: 0, atLeast: 0 };
  const others = keys === undefined ? model.unreadOfOtherTypes : 0;
  let any = others !== 0;
  let count: number | undefined = others;
  let atLeast = others ?? 0;
  for (const key of keys ?? model.lists) {
    const list = model.list(key);
    if (list?.read === true && !list.hasMore) continue;
    any = true;
    const unread = list?.read === true ? model.countUnread(key) : undefined;
    count = count === undefined || unread === undefined ? undefined : count + unread;
    atLeast += unread ?? 0;
  }
  return { any, count, atLeast };
}

/** Returns the tree's lists of which the server has more. */
export function findListsWithMore(model: TreeModel): readonly ListKey[] {
  return model.lists.filter((key) => {
    const list = model.list(key);
    return list?.read === true && list.hasMore;
  });
}
