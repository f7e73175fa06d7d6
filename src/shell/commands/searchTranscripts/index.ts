import { commands, internalCommands } from '../../../manifest';
import { loadedLater, type Handlers } from '../register';
import type { SearchDeps } from './deps';

/** The commands of the search in transcripts. */
export function searchCommands(dependencies: SearchDeps): Handlers {
  const { searchTranscripts, stopSearch, continueSearch, clearSearch } = commands;
  return loadedLater([searchTranscripts, stopSearch, continueSearch, clearSearch, internalCommands.actOnResult], async () => (await import('./handlers')).searchHandlers(dependencies));
}
