import type { SearchPhase } from '../../manifest';
import { unsearched, type SearchState } from './state';

/** What menus are told of a search. */
export function phaseOf(state: SearchState | undefined): SearchPhase | undefined {
  if (state === undefined) return undefined;
  if (state.running) return 'running';
  return unsearched(state) > 0 ? 'unfinished' : 'done';
}
