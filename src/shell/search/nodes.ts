import type { TranscriptMatch } from '../../core/view/transcriptSearch/search';
import type { FoundConversation } from './state';

/** A row of the search's results. */
export type ResultNode = FoundNode | MatchNode | RestNode | NoticeNode;

/** Of the same shape as the conversations' tree has them, so that menus act on both. */
export interface FoundNode {
  readonly kind: 'conversation';
  readonly id: string;
  readonly conversationId: string;
  readonly found: FoundConversation;
  readonly parent: undefined;
}

export interface MatchNode {
  readonly kind: 'match';
  readonly id: string;
  readonly match: TranscriptMatch;
  readonly parent: FoundNode;
}

/** Matches of a conversation that are not shown. */
export interface RestNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly count: number;
  readonly parent: FoundNode;
}

/** What was not searched, and what helps: going on, or loading what is not loaded. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly about: 'leftOut' | 'notLoaded';
  readonly parent: undefined;
}

export function foundNode(found: FoundConversation): FoundNode {
  const { id } = found.row;
  return { kind: 'conversation', id: `found/${id}`, conversationId: id, found, parent: undefined };
}

export function noticeNode(about: NoticeNode['about']): NoticeNode {
  return { kind: 'notice', id: `notice/${about}`, about, parent: undefined };
}

/** The rows below a conversation. */
export function matchesOf(parent: FoundNode): readonly ResultNode[] {
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
