import { commands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { CompareCommandsDeps } from './handlers';

/** The commands that compare conversations, and those of a comparison. */
export function compareCommands(dependencies: CompareCommandsDeps) {
  const { selectForCompare, compareWithSelected, compareSelected, openLeft, openRight } = commands;
  return loadedLater([selectForCompare, compareWithSelected, compareSelected, openLeft, openRight], async () =>
    (await import('./handlers')).compareHandlers(dependencies),
  );
}
