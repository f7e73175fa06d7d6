import { isDeepStrictEqual } from 'node:util';
import type { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';

/** Names a list: a conversation type, or `everyType` for the list that is asked for without one. */
export type ListKey = string;
export const everyType: ListKey = '*';

/** What a list is busy with. */
export type ListWork = 'open' | 'more' | 'all' | 'refresh' | 'reload';

/** Where a list stands. Its rows stay through all of these. */
export type ListState =
  | { readonly kind: 'unopened' }
  | { readonly kind: 'busy'; readonly work: ListWork }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly work: ListWork; readonly error: ApiError };

/** A list whose last work failed. */
export type FailedList = Extract<ListState, { kind: 'failed' }>;

/** One list of the server's, as far as it was read. */
export interface ListSnapshot {
  readonly key: ListKey;
  readonly query: ListQuery;
  readonly state: ListState;
  /** Whether a page was ever read: an unread list is not an empty one. */
  readonly read: boolean;
  /** Whether pages remain unread. */
  readonly hasMore: boolean;
  /**
   * Whether a list that was read to its end may lack conversations all the same: they were moved while it was read, or the server
   * counts more than it listed.
   */
  readonly mayLackRows: boolean;
  /** Distinct conversations that the list brought. */
  readonly loaded: number;
  /** How many the server says there are; missing where it does not say, or where its answer did not keep to the query. */
  readonly total: number | undefined;
  /** Rows that could not be understood. */
  readonly rejected: number;
  /** Rows that the last load-more read without bringing its group anything; 0 when it did bring something. */
  readonly barren: number;
}

/** All that was read, immutable. `rows` has each conversation once, whatever list brought it, in no promised order. */
export interface StoreSnapshot {
  /** Counts up whenever what was loaded was dropped for another account, address or server-side filter. */
  readonly generation: number;
  readonly rows: readonly Conversation[];
  readonly lists: ReadonlyMap<ListKey, ListSnapshot>;
}

/** How far a list was read. */
export interface LoadProgress {
  readonly loaded: number;
  readonly total: number | undefined;
}

/** What became of a poll: `given up` where nobody is asked any more, or other work was under way that reads the same. */
export type PollOutcome =
  { readonly kind: 'read' } | { readonly kind: 'given up' } | { readonly kind: 'failed'; readonly error: ApiError };

/** What was found at the top of a list. */
export interface TopFound {
  readonly added: number;
  readonly changed: number;
}

/** What a refresh found. */
export interface RefreshOutcome extends TopFound {
  /** Lists that could not be read; each says why in its state. */
  readonly failed: number;
}

/** What a page brought that was not there before. */
export interface Merged {
  readonly added: readonly Conversation[];
  readonly changed: number;
}

/** Every conversation once, the newest version of it. `all` is never changed in place: a reader may keep it. */
export class ConversationRows {
  private rows: Conversation[] = [];
  private readonly positions = new Map<string, number>();
  /** Made when somebody asks: a copy for each page of a long list would take longer the more is loaded. */
  private copy: readonly Conversation[] | undefined;

  get all(): readonly Conversation[] {
    return (this.copy ??= [...this.rows]);
  }

  find(id: string): Conversation | undefined {
    const position = this.positions.get(id);
    return position === undefined ? undefined : this.rows[position];
  }

  merge(incoming: readonly Conversation[]): Merged {
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

  /** Forgets what is not to be kept. */
  retain(keep: (id: string) => boolean): void {
    const kept = this.rows.filter(({ id }) => keep(id));
    if (kept.length === this.rows.length) return;
    this.rows = kept;
    this.copy = undefined;
    this.positions.clear();
    kept.forEach(({ id }, position) => this.positions.set(id, position));
  }
}
