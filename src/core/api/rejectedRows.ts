import { createHash } from 'node:crypto';
import type { JsonValue } from '../model/json';
import { stringify, isJsonObject } from '../util/exactJson';

/** A row that couldn't be decoded, and so has no ID. */
export interface RejectedRow {
  /**
   * Identifiers of the row. Copies of one row share a mark; different rows have no mark in common, as far as possible.
   */
  readonly marks: readonly string[];
  /** IDs of the nearest decoded rows; undefined at the edges of the page. */
  readonly above: string | undefined;
  readonly below: string | undefined;
}

/**
 * Identifies undecodable rows. A row with a timestamp is identified by its content, wherever it moves. Others, such as
 * null or an error, may have equal content: the row above or below identifies them.
 * @param ids of the same rows; undefined for undecodable ones
 */
export function findRejectedRows(
  rows: readonly JsonValue[],
  ids: readonly (string | undefined)[],
): readonly RejectedRow[] {
  if (!ids.includes(undefined)) return [];
  const above = findPreviousIds(ids);
  const below = findPreviousIds(ids.toReversed()).reverse();
  const candidates = rows.flatMap((row, index) =>
    ids[index] === undefined ? [toCandidate(row, above[index], below[index])] : [],
  );
  const fromAbove = numberMarks(candidates.map((row) => row.byItself ?? row.byAbove));
  const fromBelow = numberMarks(candidates.map((row) => row.byBelow).reverse()).reverse();
  return candidates.map((row, index) => ({
    marks: [fromAbove[index], fromBelow[index]].filter((mark) => mark !== undefined),
    above: row.above,
    below: row.below,
  }));
}

function toCandidate(row: JsonValue, above: string | undefined, below: string | undefined) {
  const digest = hashRow(row);
  if (hasTimestamp(row) || (above ?? below) === undefined) return { above, below, byItself: digest };
  return { above, below, byAbove: above && `${digest} below ${above}`, byBelow: below && `${digest} above ${below}` };
}

/** Returns the last ID before each position. */
function findPreviousIds(ids: readonly (string | undefined)[]): (string | undefined)[] {
  let last: string | undefined;
  return ids.map((id) => {
    const before = last;
    last = id ?? last;
    return before;
  });
}

/** Numbers equal marks, because a page may contain several rows with equal content. */
function numberMarks(marks: readonly (string | undefined)[]): (string | undefined)[] {
  const counts = new Map<string, number>();
  return marks.map((mark) => {
    if (mark === undefined) return undefined;
    const count = (counts.get(mark) ?? 0) + 1;
    counts.set(mark, count);
    return `${mark} ${count}`;
  });
}

function hasTimestamp(row: JsonValue): boolean {
  return (
    isJsonObject(row) && [row['created_at'], row['updated_at']].some((time) => typeof time === 'string' && time !== '')
  );
}

/** A hash, so that nothing of the row's content is retained. */
function hashRow(row: JsonValue): string {
  return createHash('sha256').update(stringifyRow(row)).digest('base64').slice(0, 16);
}

function stringifyRow(row: JsonValue): string {
  try {
    return stringify(row);
  } catch {
    // Too deeply nested to be written: such rows can't be distinguished by content.
    return '';
  }
}

interface PageWithRejects {
  readonly rows: readonly { readonly id: string }[];
  readonly rejected: readonly RejectedRow[];
}

interface KnownRow extends Pick<RejectedRow, 'above' | 'below'> {
  readonly marks: ReadonlySet<string>;
}

/** The undecodable rows of one list, counted once each across overlapping pages and reloads. */
export class RejectedRows {
  private readonly known = new Set<KnownRow>();
  private readonly byMark = new Map<string, KnownRow>();

  get count(): number {
    return this.known.size;
  }

  addPage({ rows, rejected }: PageWithRejects): void {
    if (this.count === 0 && rejected.length === 0) return;
    const shown = new Set<KnownRow>();
    for (const { marks, above, below } of rejected) {
      const before = marks.map((mark) => this.byMark.get(mark)).find((each) => each !== undefined && !shown.has(each));
      if (before !== undefined) this.remove(before);
      shown.add(
        this.add({
          marks: new Set([...(before?.marks ?? []), ...marks]),
          above: above ?? before?.above,
          below: below ?? before?.below,
        }),
      );
    }
    const ids = new Set(rows.map(({ id }) => id));
    const isShown = (id: string | undefined): boolean => id !== undefined && ids.has(id);
    for (const each of this.known) {
      // Both neighbors are on this page but the row isn't: it can be decoded now, has changed, or was removed.
      if (!shown.has(each) && isShown(each.above) && isShown(each.below)) this.remove(each);
    }
  }

  private add(row: KnownRow): KnownRow {
    this.known.add(row);
    for (const mark of row.marks) this.byMark.set(mark, row);
    return row;
  }

  private remove(row: KnownRow): void {
    this.known.delete(row);
    for (const mark of row.marks) if (this.byMark.get(mark) === row) this.byMark.delete(mark);
  }
}
