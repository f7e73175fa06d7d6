import type { Conversation } from '../model/conversation';
import { parseInstant } from '../text/time';
import { getSearchText, type SearchText } from './searchText';

/** A conversation with its creation time. Rows whose time can't be parsed are last. */
export class DatedRow {
  private searchText: SearchText | undefined;

  constructor(
    readonly row: Conversation,
    /** Epoch milliseconds, or -Infinity. */
    readonly created: number,
  ) {}

  /** The searchable text without the user's note; computed on demand. */
  get text(): SearchText {
    return (this.searchText ??= getSearchText(this.row));
  }
}

/** Sorts rows, the newest first. */
export function sortNewestFirst(rows: readonly Conversation[], zone: string): readonly DatedRow[] {
  return rows.map((row) => toDatedRow(row, zone)).sort(compareDated);
}

/**
 * Sorts rows incrementally: sorted rows aren't sorted or parsed again.
 * For immutable arrays in which most rows keep their position.
 */
export class RowOrder {
  private rows: readonly Conversation[] = [];
  private zone = '';
  private ordered: readonly DatedRow[] = [];

  /** Like `sortNewestFirst`. */
  sort(rows: readonly Conversation[], zone: string): readonly DatedRow[] {
    if (rows === this.rows && zone === this.zone) return this.ordered;
    const removed = new Set<Conversation>();
    const added: Conversation[] = [];
    const previous = zone === this.zone ? this.rows : [];
    for (let index = 0; index < Math.max(rows.length, previous.length); index += 1) {
      const [before, now] = [previous[index], rows[index]];
      if (before === now) continue;
      if (before !== undefined) removed.add(before);
      if (now !== undefined) added.push(now);
    }
    this.ordered =
      previous.length < added.length ? sortNewestFirst(rows, zone) : this.merge(removed, sortNewestFirst(added, zone));
    this.rows = rows;
    this.zone = zone;
    return this.ordered;
  }

  private merge(removed: ReadonlySet<Conversation>, added: readonly DatedRow[]): readonly DatedRow[] {
    const stayed = removed.size === 0 ? this.ordered : this.ordered.filter(({ row }) => !removed.has(row));
    const merged: DatedRow[] = [];
    let next = 0;
    for (const each of added) {
      for (let at = stayed[next]; at !== undefined && compareDated(at, each) < 0; at = stayed[next]) {
        merged.push(at);
        next += 1;
      }
      merged.push(each);
    }
    for (; next < stayed.length; next += 1) merged.push(stayed[next] as DatedRow);
    return merged;
  }
}

function toDatedRow(row: Conversation, zone: string): DatedRow {
  return new DatedRow(row, parseInstant(row.createdAt, zone) ?? -Infinity);
}

/** Compares IDs if times are equal, so that the order doesn't depend on the order of loading. */
function compareDated(a: DatedRow, b: DatedRow): number {
  if (a.created !== b.created) return b.created > a.created ? 1 : -1;
  return a.row.id < b.row.id ? -1 : 1;
}
