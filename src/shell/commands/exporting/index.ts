import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { ExportDeps } from './deps';

/** The command that exports conversations. */
export function exportCommands(dependencies: ExportDeps) {
  return loadedLater([commands.exportConversations], async () => {
    const { createExportConversations } = await import('./exportConversations');
    return { [commands.exportConversations]: createExportConversations(dependencies) };
  });
}
