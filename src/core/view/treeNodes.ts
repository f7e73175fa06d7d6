import type { ConversationType } from '../model/conversation';
import type { FailedList, ListKey } from '../store/snapshot';

/** The key of a group on one level of the tree. */
export type GroupKey =
  | { readonly by: 'type'; readonly type: ConversationType }
  | { readonly by: 'assistant'; readonly assistantId: string }
  /** `YYYY-MM-DD` in the user's time zone; undefined for rows whose time can't be parsed. */
  | { readonly by: 'day'; readonly day: string | undefined };

/**
 * Identifies an item without its state, which comes from a `TreeModel` when it is shown. IDs are unique across
 * groupings: a conversation has a different ID in each.
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

/** The unloaded pages of a list; all of them while it opens. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly list: ListKey;
  readonly parent: GroupNode | undefined;
}

/** Loaded conversations of a group beyond the number it shows. */
export interface RestNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly parent: GroupNode;
}

/** A list's state as a row. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly list: ListKey;
  readonly about: TreeNotice['kind'];
  readonly parent: GroupNode | undefined;
}

export type TreeNotice =
  | { readonly kind: 'failed'; readonly failure: FailedList }
  /** The list is empty; `type` is set if it has only one type. */
  | { readonly kind: 'empty'; readonly type: ConversationType | undefined }
  /** The list is fully loaded and has no match. */
  | { readonly kind: 'nothingMatches' }
  /** No loaded row matches; `unread` is the number of unloaded rows, if known. */
  | { readonly kind: 'noneMatchYet'; readonly loaded: number; readonly unread: number | undefined }
  | { readonly kind: 'rejected'; readonly count: number }
  /** The list is fully loaded but may lack conversations. */
  | { readonly kind: 'mayLackRows' };

/** A group's number of conversations and its meaning. */
export type GroupCount =
  | { readonly kind: 'unread' }
  /** Everything is loaded. */
  | { readonly kind: 'all'; readonly count: number }
  | { readonly kind: 'of'; readonly loaded: number; readonly total: number }
  /** More remain; their number is unknown. */
  | { readonly kind: 'atLeast'; readonly loaded: number }
  /** A group in a list with unloaded pages. */
  | { readonly kind: 'loaded'; readonly count: number }
  /** Of `loaded` rows, `count` match a filter that runs on the client only. */
  | { readonly kind: 'matching'; readonly count: number; readonly loaded: number; readonly complete: boolean };

export function createConversationNode(parent: GroupNode, conversationId: string): ConversationNode {
  return { kind: 'conversation', id: `${parent.id}/${conversationId}`, conversationId, parent };
}

/** Returns the ID of the assistant that a group is about, if it's about one. */
export function findAssistantOfGroup({ path }: GroupNode): string | undefined {
  return path.find((key) => key.by === 'assistant')?.assistantId;
}

/** Returns the list of a command's row; undefined for conversations and without a row. */
export function findListKey(argument: unknown): ListKey | undefined {
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
