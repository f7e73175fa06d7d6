import { commands } from '../../../manifest';
import type { RunningDeps } from './deps';
import { createNewTestConversation } from './newTestConversation';
import { createSendMessage } from './sendMessage';
import { createRerun, createRerunLeft } from './rerun';

/** The commands that run conversations. */
export function runningHandlers(dependencies: RunningDeps) {
  return {
    [commands.rerun]: createRerun(dependencies),
    [commands.rerunLeft]: createRerunLeft(dependencies),
    [commands.newTestConversation]: createNewTestConversation(dependencies),
    [commands.sendMessage]: createSendMessage(dependencies),
  };
}
