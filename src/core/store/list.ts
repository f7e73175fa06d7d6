import type { ConversationPage } from '../api/api';
import { nextPointer, reanchor, totalOf, type EarlierPages } from '../api/pagination';
import type { ListQuery } from '../model/query';
import type { ListKey, ListSnapshot, ListState, ListWork } from './snapshot';
import { UnreadPages, type Place } from './unreadPages';

/** What a list is busy with now, and how to stop it. */
export interface CurrentWork {
  readonly work: ListWork;
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/** One list of the server's: what it brought and how far it was read. Only the store changes it. */
export class ConversationList {
  state: ListState = { kind: 'unopened' };
  current: CurrentWork | undefined;
  /** See `ListSnapshot.barren`. */
  barren = 0;

  private ids = new Set<string>();
  private unread = new UnreadPages();
  private read = false;
  private total: number | undefined;
  private totalIsOurs = true;
  /** What the first page said when the list was first read: what has grown since has shifted. */
  private first: Pick<EarlierPages, 'total' | 'lastPage'> | undefined;
  private readonly cursors = new Set<string>();
  private rejectedByPlace = new Map<string, number>();
  private size: number | undefined;
  private sizeIsKept = true;

  constructor(
    readonly key: ListKey,
    readonly query: ListQuery,
  ) {}

  get hasMore(): boolean {
    return this.unread.remain;
  }

  get next(): Place {
    return this.unread.next;
  }

  get loaded(): number {
    return this.ids.size;
  }

  get wasRead(): boolean {
    return this.read;
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Whether every row of the page is one that this list brought before. */
  knows(page: ConversationPage): boolean {
    return page.rows.every(({ id }) => this.ids.has(id));
  }

  /**
   * The page size to ask for. A server that answers with another size than was asked numbers its pages by its own:
   * there the size asked for stays, so that the places already noted stay true.
   */
  pageSize(wanted: number): number {
    const before = this.size;
    if (before === undefined) this.size = wanted;
    else if (before !== wanted && this.sizeIsKept) {
      this.unread.map((pointer) => reanchor(pointer, before, wanted));
      this.size = wanted;
    }
    return this.size ?? wanted;
  }

  /** Takes the page that was read at `next`. */
  advance(page: ConversationPage): void {
    const asked = this.unread.next;
    const { inGap } = this.unread;
    const metKnown = inGap && this.knows(page) && page.rows.some(({ id }) => this.unread.liesBehindGap(id));
    // In a gap what is known is no sign of the end: it is what the gap ends at.
    const next = inGap
      ? nextPointer(asked, page, new Set())
      : nextPointer(asked, page, this.ids, { ...this.first, cursors: this.cursors });
    this.take(asked, page);
    if (metKnown) this.unread.closeGap();
    else if (next === undefined) this.unread.finish();
    else this.unread.moveTo(next);
  }

  /**
   * Takes a page that was read again, from the top downward. What lies between it and what is known is a gap until a
   * page brings nothing new.
   * @returns where to read on; undefined when the known was met, or the end
   */
  advanceFromTop(asked: Place, page: ConversationPage, caughtUp: boolean): Place {
    const next = nextPointer(asked, page, new Set());
    const before = this.ids;
    this.take(asked, page);
    const gapIsOpen = asked !== undefined;
    if (caughtUp) {
      if (gapIsOpen) this.unread.closeGap();
      return undefined;
    }
    if (next === undefined) this.unread.finish();
    else if (gapIsOpen) this.unread.moveTo(next);
    else this.unread.openGap(next, before);
    return next;
  }

  /** Replaces all that was read by what `other` read. */
  replaceBy(other: ConversationList): void {
    this.ids = other.ids;
    this.unread = other.unread;
    this.read = other.read;
    this.total = other.total;
    this.totalIsOurs = other.totalIsOurs;
    this.first = other.first;
    this.cursors.clear();
    other.cursors.forEach((cursor) => this.cursors.add(cursor));
    this.size = other.size;
    this.sizeIsKept = other.sizeIsKept;
    this.barren = 0;
    this.rejectedByPlace = other.rejectedByPlace;
  }

  snapshot(): ListSnapshot {
    return {
      key: this.key,
      query: this.query,
      state: this.state,
      read: this.read,
      hasMore: this.hasMore,
      loaded: this.loaded,
      total: this.totalIsOurs ? this.total : undefined,
      rejected: [...this.rejectedByPlace.values()].reduce((sum, count) => sum + count, 0),
      barren: this.barren,
    };
  }

  private take(asked: Place, page: ConversationPage): void {
    this.read = true;
    // Not in place: a gap remembers what was known when it opened.
    this.ids = new Set([...this.ids, ...page.rows.map(({ id }) => id)]);
    this.rejectedByPlace.set(nameOf(asked), page.rejected);
    if (asked?.style === 'cursor') this.cursors.add(asked.cursor);
    const { envelope } = page;
    if (envelope.style === 'cursor') return;
    this.total = totalOf(page, this.query, this.loaded);
    // Once an answer counted something else, no later one is believed.
    this.totalIsOurs &&= envelope.total === undefined || this.total !== undefined;
    this.first ??= { total: envelope.total, lastPage: envelope.lastPage };
    this.sizeIsKept = envelope.perPage === undefined || envelope.perPage === this.size;
  }
}

function nameOf(place: Place): string {
  if (place === undefined) return 'page 1';
  return place.style === 'page' ? `page ${place.page}` : `cursor ${place.cursor}`;
}
