import { pagingOf, type PreviousPage, type PagePointer } from '../api/paging/paging';

/** `undefined` is the first page. */
export type ListPosition = PagePointer | undefined;

interface Unread {
  readonly place: ListPosition;
  /** What `place` counts its pages in. Kept, since a place that is put into other sizes to and fro moves up each time. */
  readonly size: number;
  readonly before?: PreviousPage | undefined;
  /** Of a gap: ids on the pages behind it that were read before. Where one of them comes, what is unread ends. */
  readonly behind?: ReadonlySet<string> | undefined;
  /** The top, which is read again after the end: everything that was read before lies behind it. */
  readonly isTop?: boolean;
}

/**
 * Where the unread pages of a list begin. There are several such places where a refresh found more new pages than it
 * may read: reading goes on in that newest gap until it meets what is known, then in the next, and last behind the end
 * of what was read. None is left when the list was read to its end.
 */
export class UnreadPages {
  private unread: Unread[] = [{ place: undefined, size: 0 }];

  get remain(): boolean {
    return this.unread.length > 0;
  }

  get inGap(): boolean {
    return this.unread.at(-1)?.behind !== undefined || this.atTop;
  }

  /** Whether the top is read again. */
  get atTop(): boolean {
    return this.unread.at(-1)?.isTop === true;
  }

  /** Where to read on, in pages of this size. */
  next(size: number): ListPosition {
    const next = this.unread.at(-1);
    return next?.place && pagingOf(next.place).reanchor(next.place, next.size, size);
  }

  /** How many rows are before the place where to read on; undefined where that is not told by its number. */
  get offset(): number | undefined {
    const { place, size = 0 } = this.unread.at(-1) ?? {};
    return place && pagingOf(place).rowsBefore(place, size);
  }

  get before(): PreviousPage | undefined {
    return this.unread.at(-1)?.before;
  }

  /**
   * Whether a row lies behind the gap that is read. What is known but lies before it is no end: rows that were added
   * since push it down into the gap.
   */
  liesBehindGap(id: string): boolean {
    return this.unread.at(-1)?.behind?.has(id) === true;
  }

  moveTo(place: ListPosition, size: number, before: PreviousPage | undefined): void {
    this.unread.push({ ...this.unread.pop(), place, size, before });
  }

  openGap(place: PagePointer, size: number, before: PreviousPage | undefined, behind: ReadonlySet<string>): void {
    this.unread.push({ place, size, before, behind });
  }

  readTopAgain(size: number): void {
    this.unread.push({ place: undefined, size, isTop: true });
  }

  closeGap(): void {
    this.unread.pop();
  }

  finish(): void {
    this.unread = [];
  }
}
