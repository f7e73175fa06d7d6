import { commands } from '../../../manifest';
import type { LoadingDependencies } from './index';
import { loadAll } from './loadAll';
import { refresh } from './refresh';
import { reload } from './reload';

/** What reads lists anew, or to their end. */
export function loadingHandlers(dependencies: LoadingDependencies) {
  return {
    [commands.refresh]: refresh(dependencies),
    [commands.reload]: reload(dependencies),
    [commands.loadAll]: loadAll(dependencies),
  };
}
