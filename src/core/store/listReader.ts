import type { ConversationPage, ConversationsApi, Priority } from '../api/api';
import { ApiError, toApiError, isCanceled } from '../api/errors';
import type { PageSeek } from '../api/paging/paging';
import type { Conversation } from '../model/conversation';
import type { ConversationList } from './list';
import { ListContent } from './listContent';
import { walkAligned, walkOverlapping } from './walks';
import type { ConversationRows, ListState, PollOutcome } from './snapshot';
import type { ListPosition } from './unreadPages';
import { endOf, type PageRange } from '../api/paging/pageSizes';
import { maxPageSize } from '../api/rateLimits';

/** How many pages one load-more or one refresh may read. */
const maxPagesPerLoad = 3;
/** What was read before is not worth joining where it is no more than this: to read it again costs less. */
const maxSmallTop = 2 * maxPageSize;
/** So many pages in a row that bring nothing new are no list that is worth reading to its end. */
const maxFruitlessPages = 10;

export interface ListReaderOptions {
  readonly pageSize: () => number;
  /** Whom to ask, as it is now. */
  readonly api: () => Pick<ConversationsApi, 'origin' | 'listConversations'> | undefined;
  readonly rows: {
    /** @param fresh those of them that the list did not have */
    merge(incoming: readonly Conversation[], fresh: readonly Conversation[]): ReturnType<ConversationRows['merge']>;
  };
}

interface ReadHow {
  readonly pageSize?: number;
  readonly priority?: Priority;
}

export const background: ReadHow = { pageSize: maxPageSize, priority: 'background' };

/** Reads pages into lists. Every method rejects with an `ApiError`: then what came before it stays. */
export class ListReader {
  constructor(readonly options: ListReaderOptions) {}

  contentOf(list: ConversationList): ListContent {
    return (list.content ??= new ListContent(list.query));
  }

  /** Reads the next page. */
  async readNext(
    list: ListContent,
    signal: AbortSignal,
    { pageSize = this.options.pageSize(), priority }: ReadHow = {},
  ): Promise<{ added: readonly Conversation[]; page: ConversationPage }> {
    const size = list.nextPageSize(pageSize);
    const page = await this.fetch(list, list.next, size, signal, priority);
    const fresh = freshIn(list, page);
    list.advance(page);
    return { added: this.options.rows.merge(page.rows, fresh).added, page };
  }

  /** Reads on until a page brings what the reader looks for, three pages at most. @param told is called between two */
  async readOn(
    list: ListContent,
    signal: AbortSignal,
    brings: (added: Conversation) => boolean,
    told: () => void,
  ): Promise<void> {
    let read = 0;
    for (let pages = 0; pages < maxPagesPerLoad && list.hasMore; pages += 1) {
      const { added, page } = await this.readNext(list, signal);
      read += page.rows.length;
      if (added.some((row) => brings(row))) {
        list.barren = 0;
        break;
      }
      list.barren = read;
      told();
    }
    await this.readTopAgain(list, signal, told, { pageSize: maxPageSize });
  }

  /**
   * Reads to the end, in large pages, behind what is looked at: numbered pages several at a time, others one by one. May end with
   * more to read, where the server's pages bring nothing new for long.
   * @param paged is called after each page
   * @param grown is called when the list has grown by so much that it is worth looking through
   */
  async readToEnd(list: ListContent, signal: AbortSignal, paged: () => void, grown: () => void): Promise<void> {
    const tell = whenGrown(grown);
    const told = (): void => {
      paged();
      tell(list.loaded);
    };
    const topIsFresh = !list.wasRead;
    let first: ConversationPage | undefined;
    if (topIsFresh) {
      first = (await this.readNext(list, signal, background)).page;
      told();
    }
    const { seek } = list;
    if (seek === undefined || list.readsTopAgain) {
      if (!topIsFresh && !list.readsTopAgain) await this.refreshFromTop(list, signal, { added: 0, changed: 0 });
      await this.readOneByOne(list, signal, told);
      // Also where there is a total: it says nothing of a row that moved where another one is gone.
      if (!list.hasMore) list.readTopAgain();
      return this.readTopAgain(list, signal, told, background);
    }
    const outcome = list.hasMore ? await this.readNumbered(list, seek, first, signal, told) : 'unmoved';
    if (outcome === 'unfit') {
      // What may have been skipped before the walk gave up is not read again.
      list.doubt();
      return this.readOneByOne(list, signal, told);
    }
    if (outcome === 'moved' || list.lacksRows) list.readTopAgain();
    await this.readTopAgain(list, signal, told, background);
  }

