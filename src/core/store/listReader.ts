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

/** The most pages that one load-more or refresh loads. */
const maxPagesPerLoad = 3;
/** Below this many rows, loading again is cheaper than merging. */
const maxReloadedTop = 2 * maxPageSize;
/** Stops after this many consecutive pages without new rows. */
const maxEmptyPages = 10;

export interface ListReaderOptions {
  readonly pageSize: () => number;
  readonly api: () => Pick<ConversationsApi, 'origin' | 'listConversations'> | undefined;
  readonly rows: {
    /** @param fresh the incoming rows that are new to the list */
    merge(incoming: readonly Conversation[], fresh: readonly Conversation[]): ReturnType<ConversationRows['merge']>;
  };
}

interface ReadOptions {
  readonly pageSize?: number;
  readonly priority?: Priority;
}

export const backgroundRead: ReadOptions = { pageSize: maxPageSize, priority: 'background' };

/** Loads pages into lists. Every method rejects with an `ApiError`; rows loaded before the error remain. */
export class ListReader {
  constructor(readonly options: ListReaderOptions) {}

  ensureContent(list: ConversationList): ListContent {
    return (list.content ??= new ListContent(list.query));
  }

  async readNext(
    list: ListContent,
    signal: AbortSignal,
    { pageSize = this.options.pageSize(), priority }: ReadOptions = {},
  ): Promise<{ added: readonly Conversation[]; page: ConversationPage }> {
    const size = list.nextPageSize(pageSize);
    const page = await this.fetch(list, list.next, size, signal, priority);
    const fresh = findNewRows(list, page);
    list.advance(page);
    return { added: this.options.rows.merge(page.rows, fresh).added, page };
  }

  /** Loads up to three pages until `matches` returns true. @param onPage is called between two pages */
  async readUntilMatch(
    list: ListContent,
    signal: AbortSignal,
    matches: (added: Conversation) => boolean,
    onPage: () => void,
  ): Promise<void> {
    let read = 0;
    for (let pages = 0; pages < maxPagesPerLoad && list.hasMore; pages += 1) {
      const { added, page } = await this.readNext(list, signal);
      read += page.rows.length;
      if (added.some((row) => matches(row))) {
        list.rowsWithoutMatch = 0;
        break;
      }
      list.rowsWithoutMatch = read;
      onPage();
    }
    await this.rereadTop(list, signal, onPage, { pageSize: maxPageSize });
  }

  /**
   * Loads to the end in large pages at low priority: numbered pages concurrently, others one by one. May stop early if
   * the server's pages add nothing new for long.
   * @param onPage is called after each page
   * @param onGrowth is called after substantial growth, for listeners that scan all rows
   */
  async readToEnd(list: ListContent, signal: AbortSignal, onPage: () => void, onGrowth: () => void): Promise<void> {
    const reportGrowth = throttleByGrowth(onGrowth);
    const reportPage = (): void => {
      onPage();
      reportGrowth(list.loaded);
    };
    const isTopFresh = !list.isOpened;
    let first: ConversationPage | undefined;
    if (isTopFresh) {
      first = (await this.readNext(list, signal, backgroundRead)).page;
      reportPage();
    }
    const { seek } = list;
    if (seek === undefined || list.isRereadingTop) {
      if (!isTopFresh && !list.isRereadingTop) await this.refreshFromTop(list, signal, { added: 0, changed: 0 });
      await this.readOneByOne(list, signal, reportPage);
      // Even with a total: it doesn't reveal a moved row if another was deleted.
      if (!list.hasMore) list.scheduleTopReread();
      return this.rereadTop(list, signal, reportPage, backgroundRead);
    }
    const outcome = list.hasMore ? await this.readNumbered(list, seek, first, signal, reportPage) : 'unmoved';
    if (outcome === 'unfit') {
      // The pages that the walk may have skipped are not loaded again.
      list.markIncomplete();
      return this.readOneByOne(list, signal, reportPage);
    }
    if (outcome === 'moved' || list.isMissingRows) list.scheduleTopReread();
    await this.rereadTop(list, signal, reportPage, backgroundRead);
  }

  private async readOneByOne(list: ListContent, signal: AbortSignal, onPage: () => void): Promise<void> {
    for (let emptyPages = 0; list.hasMore && (list.isRereadingTop || emptyPages < maxEmptyPages);) {
      const { added } = await this.readNext(list, signal, backgroundRead);
      emptyPages = added.length === 0 ? emptyPages + 1 : 0;
      list.rowsWithoutMatch = 0;
      onPage();
    }
  }

  /** Loads the top again, to find rows that were added or moved there in the meantime. */
  async rereadTop(
    list: ListContent,
    signal: AbortSignal,
    onPage: () => void,
    options: ReadOptions = {},
  ): Promise<void> {
    while (list.isRereadingTop) {
      await this.readNext(list, signal, options);
      onPage();
    }
  }

