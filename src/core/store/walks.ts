import type { ConversationPage } from '../api/api';
import { isRequestedRange } from '../api/paging/paging';
import { type PageRange, endOf, findRangeAt } from '../api/paging/pageSizes';
import { maxInFlight, maxPageSize } from '../api/rateLimits';
import type { Conversation } from '../model/conversation';

/** Twice the rate gate's concurrency, so that a slow page never idles the gate. */
const maxPrefetchedPages = 2 * maxInFlight;

export interface AlignedList {
  /** The first page in the largest size, if it was just loaded. */
  readonly first?: ConversationPage | undefined;
  /** Whether this walk or `first` returned the row. */
  has(id: string): boolean;
  take(window: PageRange, page: ConversationPage): void;
}

/**
 * - `end`: the walk reached the end of the list without a gap
 * - otherwise the list moved, or the server numbers its pages differently; the `pages` already taken have no gap
 */
export type AlignedOutcome = 'end' | { readonly pages: number };

/**
 * Loads full pages without overlap, concurrently. Continues only while each response has the same total, each page has
 * as many rows as that total implies, and no row repeats.
 * Proof that no row is skipped: rows are added only at the top, so with an unchanged total a row has moved down by the
 * number of rows removed below it, and never up. If a row had moved down past its page before that page was loaded, the
 * rows above it would have moved too, up to the first page, which is loaded before all others: its last rows would
 * repeat on the second page.
 * @param fetch rejects with an ApiError; its `signal` aborts when the response is no longer needed
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
    // Avoids an unhandled rejection; awaiting it still throws.
    answer.catch(() => undefined);
    ahead.push(answer);
  };
  try {
    const first = list.first ?? (await fetch({ page: 1, size: maxPageSize }, abort.signal));
    const { total } = first.envelope;
    if (total === undefined || !matchesTotal(first, 1, total) || hasDuplicates(first)) return { pages: 0 };
    if (list.first === undefined) list.take({ page: 1, size: maxPageSize }, first);
    const pages = Math.ceil(total / maxPageSize);
    for (let page = 2; page <= pages; page += 1) {
      while (ahead.length < maxPrefetchedPages && launched < pages) launch();
      const answer = await (ahead.shift() as Promise<ConversationPage>);
      if (answer.envelope.total !== total || !matchesTotal(answer, page, total)) return { pages: page - 1 };
      if (hasDuplicates(answer) || answer.rows.some(({ id }) => list.has(id))) return { pages: page - 1 };
      list.take({ page, size: maxPageSize }, answer);
    }
    return 'end';
  } finally {
    abort.abort();
  }
}

/** Whether a response is the requested page and agrees with the total. Rejected rows make it inconclusive. */
function matchesTotal(answer: ConversationPage, page: number, total: number): boolean {
  const { rows, rejected, envelope } = answer;
  if (!isRequestedRange({ page, size: maxPageSize }, answer)) return false;
  if (envelope.lastPage !== Math.max(1, Math.ceil(total / maxPageSize)) || rejected.length > 0) return false;
  return rows.length === Math.max(0, Math.min(maxPageSize, total - (page - 1) * maxPageSize));
}

function hasDuplicates({ rows }: ConversationPage): boolean {
  return new Set(rows.map(({ id }) => id)).size < rows.length;
}

/** Rows that a range shares with the previous one if nothing has shifted. */
const overlap = 10;
/** Limits, consecutive and overall, for pages without a known row; each miss retries further up the list. */
const maxMissesInARow = 6;
const maxMisses = 20;
/** Pages allowed per expected page; a list that grows faster can't be loaded to its end. */
const maxRangesPerExpected = 3;

/** The rows already loaded from the top, without a gap. */
export interface KnownTop {
  has(id: string): boolean;
  /** The offset after the last of these rows, at the time they were loaded. */
  readonly position: number;
  /** Whether the first page was just loaded. */
  readonly isFresh: boolean;
}

export interface WalkedList {
  /** Undefined if the loaded rows have or may have gaps. */
  readonly top?: KnownTop | undefined;
  /** The offset after the last row, by the latest response. */
  readonly end: number;
  take(window: PageRange, page: ConversationPage): void;
}

/**
 * - `end`: the walk reached the end of the list without a gap
 * - `unfit`: the server numbers its pages differently, or the list changes too fast; pages already taken remain
 */
export type WalkOutcome = 'end' | 'unfit';

interface Flight {
  readonly range: PageRange;
  readonly response: Promise<ConversationPage>;
}

/**
 * Loads numbered pages from the top to the end, concurrently, and skips rows that are already loaded. Pages are taken
 * in order, so the rows taken have no gap even if the walk stops early.
 * Proof: each page overlaps the previous one and is taken only if it contains a known row. Two ranges of one list that
 * share a row have no gap between them, regardless of when each was loaded and of rows added, removed or moved up.
 * Reading without overlap has no such proof: forward it skips rows that a deletion pulls up, backward rows that a new
 * row pushes down.
 * @param fetch rejects with an ApiError; its `signal` aborts when the response is no longer needed
 */
export async function walkOverlapping(
  list: WalkedList,
  fetch: (window: PageRange, signal: AbortSignal) => Promise<ConversationPage>,
): Promise<WalkOutcome> {
  let abort = new AbortController();
  let ahead: Flight[] = [];
  const launch = (range: PageRange): void => {
    const response = fetch(range, abort.signal);
    // Avoids an unhandled rejection; awaiting it still throws.
    response.catch(() => undefined);
    ahead.push({ range, response });
  };
  const drop = (): void => {
    abort.abort();
    abort = new AbortController();
    ahead = [];
  };

  const { top } = list;
  const covered = new Set<string>();
  /** Whether the known rows and the newly loaded ones form one range without a gap. */
  let joined = top === undefined || top.isFresh;
  let position = top?.isFresh === true ? top.position : 0;
  const isKnown = ({ id }: Conversation): boolean => covered.has(id) || (joined && top?.has(id) === true);
  let left = Math.ceil(list.end / minGain + 1) * maxRangesPerExpected;
  let missed = 0;
  let missedInAll = 0;
  let tookShort = false;
  try {
    launch(findRangeAt(position - overlap));
    for (;;) {
      const flight = ahead.shift() as Flight;
      const { range: window } = flight;
      for (
        let planned = endOf(ahead.at(-1)?.range ?? window);
        joined && ahead.length + 1 < maxInFlight && planned < list.end;
      ) {
        const next = findRangeAt(planned - overlap);
        launch(next);
        planned = endOf(next);
      }
      const page = await flight.response;
      left -= 1;
      if (!isRequestedRange(window, page) || left === 0) return 'unfit';
      const count = page.rows.length + page.rejected.length;
      // An empty page after a short one: the server reported too high a last page.
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

/** The fewest new rows that a range adds. */
const minGain = maxPageSize / 2 - overlap;