  private async readOneByOne(list: ListContent, signal: AbortSignal, told: () => void): Promise<void> {
    for (let fruitless = 0; list.hasMore && (list.readsTopAgain || fruitless < maxFruitlessPages);) {
      const { added } = await this.readNext(list, signal, background);
      fruitless = added.length === 0 ? fruitless + 1 : 0;
      list.barren = 0;
      told();
    }
  }

  /** Where the list is at its top again: finds what began, or was moved there, while the rest was read. */
  async readTopAgain(list: ListContent, signal: AbortSignal, told: () => void, how: ReadHow = {}): Promise<void> {
    while (list.readsTopAgain) {
      await this.readNext(list, signal, how);
      told();
    }
  }

  /**
   * Reads from the top until a page brings only what is known and unchanged, three pages at most.
   * @param arrived is given what has begun since the list was last read
   */
  async refreshFromTop(
    list: ListContent,
    signal: AbortSignal,
    outcome: { added: number; changed: number },
    arrived: Conversation[] = [],
  ): Promise<void> {
    const usual = this.options.pageSize();
    let size = list.pageSize(usual);
    let place: ListPosition;
    let metKnown = false;
    for (let pages = 0; pages < maxPagesPerLoad; pages += 1) {
      const page: ConversationPage = await this.fetch(list, place, size, signal);
      const above: readonly Conversation[] = metKnown ? [] : list.above(page);
      metKnown ||= above.length < page.rows.length;
      const { added, changed } = this.options.rows.merge(page.rows, freshIn(list, page));
      arrived.push(...above.filter((row) => added.includes(row)));
      outcome.added += added.length;
      outcome.changed += changed;
      place = list.advanceFromTop(place, page, changed === 0 && page.rows.every((row) => list.knows(row)));
      list.barren = 0;
      if (place === undefined) break;
      size = list.nextPageSize(usual);
      place = list.next;
    }
    await this.readTopAgain(list, signal, () => undefined);
  }

  /**
   * Reads the first page behind what is looked at, and no other: what lies deeper is left to a refresh.
   * @returns what has begun since the list was last read
   */
  async poll(list: ListContent, signal: AbortSignal): Promise<readonly Conversation[]> {
    if (!list.wasRead) {
      await this.readNext(list, signal, { priority: 'background' });
      return [];
    }
    const page = await this.fetch(list, undefined, list.pageSize(this.options.pageSize()), signal, 'background');
    const above = list.above(page);
    const fresh = freshIn(list, page);
    // A row that stands as it stood says that nothing lies between it and what was read before; one that changed may have moved up.
    list.advanceFromTop(undefined, page, page.rows.length === 0 || page.rows.some((row) => list.knows(row)));
    const added = new Set(this.options.rows.merge(page.rows, fresh).added);
    return above.filter((row) => added.has(row));
  }

