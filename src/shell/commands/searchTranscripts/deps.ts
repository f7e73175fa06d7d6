import type { ConversationsApi } from '../../../core/api/api';
import type { ResultNode } from '../../search/nodes';
import type { TranscriptSearch } from '../../search/transcriptSearch';
import type { PagePlace } from '../../../protocol/details';

export interface SearchDeps {
  readonly search: TranscriptSearch;
  /** The current account's, once it is known; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** How many conversations would be searched now. */
  searchable(): number;
  /** The selected rows of the results, once it is known which they are. */
  selection(): Promise<readonly ResultNode[]>;
  open(id: string, options: { readonly preserveFocus: boolean; readonly place?: PagePlace }): void;
  /** Loads the first page of what the tree shows first, if the tree has nothing yet. */
  loadFirst(): Promise<void>;
  /** Reads on in each list of the tree: the first page, or the next where there is more. */
  loadMore(): Promise<void>;
}
