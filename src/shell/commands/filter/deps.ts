import type { ConversationsApi } from '../../../core/api/api';
import type { Filter } from '../../../core/model/query';
import type { StoreSnapshot } from '../../../core/store/snapshot';
import type { Event } from '../../../core/util/event';

/** What holds the filter. */
export interface FilterHolder {
  readonly filter: Filter;
  setFilter(filter: Filter): Promise<void>;
  readonly onDidChange: Event<void>;
}

export interface FilterDeps {
  readonly viewState: FilterHolder;
  snapshot(): StoreSnapshot;
  readonly onDidChangeSnapshot: Event<unknown>;
  /** Whether there can be labels: a folder is open. */
  hasLabels(): boolean;
  /** Whether any filter is saved. */
  hasSaved(): boolean;
  /** The current account's; undefined without a key. */
  api(): Promise<ConversationsApi | undefined>;
  /** Epoch milliseconds. */
  now(): number;
}

export type FilterPart = 'type' | 'assistant' | 'dates' | 'aiEnabled' | 'minMessages' | 'minCost' | 'label' | 'text';
