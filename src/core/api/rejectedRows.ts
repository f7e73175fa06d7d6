import { createHash } from 'node:crypto';
import type { JsonValue } from '../model/json';
import { stringify, isJsonObject } from '../util/exactJson';

/** A row that could not be understood, and so has no id to know it by. */
export interface RejectedRow {
  /** Names for it. Two readings of one row share a name; those of two rows do not, as far as can be told. */
  readonly marks: readonly string[];
  /** Ids of the nearest rows above and below that were understood; undefined where the page has none there. */
  readonly above: string | undefined;
  readonly below: string | undefined;
}

/**
 * A row that tells its time is known by what it says, wherever it moves. One that does not (null, or an error in the place of a
 * row) may say what others say too: it is known by the row above it or the row below it, one of which is on each page that has it.
 * @param ids of the same rows; undefined for those that could not be understood
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

/** For each place, the last id before it. */
function findPreviousIds(ids: readonly (string | undefined)[]): (string | undefined)[] {
  let last: string | undefined;
  return ids.map((id) => {
    const before = last;
    last = id ?? last;
    return before;
  });
}

/** Rows of one page are as many as they are, though they say the same. */
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

/** Short, and holds nothing of what the row says. */
function hashRow(row: JsonValue): string {
  return createHash('sha256').update(stringifyRow(row)).digest('base64').slice(0, 16);
}

function stringifyRow(row: JsonValue): string {
  try {
    return stringify(row);
  } catch {
    // Nested deeper than can be written: such rows are not told apart by what they say.
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

/** The rows of one list that could not be understood, each once, however often and on whatever pages it was read. */
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
      // What it stood between is here, and it is not: it can be read by now, says something else, or is gone.
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
