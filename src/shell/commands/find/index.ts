import { commands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { FindDeps } from './deps';

/** The command that finds conversations. */
export function findCommands(dependencies: FindDeps): Handlers {
  return loadedLater([commands.findConversation], async () => {
    const { createFindConversation } = await import('./findConversation');
    return { [commands.findConversation]: createFindConversation(dependencies) };
  });
}
