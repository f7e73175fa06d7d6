import { commands } from '../../../manifest';
import { createApplySavedFilter } from './applySavedFilter';
import { SavedFilters } from '../../savedFilters/savedFilters';
import type { SavedFilterDeps } from './deps';
import { createSaveFilter } from './saveFilter';

/** The commands that give filters a name, and take them by it. */
export function savedFilterHandlers(parts: Omit<SavedFilterDeps, 'saved'>) {
  const dependencies: SavedFilterDeps = { ...parts, saved: new SavedFilters() };
  return {
    [commands.saveFilter]: createSaveFilter(dependencies),
    [commands.applySavedFilter]: createApplySavedFilter(dependencies),
  };
}
