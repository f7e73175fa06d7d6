import type { ConversationsApi } from '../../../core/api/api';
import type { Conversation } from '../../../core/model/conversation';
import type { Filter, ListQuery } from '../../../core/model/query';
import type { ConversationTarget } from '../../targets';

export interface ExportDeps {
  /** The current account's, once it is known; undefined without a key. */
  readonly api: () => Promise<ConversationsApi | undefined>;
  readonly targets: (args: readonly unknown[]) => readonly ConversationTarget[];
  readonly filter: () => Filter;
  /** What the server is asked for, in one list of all types that the filter lets through. */
  readonly query: () => ListQuery;
  readonly passes: () => (row: Conversation) => boolean;
  /** The zone that zoneless times are read in. */
  readonly zone: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Aborted when the extension ends. */
  readonly ended: AbortSignal;
}
