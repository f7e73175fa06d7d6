import { isDeepStrictEqual } from 'node:util';
import type { Conversation } from '../model/conversation';

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
