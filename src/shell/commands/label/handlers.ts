import { commands } from '../../../manifest';
import type { LabelDeps } from './deps';
import { createEditNote } from './editNote';
import { createGiveLabel } from './giveLabel';
import { createLabelConversation } from './labelConversation';

/** The commands that label conversations and write notes on them. */
export function labelHandlers(dependencies: LabelDeps) {
  return {
    [commands.labelConversation]: createLabelConversation(dependencies),
    [commands.labelGood]: createGiveLabel(dependencies, 'good'),
    [commands.labelBad]: createGiveLabel(dependencies, 'bad'),
    [commands.labelUnsure]: createGiveLabel(dependencies, 'unsure'),
    [commands.removeLabel]: createGiveLabel(dependencies, undefined),
    [commands.editNote]: createEditNote(dependencies),
  };
}
