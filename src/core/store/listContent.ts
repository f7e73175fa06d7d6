import type { ConversationPage } from '../api/api';
import {
  isLastPage,
  mayHaveSkipped,
  findNextPointer,
  pagingOf,
  findSeek,
  findTotal,
  type PreviousPage,
  type PageSeek,
} from '../api/paging/paging';
import type { EarlierPages, PageAddressing } from '../api/paging/pagingStyle';
import type { Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';
import { RejectedRows } from '../api/rejectedRows';
import type { ListSnapshot } from './snapshot';
import { UnreadPages, type ListPosition } from './unreadPages';
import { endOf, findOverlappingSize, type PageRange } from '../api/paging/pageSizes';

/** A row's state when the list last returned it. */
interface SeenRow {
  readonly updatedAt: string;
  /** The previous row on its page. */
  readonly above: string | undefined;
}

/** If this many last rows of a page are unchanged, all rows that moved to the top are above them. */
const minUnmovedRows = 10;
/** Pages that may be loaded again at the top, in addition to the list's own number of pages. */
const extraTopPages = 10;

export class ListContent {
  /** See `ListSnapshot.rowsWithoutMatch`. */
  rowsWithoutMatch = 0;

  private readonly seen = new Map<string, SeenRow>();
  /** Whether pages were loaded since the top was: a row may have moved to the top unseen. */
  private isTopStale = false;
  private topPagesLeft = 0;
  private readonly unread = new UnreadPages();
  private hasFirstPage = false;
  /** The latest page, whichever it was. */
  private latestPage: PreviousPage | undefined;
  /** Whether rows may have been skipped. */
  private mayHaveGaps = false;
  private total: number | undefined;
  private isTotalTrusted = true;
  /** The counts of the first page at the first load; growth since then has shifted the pages. */
  private first: Pick<EarlierPages, 'total' | 'lastPage'> | undefined;
  /** See `EarlierPages.followed`. */
  private readonly followed = new Set<string>();
  private rejected = new RejectedRows();
  private size = 0;
  private isSizeHonored = true;
  /** The way in which the server addresses pages. */
  addressing: PageAddressing | undefined;

  constructor(readonly query: ListQuery) {}

  get hasMore(): boolean {
    return this.unread.hasMore;
  }

  get next(): ListPosition {
    return this.unread.next(this.size);
  }

  get isInGap(): boolean {
    return this.unread.isInGap;
  }

  /** Whether the end is loaded and the top is loaded again, to find rows that moved there. */
  get isRereadingTop(): boolean {
    return this.unread.isRereadingTop;
  }

  /** Access to any page at any size; undefined if the server offers none. */
  get seek(): PageSeek | undefined {
    return this.isSizeHonored && this.latestPage !== undefined ? findSeek(this.latestPage.envelope) : undefined;
  }

  /** The rows loaded from the top without a gap; undefined if there is or may be one. */
  get contiguousTop(): { has(id: string): boolean; readonly position: number } | undefined {
    const { position } = this;
    if (this.mayHaveGaps || position === undefined) return undefined;
    const ids = this.listKnownIds();
    return { has: (id) => ids.has(id), position };
  }

  /** The offset after the last row, by the latest response. */
  get end(): number {
    const { envelope, size = 0 } = this.latestPage ?? {};
    const { total, lastPage } = envelope ?? {};
    if (lastPage === undefined) return 0;
    return total !== undefined && Math.ceil(total / size) === lastPage ? total : lastPage * size;
  }

  get isCounted(): boolean {
    return this.trustedTotal !== undefined;
  }

  /** Whether the server's total is higher than the rows it listed. */
  get isMissingRows(): boolean {
    return this.loaded + this.rejected.count < (this.trustedTotal ?? 0);
  }

  get loaded(): number {
    return this.seen.size;
  }

  get isOpened(): boolean {
    return this.hasFirstPage;
  }

  has(id: string): boolean {
    return this.seen.has(id);
  }

  listKnownIds(): ReadonlySet<string> {
    return new Set(this.seen.keys());
  }

  /** Returns the rows of a first page that are above the first known row. */
  findRowsAbove({ rows }: ConversationPage): ConversationPage['rows'] {
    const known = rows.findIndex(({ id }) => this.seen.has(id));
    return known === -1 ? rows : rows.slice(0, known);
  }

  /** Whether the list has this version of the row. */
  hasUnchanged({ id, updatedAt }: Conversation): boolean {
    return this.seen.get(id)?.updatedAt === updatedAt;
  }

  /**
   * Whether the last rows of a page are unchanged. Then all rows that moved to the top are above them: in a list
   * ordered by last update a moved row has a new time, and in another list this many rows wouldn't keep their order.
   */
  private hasUnmovedEnd({ rows }: ConversationPage): boolean {
    const last = rows.slice(-minUnmovedRows);
    return last.every((row, index) => {
      const above = this.seen.get(row.id)?.above;
      return this.hasUnchanged(row) && (index === 0 || above === undefined || above === last[index - 1]?.id);
    });
  }

  /**
   * Returns the page size to request. If the server uses another size, its own stays, so that stored places remain
   * valid.
   */
  pageSize(wanted: number): number {
    if (this.isSizeHonored) this.size = wanted;
    return this.size;
  }

  /**
   * Returns the page size of the next request. Without a total, pages overlap by at least a row, which proves that no
   * row between them was skipped.
   */
  nextPageSize(wanted: number): number {
    const size = this.pageSize(wanted);
    const { offset = 0 } = this.unread;
    const needsOverlap = this.latestPage && pagingOf(this.latestPage.envelope).needsOverlap(this.latestPage.envelope);
    if (this.isSizeHonored && needsOverlap === true && offset > 0)
      this.size = findOverlappingSize(offset, size) ?? size;
    return this.size;
  }

  /** Adds the page loaded at `next`. */
  advance(page: ConversationPage): void {
    const pointer = this.next;
    const { isInGap } = this;
    if (this.isRereadingTop) return this.advanceAtTop(pointer, page);
    if (this.isAboveNext(pointer, page)) return this.addPage(pointer, page);
    const hasMetKnown =
      isInGap &&
      (pagingOf(page.envelope).isCursorCycle(page.envelope, this.followed) ||
        (page.rows.every((row) => this.hasUnchanged(row)) && page.rows.some(({ id }) => this.unread.isBelowGap(id))));
    // In a gap, known rows don't mean the end of the list but of the gap.
    const next = isInGap
      ? findNextPointer(pointer, page, new Set())
      : findNextPointer(pointer, page, this.seen, { ...this.first, followed: this.followed });
    this.mayHaveGaps ||=
      this.mayHaveSkipped(pointer, page) || (next === undefined && !isLastPage(pointer, page, this.size));
    this.addPage(pointer, page);
    if (hasMetKnown) this.unread.closeGap();
    else if (next === undefined) this.unread.finish();
    else this.unread.moveTo(next, this.size, this.latestPage);
    this.checkTopAtEnd();
  }

  /** Without a total, missed rows go unnoticed, so the top is loaded again. */
  private checkTopAtEnd(): void {
    if (!this.hasMore && !this.isCounted) this.scheduleTopReread();
  }

  /**
   * Loads the top again until one page shows all rows that were added or moved there: within one response nothing can
   * move. Each pass is shorter than the last, so fewer rows can move.
   */
  scheduleTopReread(): void {
    if (!this.isTopStale || this.isRereadingTop) return;
    this.topPagesLeft = extraTopPages + Math.ceil(this.loaded / Math.max(1, this.size));
    this.unread.rereadTop(this.size);
  }

  private advanceAtTop(pointer: ListPosition, page: ConversationPage): void {
    const next = findNextPointer(pointer, page, new Set());
    const isEnd = next === undefined || this.hasUnmovedEnd(page);
    const isSettled = isEnd && pointer === undefined;
    this.mayHaveGaps ||= this.mayHaveSkipped(pointer, page);
    // This page is the whole list. A rejected row that was alone on its page can't be identified by its neighbors.
    if (isSettled && next === undefined) this.rejected = new RejectedRows();
    this.addPage(pointer, page);
    this.topPagesLeft -= 1;
    this.isTopStale = false;
    if (!isSettled && this.topPagesLeft > 0)
      return this.unread.moveTo(isEnd ? undefined : next, this.size, isEnd ? undefined : this.latestPage);
    this.unread.closeGap();
    this.mayHaveGaps ||= !isSettled;
  }

  /**
   * Adds a page loaded again from the top. The rows between it and the known ones are a gap until a page adds nothing.
   * @returns the next page to load; undefined at a known row or the end
   */
  advanceFromTop(pointer: ListPosition, page: ConversationPage, caughtUp: boolean): ListPosition {
    const next = findNextPointer(pointer, page, new Set());
    // A gap stores the rows that were known when it opened.
    const before = caughtUp ? undefined : this.listKnownIds();
    this.mayHaveGaps ||= this.mayHaveSkipped(pointer, page);
    this.addPage(pointer, page);
    const isGapOpen = pointer !== undefined;
    if (caughtUp) {
      if (!isGapOpen) return undefined;
      this.unread.closeGap();
      this.checkTopAtEnd();
      return undefined;
    }
    if (next === undefined) {
      this.unread.finish();
      this.isTopStale = isGapOpen;
      this.checkTopAtEnd();
    } else if (isGapOpen) this.unread.moveTo(next, this.size, this.latestPage);
    else this.unread.openGap(next, this.size, this.latestPage, before ?? new Set());
    return next;
  }

  /** Whether rows between this page and the previous one may have been skipped. */
  private mayHaveSkipped(pointer: ListPosition, page: ConversationPage): boolean {
    return mayHaveSkipped(pointer, page, this.unread.before, this.isSizeHonored);
  }

  /** Whether the server used smaller pages than requested, so that this page is above the requested place. */
  private isAboveNext(pointer: ListPosition, page: ConversationPage): boolean {
    const smaller = findSmallerSize(page, this.size);
    if (smaller === undefined || pointer === undefined) return false;
    const rowsBefore = pagingOf(pointer).rowsBefore(pointer, smaller);
    return rowsBefore !== undefined && rowsBefore + smaller <= (this.unread.offset ?? 0);
  }

  /** Adds a page that overlaps or adjoins the loaded rows. */
  advanceOver(window: PageRange, page: ConversationPage, seek: PageSeek): void {
    this.addPage(seek.pointerTo(window.page), page, window.size);
    const { position } = this;
    if (position === undefined || endOf(window) <= position) return;
    this.unread.moveTo(seek.pointerTo(window.page + 1), window.size, this.latestPage);
  }

  /** The last page was loaded and nothing before it was skipped. */
  finish(): void {
    this.unread.finish();
    this.mayHaveGaps = false;
  }

  markIncomplete(): void {
    this.mayHaveGaps = true;
  }

  snapshot(): Omit<ListSnapshot, 'key' | 'query' | 'state'> {
    return {
      read: this.hasFirstPage,
      hasMore: this.hasMore,
      loaded: this.loaded,
      mayLackRows: this.hasFirstPage && !this.hasMore && (this.mayHaveGaps || this.isMissingRows),
      total: this.trustedTotal,
      rejected: this.rejected.count,
      rowsWithoutMatch: this.rowsWithoutMatch,
    };
  }

  /** How many rows of the list are before the one place where its unread pages begin. */
  private get position(): number | undefined {
    return this.isInGap ? undefined : this.unread.offset;
  }

  private get trustedTotal(): number | undefined {
    return this.isTotalTrusted ? this.total : undefined;
  }

  private addPage(pointer: ListPosition, page: ConversationPage, size = this.size): void {
    this.hasFirstPage = true;
    if (pointer !== undefined) this.isTopStale = true;
    page.rows.forEach(({ id, updatedAt }, index) => this.seen.set(id, { updatedAt, above: page.rows[index - 1]?.id }));
    this.rejected.addPage(page);
    const visitKey = pointer && pagingOf(pointer).visitKey(pointer);
    if (visitKey !== undefined) this.followed.add(visitKey);
    const { envelope } = page;
    this.addressing = envelope.addressing ?? this.addressing;
    const { seek } = pagingOf(envelope);
    const ids = new Set(page.rows.map(({ id }) => id));
    this.latestPage = {
      envelope,
      size,
      ids,
      isFull: page.rows.length + page.rejected.length >= Math.min(envelope.perPage ?? size, size),
    };
    if (seek === undefined) return;
    this.total = findTotal(page, this.query, this.loaded);
    // Once a total contradicts the rows, later totals are ignored too.
    this.isTotalTrusted &&= envelope.total === undefined || this.total !== undefined;
    this.first ??= { total: envelope.total, lastPage: envelope.lastPage };
    this.isSizeHonored &&= seek.mayHonorSize(page, size);
    this.size = findSmallerSize(page, this.size) ?? this.size;
  }
}

/**
 * Returns the server's page size if it is smaller than requested, such as its limit. A page with more rows disproves
 * it.
 */
function findSmallerSize({ rows, rejected, envelope }: ConversationPage, requested: number): number | undefined {
  const { perPage } = envelope;
  if (perPage === undefined || perPage <= 0 || perPage >= requested) return undefined;
  return rows.length + rejected.length <= perPage ? perPage : undefined;
}
