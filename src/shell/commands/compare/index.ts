import { commands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { CompareCommandsDeps } from './handlers';

/** The commands that compare conversations, and those of a comparison. */
export function compareCommands(dependencies: CompareCommandsDeps): Handlers {
  const { selectForCompare, compareWithSelected, compareSelected, openLeft, openRight } = commands;
  return loadedLater([selectForCompare, compareWithSelected, compareSelected, openLeft, openRight], async () => (await import('./handlers')).compareHandlers(dependencies));
}
