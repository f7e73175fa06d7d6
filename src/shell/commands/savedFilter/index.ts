import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { SavedFilterDeps } from './deps';

/** The commands that give filters a name, and take them by it. */
export function savedFilterCommands(dependencies: Omit<SavedFilterDeps, 'saved'>) {
  const { saveFilter, applySavedFilter } = commands;
  return loadedLater([saveFilter, applySavedFilter], async () =>
    (await import('./handlers')).savedFilterHandlers(dependencies),
  );
}