  /**
   * As few pages as there can be while nothing moves; then by pages that overlap.
   * @param first the first page, where it was read just now
   * @returns whether it was read to its end, and whether it moved meanwhile; where it is unfit for that, its pages are to be read one by one
   */
  private async readNumbered(
    list: ListContent,
    seek: PageSeek,
    first: ConversationPage | undefined,
    signal: AbortSignal,
    told: () => void,
  ): Promise<'unmoved' | 'moved' | 'unfit'> {
    // What was known before may come once more.
    const known = first === undefined ? list.knownIds() : new Set<string>();
    const again = new Set<string>();
    let reached = 0;
    const take = (window: PageRange, page: ConversationPage): void => {
      for (const { id } of page.rows) if (known.has(id)) again.add(id);
      const fresh = freshIn(list, page);
      list.advanceOver(window, page, seek);
      reached = endOf(window);
      this.options.rows.merge(page.rows, fresh);
      list.barren = 0;
      told();
    };
    const fetch = ({ page, size }: PageRange, dropped: AbortSignal): Promise<ConversationPage> =>
      this.fetch(list, seek.pointerTo(page), size, AbortSignal.any([signal, dropped]), 'background');

    try {
      const before = first === undefined ? list.solidTop : undefined;
      let top = list.solidTop && { ...list.solidTop, isFresh: first !== undefined };
      if (before === undefined || before.position <= maxSmallTop) {
        const has = (id: string): boolean => (known.has(id) ? again.has(id) : list.has(id));
        const outcome = await walkAligned({ first, has, take }, fetch);
        if (outcome === 'end') {
          list.finish();
          return 'unmoved';
        }
        // Only what this walk brought: the rows from before may lie behind a hole, however many pages they reach down.
        if (outcome.pages > 0) top = { has, position: outcome.pages * maxPageSize, isFresh: true };
      }
      const walked = {
        top,
        get end() {
          return list.end;
        },
        take,
      };
      const outcome = await walkOverlapping(walked, fetch);
      if (outcome === 'unfit') return 'unfit';
      list.finish();
      return 'moved';
    } finally {
      // Stopped among new rows, above what was read before, it leaves a hole that nobody reads on from.
      if (again.size === 0 && reached > 0 && reached < (list.solidTop?.position ?? 0)) list.doubt();
    }
  }

  private async fetch(
    { query, addressing }: ListContent,
    pointer: ListPosition,
    pageSize: number,
    signal: AbortSignal,
    priority: Priority = 'visible',
  ): Promise<ConversationPage> {
    const api = this.options.api();
    if (api === undefined) throw new ApiError({ kind: 'cancelled', origin: '' });
    const page = await api.listConversations(query, { pointer, pageSize, addressing }, { signal, priority });
    // The answer may have been on its way when the account, the filter or the user said otherwise.
    if (signal.aborted || api !== this.options.api()) throw new ApiError({ kind: 'cancelled', origin: api.origin });
    return page;
  }
}

function freshIn(list: ListContent, { rows }: ConversationPage): readonly Conversation[] {
  return rows.filter(({ id }) => !list.has(id));
}

/** Reads the top of a list, see `ListReader.poll`. A failure leaves the list as it was. */
export async function pollTop(
  list: ConversationList,
  reader: ListReader,
  signal: AbortSignal,
  defect: (error: unknown) => void,
): Promise<{ readonly outcome: PollOutcome; readonly arrived: readonly Conversation[] }> {
  try {
    // Not in this turn: who began it has to note it before it can end.
    await Promise.resolve();
    const arrived = await reader.poll(reader.contentOf(list), signal);
    list.state = stateAfter(list.state);
    return { outcome: { kind: 'read' }, arrived };
  } catch (error) {
    if (isCanceled(error)) return { outcome: { kind: 'given up' }, arrived: [] };
    if (!(error instanceof ApiError)) defect(error);
    return { outcome: { kind: 'failed', error: toApiError(error) }, arrived: [] };
  }
}

/** What had failed to read the top is past once the top was read; the unread pages stay unread. */
function stateAfter(before: ListState): ListState {
  return before.kind === 'failed' && (before.work === 'more' || before.work === 'all') ? before : { kind: 'ready' };
}

/** By which share of itself a list has grown before listeners are told. */
const growthToTell = 0.02;

/**
 * Tells of a list that is read page by page, every page up to 5,000 rows, then more and more seldom: each time, listeners look
 * through all rows. Notified of each page, they would read 50 million rows to load 100,000.
 */
export function whenGrown(tell: () => void): (loaded: number) => void {
  let told = 0;
  return (loaded) => {
    if (loaded < told * (1 + growthToTell)) return;
    told = loaded;
    tell();
  };
}
