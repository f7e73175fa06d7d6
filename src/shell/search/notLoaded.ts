import type { TreeModel } from '../../core/view/treeModel';
import type { NotLoaded } from '../words/search';

/** What the lists of the tree have that was not read, and so can't be searched. */
export function notLoadedIn(model: TreeModel): NotLoaded {
  let any = false;
  let count: number | undefined = 0;
  for (const key of model.lists) {
    const list = model.list(key);
    if (list?.read === true && !list.hasMore) continue;
    const { loaded, total } = model.progress(key);
    any = true;
    count = count === undefined || list?.read !== true || total === undefined ? undefined : count + total - loaded;
  }
  return { any, count };
}
