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

/** How a row stood when the list last brought it. */
interface Seen {
  readonly updatedAt: string;
  /** The row that stood right above it on its page. */
  readonly above: string | undefined;
}

/** A page whose last rows stand as they stood, so many of them, has everything above them that moved to the top. */
const minUnmovedRows = 10;
/** So many pages at the top may be read again after the end, and as many more as the list has. */
const pagesAgain = 10;

/** What a list brought and how far it was read. */
export class ListContent {
  /** See `ListSnapshot.barren`. */
  barren = 0;

  private readonly seen = new Map<string, Seen>();
  /** Whether pages were read in turn since the top was last read: a row may have moved there from below, unseen. */
  private topIsDue = false;
  private pagesAgainLeft = 0;
  private readonly unread = new UnreadPages();
  private read = false;
  /** The newest answer of all, whatever page it was. */
  private newest: PreviousPage | undefined;
  /** Whether rows may lie in no page that was read. */
  private inDoubt = false;
  private total: number | undefined;
  private totalIsOurs = true;
  /** What the first page said when the list was first read: what has grown since has shifted. */
  private first: Pick<EarlierPages, 'total' | 'lastPage'> | undefined;
  /** See `EarlierPages.followed`. */
  private readonly followed = new Set<string>();
  private rejected = new RejectedRows();
  private size = 0;
  private sizeIsKept = true;
  /** How the server wants to be asked for a page. */
  addressing: PageAddressing | undefined;

  constructor(readonly query: ListQuery) {}

  get hasMore(): boolean {
    return this.unread.remain;
  }

  get next(): ListPosition {
    return this.unread.next(this.size);
  }

  get inGap(): boolean {
    return this.unread.inGap;
  }

  /** Whether the end was read, and the top is read again for what moved there meanwhile. */
  get readsTopAgain(): boolean {
    return this.unread.atTop;
  }

  /** Access to any page, at whatever size it is asked for; undefined if the server offers none. */
  get seek(): PageSeek | undefined {
    return this.sizeIsKept && this.newest !== undefined ? findSeek(this.newest.envelope) : undefined;
  }

  /** What was read from the top without a hole, as it is now; undefined where there is one, or may be. */
  get solidTop(): { has(id: string): boolean; readonly position: number } | undefined {
    const { position } = this;
    if (this.inDoubt || position === undefined) return undefined;
    const ids = this.knownIds();
    return { has: (id) => ids.has(id), position };
  }

  /** The offset behind the last row, by the newest answer. */
  get end(): number {
    const { envelope, size = 0 } = this.newest ?? {};
    const { total, lastPage } = envelope ?? {};
    if (lastPage === undefined) return 0;
    return total !== undefined && Math.ceil(total / size) === lastPage ? total : lastPage * size;
  }

  /** Whether the server tells how many there are. */
  get isCounted(): boolean {
    return this.believedTotal !== undefined;
  }

  /** Whether the server counts more than it listed. */
  get lacksRows(): boolean {
    return this.loaded + this.rejected.count < (this.believedTotal ?? 0);
  }

  get loaded(): number {
    return this.seen.size;
  }

  get wasRead(): boolean {
    return this.read;
  }

  has(id: string): boolean {
    return this.seen.has(id);
  }

  /** Of all that it brought so far. */
  knownIds(): ReadonlySet<string> {
    return new Set(this.seen.keys());
  }

  /** The rows of a first page that stand above the first one that is known. */
  above({ rows }: ConversationPage): ConversationPage['rows'] {
    const known = rows.findIndex(({ id }) => this.seen.has(id));
    return known === -1 ? rows : rows.slice(0, known);
  }

  /** Whether this list brought the row before, as it is now. */
  knows({ id, updatedAt }: Conversation): boolean {
    return this.seen.get(id)?.updatedAt === updatedAt;
  }

  /**
   * Whether the last rows of a page stand as they stood. Then all that moved to the top since they were read stands above them: in a
   * list that is ordered by last update nothing moves without a new time, and in any other not so many rows in their old order.
   */
  private endsUnmoved({ rows }: ConversationPage): boolean {
    const last = rows.slice(-minUnmovedRows);
    return last.every((row, index) => {
      const above = this.seen.get(row.id)?.above;
      return this.knows(row) && (index === 0 || above === undefined || above === last[index - 1]?.id);
    });
  }

