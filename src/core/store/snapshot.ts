import { isDeepStrictEqual } from 'node:util';
import type { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';

/** A conversation type, or `everyType` for the list that is requested without one. */
export type ListKey = string;
export const everyType: ListKey = '*';

export type ListWork = 'open' | 'more' | 'all' | 'refresh' | 'reload';

/** The state of a list. Its rows remain in all states. */
export type ListState =
  | { readonly kind: 'unopened' }
  | { readonly kind: 'busy'; readonly work: ListWork }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly work: ListWork; readonly error: ApiError };

export type FailedList = Extract<ListState, { kind: 'failed' }>;

export interface ListSnapshot {
  readonly key: ListKey;
  readonly query: ListQuery;
  readonly state: ListState;
  /** Whether a page was ever loaded: an unopened list is not an empty one. */
  readonly read: boolean;
  /** Whether pages remain unread. */
  readonly hasMore: boolean;
  /**
   * Whether a fully loaded list may still lack conversations: rows moved while it was loading, or the server reports a
   * higher total than it listed.
   */
  readonly mayLackRows: boolean;
  /** Distinct conversations of the list. */
  readonly loaded: number;
  /** The server's total; undefined if it has none or its response doesn't match the query. */
  readonly total: number | undefined;
  /** Rows that couldn't be parsed. */
  readonly rejected: number;
  /** Rows that the last load-more loaded without adding to its group; else 0. */
  readonly rowsWithoutMatch: number;
}

/** Everything that is loaded. Immutable. `rows` has each conversation once, in no particular order. */
export interface StoreSnapshot {
  /** Incremented when loaded rows are dropped for another account, base URL or server-side filter. */
  readonly generation: number;
  readonly rows: readonly Conversation[];
  readonly lists: ReadonlyMap<ListKey, ListSnapshot>;
}

export interface LoadProgress {
  readonly loaded: number;
  readonly total: number | undefined;
}

/** The result of a poll: `skipped` if there is no connection or other work loads the same rows. */
export type PollOutcome =
  { readonly kind: 'read' } | { readonly kind: 'skipped' } | { readonly kind: 'failed'; readonly error: ApiError };

export interface TopFound {
  readonly added: number;
  readonly changed: number;
}

export interface RefreshOutcome extends TopFound {
  /** Lists that failed to load; each has the error in its state. */
  readonly failed: number;
}

/** New and changed rows of a page. */
export interface MergeResult {
  readonly added: readonly Conversation[];
  readonly changed: number;
}

/** Stores the newest version of each conversation. `all` is never mutated, so callers may store it. */
export class ConversationRows {
  private rows: Conversation[] = [];
  private readonly positions = new Map<string, number>();
  /** Created on demand: copying for each page would be quadratic in a long list. */
  private copy: readonly Conversation[] | undefined;

  get all(): readonly Conversation[] {
    return (this.copy ??= [...this.rows]);
  }

  find(id: string): Conversation | undefined {
    const position = this.positions.get(id);
    return position === undefined ? undefined : this.rows[position];
  }

  merge(incoming: readonly Conversation[]): MergeResult {
    const { rows } = this;
    const added: Conversation[] = [];
    let changed = 0;
    for (const row of incoming) {
      const position = this.positions.get(row.id);
      if (position === undefined) {
        this.positions.set(row.id, rows.length);
        rows.push(row);
        added.push(row);
      } else if (!isDeepStrictEqual(rows[position], row)) {
        rows[position] = row;
        changed += 1;
      }
    }
    if (added.length > 0 || changed > 0) this.copy = undefined;
    return { added, changed };
  }

  retain(keep: (id: string) => boolean): void {
    const retained = this.rows.filter(({ id }) => keep(id));
    if (retained.length === this.rows.length) return;
    this.rows = retained;
    this.copy = undefined;
    this.positions.clear();
    retained.forEach(({ id }, position) => this.positions.set(id, position));
  }
}
