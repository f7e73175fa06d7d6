import { commands, internalCommands } from '../../../manifest';
import { loadedLater } from '../handlers';
import type { searchHandlers } from './handlers';

/** The commands of the search in transcripts. @param load brings the search, and what its commands do */
export function searchCommands(load: () => Promise<ReturnType<typeof searchHandlers>>) {
  const { searchTranscripts, stopSearch, continueSearch, clearSearch } = commands;
  const { actOnResult, copyResult } = internalCommands;
  return loadedLater([searchTranscripts, stopSearch, continueSearch, clearSearch, actOnResult, copyResult], load);
}
