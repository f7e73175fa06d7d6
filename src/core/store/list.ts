import type { ListQuery } from '../model/query';
import type { RunningTask } from './taskQueue';
import type { ListContent } from './listContent';
import type { ListKey, ListSnapshot, ListState } from './snapshot';

/** A list of the server and its current work. Only the store changes it. */
export class ConversationList {
  state: ListState = { kind: 'unopened' };
  current: RunningTask | undefined;
  /** Loaded pages; undefined until the first request, because the code that loads pages is lazy. */
  content: ListContent | undefined;

  constructor(
    readonly key: ListKey,
    readonly query: ListQuery,
  ) {}

  get hasMore(): boolean {
    return this.content?.hasMore ?? true;
  }

  get loaded(): number {
    return this.content?.loaded ?? 0;
  }

  get wasRead(): boolean {
    return this.content?.isOpened === true;
  }

  has(id: string): boolean {
    return this.content?.has(id) === true;
  }

  snapshot(): ListSnapshot {
    const { key, query, state } = this;
    const unread = {
      read: false,
      hasMore: true,
      loaded: 0,
      mayLackRows: false,
      total: undefined,
      rejected: 0,
      rowsWithoutMatch: 0,
    };
    return { key, query, state, ...(this.content?.snapshot() ?? unread) };
  }
}
