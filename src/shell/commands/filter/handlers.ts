import { commands } from '../../../manifest';
import { createClearFilter } from './clearFilter';
import type { FilterDeps } from './deps';
import { createFilterConversations } from './filterConversations';

/** The commands that set and clear the filter. */
export function filterHandlers(dependencies: FilterDeps) {
  const filterConversations = createFilterConversations(dependencies);
  return {
    [commands.filter]: filterConversations,
    [commands.changeFilter]: filterConversations,
    [commands.clearFilter]: createClearFilter(dependencies),
  };
}
