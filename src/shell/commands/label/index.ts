import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { LabelDeps } from './deps';

/** The commands that label conversations and write notes on them. */
export function labelCommands(dependencies: LabelDeps) {
  const { labelConversation, labelGood, labelBad, labelUnsure, removeLabel, editNote } = commands;
  return loadedLater([labelConversation, labelGood, labelBad, labelUnsure, removeLabel, editNote], async () =>
    (await import('./handlers')).labelHandlers(dependencies),
  );
}
