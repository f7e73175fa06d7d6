import type { PageEnvelope } from '../api/api';
import type { PagePointer } from '../model/query';

/** `undefined` is the first page. */
export type Place = PagePointer | undefined;

/** What the page before a place said, when it was read. */
export interface PageBefore {
  readonly envelope: PageEnvelope;
  /** As it was asked for. */
  readonly size: number;
  readonly isFull: boolean;
}

interface Unread {
  readonly place: Place;
  readonly before?: PageBefore | undefined;
  /** Ids on the pages behind it that were read before: where one of them comes, what is unread ends. */
  readonly behind: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Where the unread pages of a list begin. There are several such places where a refresh found more new pages than it
 * may read: reading goes on in that newest gap until it meets what is known, then in the next, and last behind the end
 * of what was read. None is left when the list was read to its end.
 */
export class UnreadPages {
  private unread: Unread[] = [{ place: undefined, behind: nothing }];

  get remain(): boolean {
    return this.unread.length > 0;
  }

  get inGap(): boolean {
    return this.unread.length > 1;
  }

  /** Where to read on. */
  get next(): Place {
    return this.unread.at(-1)?.place;
  }

  get before(): PageBefore | undefined {
    return this.unread.at(-1)?.before;
  }

  /**
   * Whether a row lies behind the gap that is read. What is known but lies before it is no end: rows that were added
   * since push it down into the gap.
   */
  liesBehindGap(id: string): boolean {
    return this.unread.at(-1)?.behind.has(id) === true;
  }

  moveTo(place: Place, before: PageBefore | undefined): void {
    this.unread.push({ place, before, behind: this.unread.pop()?.behind ?? nothing });
  }

  openGap(place: PagePointer, before: PageBefore | undefined, behind: ReadonlySet<string>): void {
    this.unread.push({ place, before, behind });
  }

  closeGap(): void {
    this.unread.pop();
  }

  finish(): void {
    this.unread = [];
  }

  map(change: (pointer: PagePointer) => PagePointer): void {
    this.unread = this.unread.map((each) => ({ ...each, place: each.place && change(each.place) }));
  }
}
