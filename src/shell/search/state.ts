import type { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import type { SearchQuery, TranscriptMatch, TranscriptMatches } from '../../core/view/transcriptSearch';
import type { SearchPhase } from '../../manifest';

/** A row of the search's results. */
export type ResultNode = FoundNode | MatchNode | MoreResultsNode | ResultsNoticeNode;

/** Of the same shape as the conversations' tree has them, so that menus act on both. */
export interface FoundNode {
  readonly kind: 'conversation';
  readonly id: string;
  readonly conversationId: string;
  readonly found: ConversationMatches;
  readonly parent: undefined;
}

export interface MatchNode {
  readonly kind: 'match';
  readonly id: string;
  readonly match: TranscriptMatch;
  readonly parent: FoundNode;
}

/** Matches of a conversation that are not shown. */
export interface MoreResultsNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly count: number;
  readonly parent: FoundNode;
}

/** What was not searched, and what helps: going on, or loading what is not loaded. */
export interface ResultsNoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly about: 'leftOut' | 'notLoaded';
  readonly parent: undefined;
}

export function createFoundNode(found: ConversationMatches): FoundNode {
  const { id } = found.row;
  return { kind: 'conversation', id: `found/${id}`, conversationId: id, found, parent: undefined };
}

export function createNoticeNode(about: ResultsNoticeNode['about']): ResultsNoticeNode {
  return { kind: 'notice', id: `notice/${about}`, about, parent: undefined };
}

/** The rows below a conversation. */
export function createMatchNodes(parent: FoundNode): readonly ResultNode[] {
  const { matches, total } = parent.found;
  const rows: ResultNode[] = matches.map((match, index) => ({
    kind: 'match',
    id: `${parent.id}/${index}`,
    match,
    parent,
  }));
  const count = total - matches.length;
  return count > 0 ? [...rows, { kind: 'rest', id: `${parent.id}/rest`, count, parent }] : rows;
}

export interface ConversationMatches extends TranscriptMatches {
  /** As it was when it was searched: a filter may unload it since. */
  readonly row: Conversation;
}

/** `tooSlow` is the expression, not the server. */
export interface SearchFailure {
  readonly row: Conversation;
  readonly reason: ApiError | 'tooSlow';
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
  readonly found: readonly ConversationMatches[];
  /** In all conversations together. */
  readonly matches: number;
  readonly failures: readonly SearchFailure[];
}

/** How many conversations are left that could be searched and were not. */
export function countUnsearched({ total, searched }: SearchState): number {
  return Math.max(0, total - searched.size);
}

/** What menus are told of a search. */
export function toSearchPhase(state: SearchState | undefined): SearchPhase | undefined {
  if (state === undefined) return undefined;
  if (state.running) return 'running';
  return countUnsearched(state) > 0 ? 'unfinished' : 'done';
}
