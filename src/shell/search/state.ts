import type { ApiError } from '../../core/api/errors';
import type { Conversation } from '../../core/model/conversation';
import type { SearchQuery, TranscriptMatch, TranscriptMatches } from '../../core/view/transcriptSearch';
import type { SearchPhase } from '../../manifest';

export type ResultNode = FoundNode | MatchNode | MoreResultsNode | ResultsNoticeNode;

/** Has the fields of the conversation tree's node, so that menus act on both. */
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

export interface MoreResultsNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly count: number;
  readonly parent: FoundNode;
}

/** Offers to continue the search, or to load more conversations. */
export interface ResultsNoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly about: 'notSearched' | 'notLoaded';
  readonly parent: undefined;
}

export function createFoundNode(found: ConversationMatches): FoundNode {
  const { id } = found.row;
  return { kind: 'conversation', id: `found/${id}`, conversationId: id, found, parent: undefined };
}

export function createNoticeNode(about: ResultsNoticeNode['about']): ResultsNoticeNode {
  return { kind: 'notice', id: `notice/${about}`, about, parent: undefined };
}

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
  /** As searched: a filter may have unloaded it since. */
  readonly row: Conversation;
}

/** `tooSlow` is about the regular expression, not the server. */
export interface SearchFailure {
  readonly row: Conversation;
  readonly reason: ApiError | 'tooSlow';
}

/** Why a search stopped early: on request, at the limit of matches, or because it would fail for every transcript. */
export type SearchStop = 'user' | 'matchLimit' | 'failed' | 'tooSlow';

/** `searched`, `found` and `failures` are mutable: they grow during the search. */
export interface SearchState {
  readonly query: SearchQuery;
  readonly isRunning: boolean;
  readonly stop: SearchStop | undefined;
  /** Number of conversations to search. */
  readonly total: number;
  /** Conversation IDs. */
  readonly searched: ReadonlySet<string>;
  /** Newest first. */
  readonly found: readonly ConversationMatches[];
  /** Total of all conversations. */
  readonly matches: number;
  readonly failures: readonly SearchFailure[];
}

export function countUnsearched({ total, searched }: SearchState): number {
  return Math.max(0, total - searched.size);
}

export function toSearchPhase(state: SearchState | undefined): SearchPhase | undefined {
  if (state === undefined) return undefined;
  if (state.isRunning) return 'running';
  return countUnsearched(state) > 0 ? 'unfinished' : 'done';
}
