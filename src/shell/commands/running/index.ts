import { commands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { RunningDeps } from './deps';

/** The commands that run conversations. */
export function runningCommands(dependencies: RunningDeps): Handlers {
  const { rerun, rerunLeft, newTestConversation, sendMessage } = commands;
  return loadedLater([rerun, rerunLeft, newTestConversation, sendMessage], async () => (await import('./handlers')).runningHandlers(dependencies));
}
