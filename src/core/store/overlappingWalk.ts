import type { ConversationPage } from '../api/api';
import { isAnswerTo } from '../api/paging/paging';
import type { Conversation } from '../model/conversation';
import { endOf, maxPageSize, windowFrom, type Window } from '../api/paging/pageSizes';

/** As many as the rate gate has in flight. */
const atOnce = 4;
/** How many rows a window shares with the one before it, where nothing has shifted. */
const overlap = 10;
/** So often in a row a page may miss what is known, each time looked for further up; and so often in all. */
const missesInARow = 6;
const missesInAll = 20;
/** For each window that the list seemed to need at first: a list that grows faster than this is not caught up with. */
const mostWindows = 3;

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
  take(window: Window, page: ConversationPage): void;
}

/**
 * - `end`: the list was read to its end, without a hole
 * - `unfit`: the server does not number its pages so, or its list moves too fast; what came before was taken
 */
export type WalkOutcome = 'end' | 'unfit';

interface Flight {
  readonly window: Window;
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
  fetch: (window: Window, signal: AbortSignal) => Promise<ConversationPage>,
): Promise<WalkOutcome> {
  let abort = new AbortController();
  let ahead: Flight[] = [];
  const launch = (window: Window): void => {
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
  let left = Math.ceil(list.end / smallestGain + 1) * mostWindows;
  let missed = 0;
  let missedInAll = 0;
  let tookShort = false;
  try {
    launch(windowFrom(position - overlap));
    for (;;) {
      const flight = ahead.shift() as Flight;
      const { window } = flight;
      for (
        let planned = endOf(ahead.at(-1)?.window ?? window);
        joined && ahead.length + 1 < atOnce && planned < list.end;
      ) {
        const next = windowFrom(planned - overlap);
        launch(next);
        planned = endOf(next);
      }
      const page = await flight.answer;
      left -= 1;
      if (!isAnswerTo(window, page) || left === 0) return 'unfit';
      const count = page.rows.length + page.rejected.length;
      // Behind the end, where the server told a later one.
      if (count === 0 && tookShort) return 'end';
      if (window.page > 1 && !page.rows.some(isKnown)) {
        if (missed === missesInARow || missedInAll === missesInAll) return 'unfit';
        drop();
        launch(windowFrom(position - overlap * 4 ** missed));
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
      if (ahead.length === 0) launch(windowFrom(position - overlap));
    }
  } finally {
    drop();
  }
}

/** What a window reads on, at the least. */
const smallestGain = maxPageSize / 2 - overlap;
