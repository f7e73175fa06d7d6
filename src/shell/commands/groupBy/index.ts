import { commands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { GroupDeps } from './groupConversations';

/** The command that groups conversations. */
export function groupCommands(dependencies: GroupDeps): Handlers {
  return loadedLater([commands.groupBy], async () => {
    const { createGroupConversations } = await import('./groupConversations');
    return { [commands.groupBy]: createGroupConversations(dependencies) };
  });
}
