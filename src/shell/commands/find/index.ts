import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { FindDeps } from './deps';

/** The command that finds conversations. */
export function findCommands(dependencies: FindDeps) {
  return loadedLater([commands.findConversation], async () => {
    const { createFindConversation } = await import('./findConversation');
    return { [commands.findConversation]: createFindConversation(dependencies) };
  });
}
