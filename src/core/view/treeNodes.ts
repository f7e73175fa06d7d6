import type { ConversationType } from '../model/conversation';
import type { FailedList, ListKey } from '../store/snapshot';

/** What one level of the tree groups by. */
export type GroupKey =
  | { readonly by: 'type'; readonly type: ConversationType }
  | { readonly by: 'assistant'; readonly assistantId: string }
  /** `YYYY-MM-DD` in the reader's zone; undefined for rows whose time can't be read. */
  | { readonly by: 'day'; readonly day: string | undefined };

/**
 * A node says what it stands for and nothing of how it stands now: that is asked of a `TreeModel` when it is shown.
 * Ids are unique over all groupings: a conversation has another id under each.
 */
export type TreeNode = GroupNode | ConversationNode | MoreNode | RestNode | NoticeNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  /** The list that the group's conversations come from. */
  readonly list: ListKey;
  /** From the root down to this group's own key. */
  readonly path: readonly [GroupKey, ...GroupKey[]];
  readonly parent: GroupNode | undefined;
}

export interface ConversationNode {
  readonly kind: 'conversation';
  readonly id: string;
  readonly conversationId: string;
  readonly parent: GroupNode;
}

/** The unread pages of a list; of one that is being opened, all of them. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly list: ListKey;
  readonly parent: GroupNode | undefined;
}

/** Conversations of a group that are loaded and not shown, since a group shows a bounded number. */
export interface RestNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly parent: GroupNode;
}

/** A state of a list, said in a row. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly list: ListKey;
  readonly about: TreeNotice['kind'];
  readonly parent: GroupNode | undefined;
}

export type TreeNotice =
  | { readonly kind: 'failed'; readonly failure: FailedList }
  /** The list has nothing; `type` where it is of one type. */
  | { readonly kind: 'empty'; readonly type: ConversationType | undefined }
  /** The list was read to its end and the filter let nothing through. */
  | { readonly kind: 'nothingMatches' }
  /** What was read so far has nothing that the filter lets through; `unread` where the server tells how many remain. */
  | { readonly kind: 'noneMatchYet'; readonly loaded: number; readonly unread: number | undefined }
  | { readonly kind: 'rejected'; readonly count: number }
  /** The list was read to its end and may lack conversations all the same. */
  | { readonly kind: 'mayLackRows' };

/** How many conversations a group has, and what that number covers. */
export type GroupCount =
  | { readonly kind: 'unread' }
  /** Everything is loaded. */
  | { readonly kind: 'all'; readonly count: number }
  | { readonly kind: 'of'; readonly loaded: number; readonly total: number }
  /** More remain, the server does not say how many. */
  | { readonly kind: 'atLeast'; readonly loaded: number }
  /** A group within a list that has more. */
  | { readonly kind: 'loaded'; readonly count: number }
  /** A filter that only looks at what is loaded let `count` of `loaded` through. */
  | { readonly kind: 'matching'; readonly count: number; readonly loaded: number; readonly complete: boolean };

/** The list that a command's row belongs to; undefined for conversations and where there is no row. */
export function listOfRow(argument: unknown): ListKey | undefined {
  const node = argument as TreeNode | undefined;
  switch (node?.kind) {
    case 'group':
    case 'more':
    case 'notice':
      return node.list;
    default:
      return undefined;
  }
}
