import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { GroupDeps } from './groupConversations';

/** The command that groups conversations. */
export function groupCommands(dependencies: GroupDeps) {
  return loadedLater([commands.groupBy], async () => {
    const { createGroupConversations } = await import('./groupConversations');
    return { [commands.groupBy]: createGroupConversations(dependencies) };
  });
}
