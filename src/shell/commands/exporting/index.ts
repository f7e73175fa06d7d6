import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { ExportDeps } from './deps';

/** The commands that export conversations. */
export function exportCommands(dependencies: ExportDeps) {
  const { exportConversations, exportFromView } = commands;
  return loadedLater([exportConversations, exportFromView], async () => {
    const run = (await import('./exportConversations')).createExportConversations(dependencies);
    // From the view's title, where VS Code passes the row that has the focus: what is selected is meant.
    return { [exportConversations]: run, [exportFromView]: () => run() };
  });
}
