import { commands } from '../../../manifest';
import { createApplySavedFilter } from './applySavedFilter';
import type { SavedFilterDeps } from './deps';
import { createSaveFilter } from './saveFilter';

/** The commands that give filters a name, and take them by it. */
export function savedFilterHandlers(dependencies: SavedFilterDeps) {
  return {
    [commands.saveFilter]: createSaveFilter(dependencies),
    [commands.applySavedFilter]: createApplySavedFilter(dependencies),
  };
}