  /**
   * Loads from the top until a page has only known and unchanged rows, three pages at most.
   * @param arrived receives conversations that are new since the last load
   */
  async refreshFromTop(
    list: ListContent,
    signal: AbortSignal,
    outcome: { added: number; changed: number },
    arrived: Conversation[] = [],
  ): Promise<void> {
    const usual = this.options.pageSize();
    let size = list.pageSize(usual);
    let pointer: ListPosition;
    let hasMetKnown = false;
    for (let pages = 0; pages < maxPagesPerLoad; pages += 1) {
      const page: ConversationPage = await this.fetch(list, pointer, size, signal);
      const above: readonly Conversation[] = hasMetKnown ? [] : list.findRowsAbove(page);
      hasMetKnown ||= above.length < page.rows.length;
      const { added, changed } = this.options.rows.merge(page.rows, findNewRows(list, page));
      arrived.push(...above.filter((row) => added.includes(row)));
      outcome.added += added.length;
      outcome.changed += changed;
      pointer = list.advanceFromTop(pointer, page, changed === 0 && page.rows.every((row) => list.hasUnchanged(row)));
      list.rowsWithoutMatch = 0;
      if (pointer === undefined) break;
      size = list.nextPageSize(usual);
      pointer = list.next;
    }
    await this.rereadTop(list, signal, () => undefined);
  }

  /**
   * Loads only the first page, at low priority; deeper changes are left to a refresh.
   * @returns conversations that are new since the last load
   */
  async poll(list: ListContent, signal: AbortSignal): Promise<readonly Conversation[]> {
    if (!list.isOpened) {
      await this.readNext(list, signal, { priority: 'background' });
      return [];
    }
    const page = await this.fetch(list, undefined, list.pageSize(this.options.pageSize()), signal, 'background');
    const above = list.findRowsAbove(page);
    const fresh = findNewRows(list, page);
    // An unchanged row proves that there is no gap before the known rows; a changed one may have moved up.
    list.advanceFromTop(undefined, page, page.rows.length === 0 || page.rows.some((row) => list.hasUnchanged(row)));
    const added = new Set(this.options.rows.merge(page.rows, fresh).added);
    return above.filter((row) => added.has(row));
  }

  /**
   * Loads the fewest pages while nothing moves, else pages that overlap.
   * @param first the first page, if it was just loaded
   * @returns `moved` if the list changed in the meantime; after `unfit`, pages must be loaded one by one
   */
  private async readNumbered(
    list: ListContent,
    seek: PageSeek,
    first: ConversationPage | undefined,
    signal: AbortSignal,
    onPage: () => void,
  ): Promise<'unmoved' | 'moved' | 'unfit'> {
    // Known rows may appear once more.
    const known = first === undefined ? list.listKnownIds() : new Set<string>();
    const loadedAgain = new Set<string>();
    let reached = 0;
    const take = (window: PageRange, page: ConversationPage): void => {
      for (const { id } of page.rows) if (known.has(id)) loadedAgain.add(id);
      const fresh = findNewRows(list, page);
      list.advanceOver(window, page, seek);
      reached = endOf(window);
      this.options.rows.merge(page.rows, fresh);
      list.rowsWithoutMatch = 0;
      onPage();
    };
    const fetch = ({ page, size }: PageRange, dropped: AbortSignal): Promise<ConversationPage> =>
      this.fetch(list, seek.pointerTo(page), size, AbortSignal.any([signal, dropped]), 'background');

    try {
      const before = first === undefined ? list.contiguousTop : undefined;
      let top = list.contiguousTop && { ...list.contiguousTop, isFresh: first !== undefined };
      if (before === undefined || before.position <= maxReloadedTop) {
        const has = (id: string): boolean => (known.has(id) ? loadedAgain.has(id) : list.has(id));
        const outcome = await walkAligned({ first, has, take }, fetch);
        if (outcome === 'end') {
          list.finish();
          return 'unmoved';
        }
        // Only rows of this walk: the earlier rows may be after a gap.
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
      // The walk stopped among new rows above the known ones and leaves a gap.
      if (loadedAgain.size === 0 && reached > 0 && reached < (list.contiguousTop?.position ?? 0)) list.markIncomplete();
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
    // The account, the filter or the user may have canceled it while the response was on its way.
    if (signal.aborted || api !== this.options.api()) throw new ApiError({ kind: 'cancelled', origin: api.origin });
    return page;
  }
}

function findNewRows(list: ListContent, { rows }: ConversationPage): readonly Conversation[] {
  return rows.filter(({ id }) => !list.has(id));
}

/** Loads the top of a list, see `ListReader.poll`. A failure doesn't change the list. */
export async function pollTop(
  list: ConversationList,
  reader: ListReader,
  signal: AbortSignal,
  onUnexpectedError: (error: unknown) => void,
): Promise<{ readonly outcome: PollOutcome; readonly arrived: readonly Conversation[] }> {
  try {
    // Deferred, so that the caller can store the task before it ends.
    await Promise.resolve();
    const arrived = await reader.poll(reader.ensureContent(list), signal);
    list.state = findStateAfterPoll(list.state);
    return { outcome: { kind: 'read' }, arrived };
  } catch (error) {
    if (isCanceled(error)) return { outcome: { kind: 'skipped' }, arrived: [] };
    if (!(error instanceof ApiError)) onUnexpectedError(error);
    return { outcome: { kind: 'failed', error: toApiError(error) }, arrived: [] };
  }
}

/** Clears a failure to load the top; a failure to load more remains. */
function findStateAfterPoll(before: ListState): ListState {
  return before.kind === 'failed' && (before.work === 'more' || before.work === 'all') ? before : { kind: 'ready' };
}

/** Growth of a list, as a share, before listeners are notified. */
const minReportedGrowth = 0.02;

/**
 * Notifies of each page up to 5,000 rows, then less often, because listeners scan all rows: after each page, they would
 * read 50 million rows to load 100,000.
 */
export function throttleByGrowth(notify: () => void): (loaded: number) => void {
  let reported = 0;
  return (loaded) => {
    if (loaded < reported * (1 + minReportedGrowth)) return;
    reported = loaded;
    notify();
  };
}
