import type { ListKey } from '../core/store/snapshot';
import type { TreeModel } from '../core/view/treeModel';
import type { NotLoaded } from './words/search';

export interface Unread extends NotLoaded {
  /** The number in the lists that were opened and whose server tells it. */
  readonly atLeast: number;
}

/** What lists of the tree, all of them where none are named, have that was not read. */
export function notLoadedIn(model: TreeModel, keys: readonly ListKey[] = model.lists): Unread {
  let any = false;
  let count: number | undefined = 0;
  let atLeast = 0;
  for (const key of keys) {
    const list = model.list(key);
    if (list?.read === true && !list.hasMore) continue;
    any = true;
    const unread = list?.read === true ? model.unread(key) : undefined;
    count = count === undefined || unread === undefined ? undefined : count + unread;
    atLeast += unread ?? 0;
  }
  return { any, count, atLeast };
}
