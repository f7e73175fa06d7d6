import { pagingOf, type PreviousPage, type PagePointer } from '../api/paging/paging';

/** `undefined` is the first page. */
export type ListPosition = PagePointer | undefined;

interface Unread {
  readonly place: ListPosition;
  /** The page size of `place`. Stored, because each conversion to another size moves the place up. */
  readonly size: number;
  readonly before?: PreviousPage | undefined;
  /** IDs of known rows after a gap; loading one of them closes the gap. */
  readonly behind?: ReadonlySet<string> | undefined;
  /** The top of the list, loaded again after the end is reached. */
  readonly isTop?: boolean;
}

/**
 * The places where unread pages start. If a refresh finds more new pages than it may load, it leaves a gap: loading
 * continues in the newest gap, then in the next, and last after the loaded rows.
 */
export class UnreadPages {
  private unread: Unread[] = [{ place: undefined, size: 0 }];

  get remain(): boolean {
    return this.unread.length > 0;
  }

  get inGap(): boolean {
    return this.unread.at(-1)?.behind !== undefined || this.atTop;
  }

  get atTop(): boolean {
    return this.unread.at(-1)?.isTop === true;
  }

  /** Returns the next page to load, in pages of this size. */
  next(size: number): ListPosition {
    const next = this.unread.at(-1);
    return next?.place && pagingOf(next.place).reanchor(next.place, next.size, size);
  }

  /** The number of rows before the next page; undefined if pages aren't numbered. */
  get offset(): number | undefined {
    const { place, size = 0 } = this.unread.at(-1) ?? {};
    return place && pagingOf(place).rowsBefore(place, size);
  }

  get before(): PreviousPage | undefined {
    return this.unread.at(-1)?.before;
  }

  /**
   * Whether a row is after the current gap. A known row before the gap may be pushed down into it by new rows, so it
   * doesn't close the gap.
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
