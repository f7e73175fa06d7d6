import type { ConversationPage } from '../api/api';
import { isRequestedRange } from '../api/paging/paging';
import { type PageRange, endOf, findRangeAt } from '../api/paging/pageSizes';
import { maxInFlight, maxPageSize } from '../api/rateLimits';
import type { Conversation } from '../model/conversation';

/**
 * Twice as many as the rate gate has in flight: it sends the next as soon as any has come, whatever is made of that one, or
 * of one before it that is late. What waits there when the walk ends is never sent.
 */
const askedAhead = 2 * maxInFlight;

export interface AlignedList {
  /** The first page, of the largest size, where it was read just now. */
  readonly first?: ConversationPage | undefined;
  /** Whether a row was brought by this walk, or by `first`. */
  has(id: string): boolean;
  take(window: PageRange, page: ConversationPage): void;
}

/**
 * - `end`: the list was read to its end, without a hole
 * - otherwise the list moved, or the server does not number its pages so; what was taken, `pages` of them, has no hole
 */
export type AlignedOutcome = 'end' | { readonly pages: number };

/**
 * Reads full pages that do not overlap, several at a time: as few as there can be. It goes on only while nothing moves: every
 * answer counts the same total, every page has as many rows as that total gives it, and no row comes twice.
 *
 * Then none was skipped. Rows come at the top alone, so what lies below a row never pushes it: with the total unchanged it has
 * moved down by as many rows as went from below it, and never up. Were one pushed down past its own page before that was read,
 * the rows above it would have been pushed too, down to the first page, which was read before all others: its last ones would
 * come again on the second.
 * @param fetch rejects with an ApiError, which is passed on; `signal` tells that the answer is not wanted any more
 */
export async function walkAligned(
  list: AlignedList,
  fetch: (window: PageRange, signal: AbortSignal) => Promise<ConversationPage>,
): Promise<AlignedOutcome> {
  const abort = new AbortController();
  const ahead: Promise<ConversationPage>[] = [];
  let launched = 1;
  const launch = (): void => {
    launched += 1;
    const answer = fetch({ page: launched, size: maxPageSize }, abort.signal);
    // Whoever comes to it hears of the failure; nobody comes to those behind the first that fails.
    answer.catch(() => undefined);
    ahead.push(answer);
  };
  try {
    const first = list.first ?? (await fetch({ page: 1, size: maxPageSize }, abort.signal));
    const { total } = first.envelope;
    if (total === undefined || !isAsCounted(first, 1, total) || hasTwice(first)) return { pages: 0 };
    if (list.first === undefined) list.take({ page: 1, size: maxPageSize }, first);
    const pages = Math.ceil(total / maxPageSize);
    for (let page = 2; page <= pages; page += 1) {
      while (ahead.length < askedAhead && launched < pages) launch();
      const answer = await (ahead.shift() as Promise<ConversationPage>);
      if (answer.envelope.total !== total || !isAsCounted(answer, page, total)) return { pages: page - 1 };
      if (hasTwice(answer) || answer.rows.some(({ id }) => list.has(id))) return { pages: page - 1 };
      list.take({ page, size: maxPageSize }, answer);
    }
    return 'end';
  } finally {
    abort.abort();
  }
}

/** Whether an answer is the page that was asked for, as long as the total says. Rows that can't be told apart prove nothing. */
function isAsCounted(answer: ConversationPage, page: number, total: number): boolean {
  const { rows, rejected, envelope } = answer;
  if (!isRequestedRange({ page, size: maxPageSize }, answer)) return false;
  if (envelope.lastPage !== Math.max(1, Math.ceil(total / maxPageSize)) || rejected.length > 0) return false;
  return rows.length === Math.max(0, Math.min(maxPageSize, total - (page - 1) * maxPageSize));
}

function hasTwice({ rows }: ConversationPage): boolean {
  return new Set(rows.map(({ id }) => id)).size < rows.length;
}

/** How many rows a window shares with the one before it, where nothing has shifted. */
const overlap = 10;
/** So often in a row a page may miss what is known, each time looked for further up; and so often in all. */
const maxMissesInARow = 6;
const maxMisses = 20;
/** For each window that the list seemed to need at first: a list that grows faster than this is not caught up with. */
const maxWindowsPerExpected = 3;

