import type { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import type { SearchQuery } from '../../core/view/transcriptSearch/query';
import type { TranscriptMatches } from '../../core/view/transcriptSearch/search';

export interface FoundConversation extends TranscriptMatches {
  /** As it was when it was searched: a filter may unload it since. */
  readonly row: Conversation;
}

/** `tooSlow` is the expression, not the server. */
export interface SearchFailure {
  readonly row: Conversation;
  readonly why: ApiError | 'tooSlow';
}

/**
 * Why a search ended before its end: somebody asked for it, more was found than can be looked through, the server would
 * refuse every other transcript as well, or the expression takes too long.
 */
export type SearchStop = 'asked' | 'enough' | 'failed' | 'tooSlow';

/** A search as it stands. `searched`, `found` and `failures` grow with it. */
export interface SearchState {
  readonly query: SearchQuery;
  readonly running: boolean;
  readonly stop: SearchStop | undefined;
  /** How many conversations there are to search. */
  readonly total: number;
  /** Ids of those that were. */
  readonly searched: ReadonlySet<string>;
  /** In the order of the rows. */
  readonly found: readonly FoundConversation[];
  /** In all conversations together. */
  readonly matches: number;
  readonly failures: readonly SearchFailure[];
}

/** How many conversations are left that could be searched and were not. */
export function unsearched({ total, searched }: SearchState): number {
  return Math.max(0, total - searched.size);
}
