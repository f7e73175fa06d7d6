import type { ConversationsApi } from '../../../core/api/api';
import type { Filter } from '../../../core/model/query';
import type { StoreSnapshot } from '../../../core/store/snapshot';
import type { SavedFilters } from '../../savedFilters/savedFilters';

export interface SavedFilterDeps {
  readonly saved: Pick<SavedFilters, 'list' | 'hasWorkspace' | 'has' | 'save' | 'rename' | 'remove'>;
  readonly viewState: { readonly filter: Filter; setFilter(filter: Filter): Promise<void> };
  snapshot(): StoreSnapshot;
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
}
