import type { ConversationPage } from '../api/api';
import { isAnswerTo } from '../api/paging/paging';
import { maxPageSize, type Window } from '../api/paging/pageSizes';

/**
 * Twice as many as the rate gate has in flight: it sends the next as soon as any has come, whatever is made of that one, or
 * of one before it that is late. What waits there when the walk ends is never sent.
 */
const askedAhead = 8;

export interface AlignedList {
  /** The first page, of the largest size, where it was read just now. */
  readonly first?: ConversationPage | undefined;
  /** Whether a row was brought by this walk, or by `first`. */
  has(id: string): boolean;
  take(window: Window, page: ConversationPage): void;
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
  fetch: (window: Window, signal: AbortSignal) => Promise<ConversationPage>,
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
  if (!isAnswerTo({ page, size: maxPageSize }, answer)) return false;
  if (envelope.lastPage !== Math.max(1, Math.ceil(total / maxPageSize)) || rejected.length > 0) return false;
  return rows.length === Math.max(0, Math.min(maxPageSize, total - (page - 1) * maxPageSize));
}

function hasTwice({ rows }: ConversationPage): boolean {
  return new Set(rows.map(({ id }) => id)).size < rows.length;
}
