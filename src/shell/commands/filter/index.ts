import { commands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { FilterDeps } from './deps';

/** The commands that set and clear the filter. */
export function filterCommands(dependencies: FilterDeps): Handlers {
  const { filter, changeFilter, clearFilter } = commands;
  return loadedLater([filter, changeFilter, clearFilter], async () => (await import('./handlers')).filterHandlers(dependencies));
}