  /**
   * The page size to ask for. A server that answers with another size than was asked numbers its pages by its own: there the smaller
   * of both stays, so that the places already noted stay true.
   */
  pageSize(wanted: number): number {
    if (this.sizeIsKept) this.size = wanted;
    return this.size;
  }

  /**
   * The page size to read on with. Where the server counts nothing, pages overlap by a row or more: only that shows that no row between
   * them was skipped.
   */
  nextPageSize(wanted: number): number {
    const size = this.pageSize(wanted);
    const { offset = 0 } = this.unread;
    const needsOverlap = this.newest && pagingOf(this.newest.envelope).needsOverlap(this.newest.envelope);
    if (this.sizeIsKept && needsOverlap === true && offset > 0) this.size = findOverlappingSize(offset, size) ?? size;
    return this.size;
  }

  /** Takes the page that was read at `next`. */
  advance(page: ConversationPage): void {
    const asked = this.next;
    const { inGap } = this;
    if (this.readsTopAgain) return this.advanceAtTop(asked, page);
    if (this.liesBefore(asked, page)) return this.take(asked, page);
    const metKnown =
      inGap &&
      (pagingOf(page.envelope).isCursorCycle(page.envelope, this.followed) ||
        (page.rows.every((row) => this.knows(row)) && page.rows.some(({ id }) => this.unread.liesBehindGap(id))));
    // In a gap what is known is no sign of the end: it is what the gap ends at.
    const next = inGap
      ? findNextPointer(asked, page, new Set())
      : findNextPointer(asked, page, this.seen, { ...this.first, followed: this.followed });
    this.inDoubt ||= this.mayHaveSkipped(asked, page) || (next === undefined && !isLastPage(asked, page, this.size));
    this.take(asked, page);
    if (metKnown) this.unread.closeGap();
    else if (next === undefined) this.unread.finish();
    else this.unread.moveTo(next, this.size, this.newest);
    this.endInTurn();
  }

  /** Pages that were read in turn have ended: where no total tells of rows that were missed, the top is to be read again. */
  private endInTurn(): void {
    if (!this.hasMore && !this.isCounted) this.readTopAgain();
  }

  /**
   * Has the top read again, until one page shows all that began or moved there since it was last read: nothing can move between the
   * rows of one answer. Each time fewer rows can have moved than before, as it takes less long.
   */
  readTopAgain(): void {
    if (!this.topIsDue || this.readsTopAgain) return;
    this.pagesAgainLeft = pagesAgain + Math.ceil(this.loaded / Math.max(1, this.size));
    this.unread.readTopAgain(this.size);
  }

  private advanceAtTop(asked: ListPosition, page: ConversationPage): void {
    const next = findNextPointer(asked, page, new Set());
    const isEnd = next === undefined || this.endsUnmoved(page);
    const isSettled = isEnd && asked === undefined;
    this.inDoubt ||= this.mayHaveSkipped(asked, page);
    // All there is stands on this page. A row that can't be read, alone on its page before, is not known by its neighbors.
    if (isSettled && next === undefined) this.rejected = new RejectedRows();
    this.take(asked, page);
    this.pagesAgainLeft -= 1;
    this.topIsDue = false;
    if (!isSettled && this.pagesAgainLeft > 0)
      return this.unread.moveTo(isEnd ? undefined : next, this.size, isEnd ? undefined : this.newest);
    this.unread.closeGap();
    this.inDoubt ||= !isSettled;
  }

  /**
   * Takes a page that was read again, from the top downward. What lies between it and what is known is a gap until a
   * page brings nothing new.
   * @returns where to read on; undefined when the known was met, or the end
   */
  advanceFromTop(asked: ListPosition, page: ConversationPage, caughtUp: boolean): ListPosition {
    const next = findNextPointer(asked, page, new Set());
    // A gap remembers what was known when it opened.
    const before = caughtUp ? undefined : this.knownIds();
    this.inDoubt ||= this.mayHaveSkipped(asked, page);
    this.take(asked, page);
    const gapIsOpen = asked !== undefined;
    if (caughtUp) {
      if (!gapIsOpen) return undefined;
      this.unread.closeGap();
      this.endInTurn();
      return undefined;
    }
    if (next === undefined) {
      this.unread.finish();
      this.topIsDue = gapIsOpen;
      this.endInTurn();
    } else if (gapIsOpen) this.unread.moveTo(next, this.size, this.newest);
    else this.unread.openGap(next, this.size, this.newest, before ?? new Set());
    return next;
  }

