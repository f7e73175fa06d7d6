import { pagingOf, type PreviousPage, type PagePointer } from '../api/paging/paging';

/** `undefined` is the first page. */
export type ListPosition = PagePointer | undefined;

interface Unread {
  readonly pointer: ListPosition;
  /** The page size of `place`. Stored, because each conversion to another size moves the place up. */
  readonly size: number;
  readonly previous?: PreviousPage | undefined;
  /** IDs of known rows after a gap; loading one of them closes the gap. */
  readonly knownBelow?: ReadonlySet<string> | undefined;
  /** The top of the list, loaded again after the end is reached. */
  readonly isTop?: boolean;
}

/**
 * The places where unread pages start. If a refresh finds more new pages than it may load, it leaves a gap: loading
 * continues in the newest gap, then in the next, and last after the loaded rows.
 */
export class UnreadPages {
  private unread: Unread[] = [{ pointer: undefined, size: 0 }];

  get hasMore(): boolean {
    return this.unread.length > 0;
  }

  get isInGap(): boolean {
    return this.unread.at(-1)?.knownBelow !== undefined || this.isRereadingTop;
  }

  get isRereadingTop(): boolean {
    return this.unread.at(-1)?.isTop === true;
  }

  /** Returns the next page to load, in pages of this size. */
  next(size: number): ListPosition {
    const next = this.unread.at(-1);
    return next?.pointer && pagingOf(next.pointer).reanchor(next.pointer, next.size, size);
  }

  /** The number of rows before the next page; undefined if pages aren't numbered. */
  get offset(): number | undefined {
    const { pointer, size = 0 } = this.unread.at(-1) ?? {};
    return pointer && pagingOf(pointer).rowsBefore(pointer, size);
  }

  get before(): PreviousPage | undefined {
    return this.unread.at(-1)?.previous;
  }

  /**
   * Whether a row is after the current gap. A known row before the gap may be pushed down into it by new rows, so it
   * doesn't close the gap.
   */
  isBelowGap(id: string): boolean {
    return this.unread.at(-1)?.knownBelow?.has(id) === true;
  }

  moveTo(pointer: ListPosition, size: number, previous: PreviousPage | undefined): void {
    this.unread.push({ ...this.unread.pop(), pointer, size, previous });
  }

  openGap(
    pointer: PagePointer,
    size: number,
    previous: PreviousPage | undefined,
    knownBelow: ReadonlySet<string>,
  ): void {
    this.unread.push({ pointer, size, previous, knownBelow });
  }

  rereadTop(size: number): void {
    this.unread.push({ pointer: undefined, size, isTop: true });
  }

  closeGap(): void {
    this.unread.pop();
  }

  finish(): void {
    this.unread = [];
  }
}
