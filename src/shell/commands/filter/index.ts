import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { FilterDeps } from './deps';

/** The commands that set and clear the filter. */
export function filterCommands(dependencies: FilterDeps) {
  const { filter, changeFilter, clearFilter } = commands;
  return loadedLater([filter, changeFilter, clearFilter], async () =>
    (await import('./handlers')).filterHandlers(dependencies),
  );
}