/** What was read before, from the top and without a hole. */
export interface KnownTop {
  has(id: string): boolean;
  /** The offset behind it, when it was read. */
  readonly position: number;
  /** Whether its top was read just now. */
  readonly isFresh: boolean;
}

export interface WalkedList {
  /** Missing where it has holes, or may have. */
  readonly top?: KnownTop | undefined;
  /** The offset behind the last row, by the newest answer. */
  readonly end: number;
  take(window: PageRange, page: ConversationPage): void;
}

/**
 * - `end`: the list was read to its end, without a hole
 * - `unfit`: the server does not number its pages so, or its list moves too fast; what came before was taken
 */
export type WalkOutcome = 'end' | 'unfit';

interface Flight {
  readonly window: PageRange;
  readonly answer: Promise<ConversationPage>;
}

/**
 * Reads numbered pages from the top to the end of the list, several at a time, and leaves out what was read before. Each page overlaps the one before it, and is taken only where it
 * brings a row that is known: two stretches of one list that share a row have no hole between them, whenever each was read, and
 * whatever came, went or moved up meanwhile. Reading page by page, in either direction, has no such proof: forward it skips what is
 * pulled up by a deletion, backward what is pushed down by a new row.
 *
 * Pages are taken in order: when it stops, what was taken still has no hole.
 * @param fetch rejects with an ApiError, which is passed on; `signal` tells that the answer is not wanted any more
 */
export async function walkOverlapping(
  list: WalkedList,
  fetch: (window: PageRange, signal: AbortSignal) => Promise<ConversationPage>,
): Promise<WalkOutcome> {
  let abort = new AbortController();
  let ahead: Flight[] = [];
  const launch = (window: PageRange): void => {
    const answer = fetch(window, abort.signal);
    // Whoever comes to it hears of the failure; nobody comes to those behind the first that fails.
    answer.catch(() => undefined);
    ahead.push({ window, answer });
  };
  const drop = (): void => {
    abort.abort();
    abort = new AbortController();
    ahead = [];
  };

  const { top } = list;
  const covered = new Set<string>();
  /** Whether what was read before is joined to what is read now. */
  let joined = top === undefined || top.isFresh;
  let position = top?.isFresh === true ? top.position : 0;
  const isKnown = ({ id }: Conversation): boolean => covered.has(id) || (joined && top?.has(id) === true);
  let left = Math.ceil(list.end / minGain + 1) * maxWindowsPerExpected;
  let missed = 0;
  let missedInAll = 0;
  let tookShort = false;
  try {
    launch(findRangeAt(position - overlap));
    for (;;) {
      const flight = ahead.shift() as Flight;
      const { window } = flight;
      for (
        let planned = endOf(ahead.at(-1)?.window ?? window);
        joined && ahead.length + 1 < maxInFlight && planned < list.end;
      ) {
        const next = findRangeAt(planned - overlap);
        launch(next);
        planned = endOf(next);
      }
      const page = await flight.answer;
      left -= 1;
      if (!isRequestedRange(window, page) || left === 0) return 'unfit';
      const count = page.rows.length + page.rejected.length;
      // Behind the end, where the server told a later one.
      if (count === 0 && tookShort) return 'end';
      if (window.page > 1 && !page.rows.some(isKnown)) {
        if (missed === maxMissesInARow || missedInAll === maxMisses) return 'unfit';
        drop();
        launch(findRangeAt(position - overlap * 4 ** missed));
        missed += 1;
        missedInAll += 1;
        continue;
      }
      list.take(window, page);
      for (const { id } of page.rows) covered.add(id);
      position = endOf(window);
      missed = 0;
      tookShort = count < window.size;
      if (window.page >= (page.envelope.lastPage ?? 0)) return 'end';
      if (!joined && page.rows.some(({ id }) => top?.has(id))) {
        joined = true;
        position = Math.max(position, top?.position ?? 0);
      }
      if (ahead.length === 0) launch(findRangeAt(position - overlap));
    }
  } finally {
    drop();
  }
}

/** What a window reads on, at the least. */
const minGain = maxPageSize / 2 - overlap;
