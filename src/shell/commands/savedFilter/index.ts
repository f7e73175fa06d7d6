import { commands } from '../../../manifest';
import type { Handlers } from '../register';
import { createApplySavedFilter } from './applySavedFilter';
import type { SavedFilterDeps } from './deps';
import { createSaveFilter } from './saveFilter';

/** The commands that give filters a name, and take them by it. */
export function savedFilterCommands(dependencies: SavedFilterDeps): Handlers {
  return {
    [commands.saveFilter]: createSaveFilter(dependencies),
    [commands.applySavedFilter]: createApplySavedFilter(dependencies),
  };
}
