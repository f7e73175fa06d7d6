import { commands } from '../../../manifest';
import type { LoadingDependencies } from './index';
import { loadAll } from './loadAll';
import { refresh } from './refresh';
import { reload } from './reload';

/** What reads lists anew, or to their end. */
export function loadingHandlers(dependencies: LoadingDependencies) {
  const load = loadAll(dependencies);
  return {
    [commands.refresh]: refresh(dependencies),
    [commands.reload]: reload(dependencies),
    [commands.loadAll]: load,
    // From the view's title, where VS Code passes the row that has the focus.
    [commands.loadAllLists]: () => load(),
  };
}