  /** Whether rows may lie between a page that was read in its turn and the one before it. */
  private mayHaveSkipped(asked: ListPosition, page: ConversationPage): boolean {
    return mayHaveSkipped(asked, page, this.unread.before, this.sizeIsKept);
  }

  /** Whether the server counted in smaller pages than was asked, and so answered with rows above the place where to read on. */
  private liesBefore(asked: ListPosition, page: ConversationPage): boolean {
    const smaller = smallerSize(page, this.size);
    if (smaller === undefined || asked === undefined) return false;
    const rowsBefore = pagingOf(asked).rowsBefore(asked, smaller);
    return rowsBefore !== undefined && rowsBefore + smaller <= (this.unread.offset ?? 0);
  }

  /** Takes a page that joins what was read before it without a hole. */
  advanceOver(window: PageRange, page: ConversationPage, seek: PageSeek): void {
    this.take(seek.pointerTo(window.page), page, window.size);
    const { position } = this;
    if (position === undefined || endOf(window) <= position) return;
    this.unread.moveTo(seek.pointerTo(window.page + 1), window.size, this.newest);
  }

  /** The last page that was taken is the list's last, and nothing before it was skipped. */
  finish(): void {
    this.unread.finish();
    this.inDoubt = false;
  }

  /** Rows may have been skipped. */
  doubt(): void {
    this.inDoubt = true;
  }

  snapshot(): Omit<ListSnapshot, 'key' | 'query' | 'state'> {
    return {
      read: this.read,
      hasMore: this.hasMore,
      loaded: this.loaded,
      mayLackRows: this.read && !this.hasMore && (this.inDoubt || this.lacksRows),
      total: this.believedTotal,
      rejected: this.rejected.count,
      barren: this.barren,
    };
  }

  /** How many rows of the list are before the one place where its unread pages begin. */
  private get position(): number | undefined {
    return this.inGap ? undefined : this.unread.offset;
  }

  private get believedTotal(): number | undefined {
    return this.totalIsOurs ? this.total : undefined;
  }

  private take(asked: ListPosition, page: ConversationPage, size = this.size): void {
    this.read = true;
    if (asked !== undefined) this.topIsDue = true;
    page.rows.forEach(({ id, updatedAt }, index) => this.seen.set(id, { updatedAt, above: page.rows[index - 1]?.id }));
    this.rejected.addPage(page);
    const visitKey = asked && pagingOf(asked).visitKey(asked);
    if (visitKey !== undefined) this.followed.add(visitKey);
    const { envelope } = page;
    this.addressing = envelope.addressing ?? this.addressing;
    const { seek } = pagingOf(envelope);
    const ids = new Set(page.rows.map(({ id }) => id));
    this.newest = {
      envelope,
      size,
      ids,
      isFull: page.rows.length + page.rejected.length >= Math.min(envelope.perPage ?? size, size),
    };
    if (seek === undefined) return;
    this.total = findTotal(page, this.query, this.loaded);
    // Once an answer counted something else, no later one is believed.
    this.totalIsOurs &&= envelope.total === undefined || this.total !== undefined;
    this.first ??= { total: envelope.total, lastPage: envelope.lastPage };
    this.sizeIsKept &&= seek.mayHonorSize(page, size);
    this.size = smallerSize(page, this.size) ?? this.size;
  }
}

/** The size that a server gives its pages where it is less than was asked, as its limit is. A page of more rows belies it. */
function smallerSize({ rows, rejected, envelope }: ConversationPage, asked: number): number | undefined {
  const { perPage } = envelope;
  if (perPage === undefined || perPage <= 0 || perPage >= asked) return undefined;
  return rows.length + rejected.length <= perPage ? perPage : undefined;
}
