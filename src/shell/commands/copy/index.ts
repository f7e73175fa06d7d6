import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { CopyCommandsDeps } from './handlers';

/** The commands that copy conversations. */
export function copyCommands(dependencies: CopyCommandsDeps) {
  const { copyId, copyAsJson, copyAsMarkdown, copyAsCurl, copyLink } = commands;
  return loadedLater([copyId, copyAsJson, copyAsMarkdown, copyAsCurl, copyLink], async () =>
    (await import('./handlers')).copyHandlers(dependencies),
  );
}
