import type { ConversationPage } from '../api/api';
import type { RejectedRow } from '../api/rejectedRows';

interface Known extends Pick<RejectedRow, 'above' | 'below'> {
  readonly marks: ReadonlySet<string>;
}

/** The rows of one list that could not be understood, each once, however often and on whatever pages it was read. */
export class RejectedRows {
  private readonly known = new Set<Known>();
  private readonly byMark = new Map<string, Known>();

  get count(): number {
    return this.known.size;
  }

  take({ rows, rejected }: ConversationPage): void {
    if (this.count === 0 && rejected.length === 0) return;
    const shown = new Set<Known>();
    for (const { marks, above, below } of rejected) {
      const before = marks.map((mark) => this.byMark.get(mark)).find((each) => each !== undefined && !shown.has(each));
      if (before !== undefined) this.forget(before);
      shown.add(
        this.keep({
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
      if (!shown.has(each) && isShown(each.above) && isShown(each.below)) this.forget(each);
    }
  }

  private keep(row: Known): Known {
    this.known.add(row);
    for (const mark of row.marks) this.byMark.set(mark, row);
    return row;
  }

  private forget(row: Known): void {
    this.known.delete(row);
    for (const mark of row.marks) if (this.byMark.get(mark) === row) this.byMark.delete(mark);
  }
}
