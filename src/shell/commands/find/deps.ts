import type { ConversationsApi } from '../../../core/api/api';
import type { Conversation } from '../../../core/model/conversation';
import type { ListKey, StoreSnapshot } from '../../../core/store/snapshot';
import type { DatedRow } from '../../../core/view/rowOrder';
import type { Event } from '../../../core/util/event';

export interface FindDeps {
  snapshot(): StoreSnapshot;
  /** Its rows, the newest first. */
  newest(): readonly DatedRow[];
  /** The lists that the tree is made of, read or not. */
  lists(): readonly ListKey[];
  readonly onDidChangeSnapshot: Event<unknown>;
  /** What the reader wrote about it. */
  noteOf(row: Conversation): string | undefined;
  /** The current account's, once it is known; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** Loads the first page of what the tree shows first, if the tree has nothing yet. */
  loadFirst(): Promise<void>;
  /** Opens the conversation, loaded or not, and reveals it in the tree where it is. */
  open(id: string): Promise<void> | Thenable<void>;
  /** Reads on in each of those lists: the first page, or the next where there is more. It asks nothing: a question would take the place of the search. */
  loadMore(): Promise<void> | Thenable<void>;
  /** Reads all that is left, and says how far it is. */
  loadAll(): Promise<void> | Thenable<void>;
  /** Epoch milliseconds. */
  now(): number;
  /** The zone that zoneless times are read in. */
  zone(): string;
}
