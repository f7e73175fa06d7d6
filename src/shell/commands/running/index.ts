import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { RunningDeps } from './deps';

/** The commands that run conversations. */
export function runningCommands(dependencies: RunningDeps) {
  const { rerun, rerunLeft, newTestConversation, sendMessage } = commands;
  return loadedLater([rerun, rerunLeft, newTestConversation, sendMessage], async () =>
    (await import('./handlers')).runningHandlers(dependencies),
  );
}
