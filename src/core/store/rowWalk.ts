import type { ConversationsApi } from '../api/api';
import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';
import { ListContent } from './listContent';
import { ListReader } from './listReader';
import type { ListSnapshot } from './snapshot';
import { maxPageSize } from '../api/rateLimits';

/** Rows that wait to be taken before no further page is asked for. */
const maxWaitingRows = 200;

export interface WalkRowsOptions {
  readonly signal: AbortSignal;
  /** Asked when a page can't be read. @returns whether to read on from there; if not, the walk ends with what came */
  readonly onFailure: (error: ApiError) => Promise<boolean>;
}

/**
 * Reads one list to its end, each conversation once, as Load All does it, and keeps nothing but the ids. Reads ahead of who takes
 * the rows by a few pages at most.
 */
export class RowWalk {
  private readonly list: ListContent;
  private waiting: Conversation[] = [];
  private wake = (): void => undefined;
  private waitingForRoom: (() => void)[] = [];
  private finished = false;

  constructor(
    private readonly api: ConversationsApi,
    query: ListQuery,
  ) {
    this.list = new ListContent(query);
  }

  /** As far as it was read. */
  get standing(): Pick<ListSnapshot, 'total' | 'rejected'> & { readonly complete: boolean } {
    const { total, rejected, hasMore, mayLackRows } = this.list.snapshot();
    return { total, rejected, complete: this.finished && !hasMore && !mayLackRows };
  }

  /** @throws ApiError of kind `cancelled` where `signal` is aborted; what is no ApiError */
  async *rows({ signal, onFailure }: WalkRowsOptions): AsyncGenerator<Conversation, void, void> {
    const abort = new AbortController();
    const either = AbortSignal.any([signal, abort.signal]);
    try {
      for (;;) {
        const failure = yield* this.readOn(either);
        if (failure === undefined) return;
        if (signal.aborted) throw failure;
        if (!(await onFailure(failure))) return;
      }
    } finally {
      // Whoever takes no more rows wants no more pages.
      abort.abort();
      this.makeRoom();
    }
  }

  /** @returns why it ended before the list did; undefined where it did not */
  private async *readOn(signal: AbortSignal): AsyncGenerator<Conversation, ApiError | undefined, void> {
    let over = false;
    const reading = this.reader(signal)
      .readToEnd(
        this.list,
        signal,
        () => undefined,
        () => undefined,
      )
      .then(
        () => void (this.finished = true),
        (error: unknown) => {
          if (error instanceof ApiError) return error;
          throw error;
        },
      )
      .finally(() => {
        over = true;
        this.wake();
      });
    // It is awaited at the end, or, where nobody takes more rows, not at all.
    reading.catch(() => undefined);
    for (;;) {
      yield* this.takeWaiting();
      if (over) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return reading;
  }

  private *takeWaiting(): Generator<Conversation> {
    while (this.waiting.length > 0) {
      const taken = this.waiting;
      this.waiting = [];
      this.makeRoom();
      yield* taken;
    }
  }

  private makeRoom(): void {
    const waiting = this.waitingForRoom;
    this.waitingForRoom = [];
    for (const goOn of waiting) goOn();
  }

  private reader(signal: AbortSignal): ListReader {
    const paced: Pick<ConversationsApi, 'origin' | 'listConversations'> = {
      origin: this.api.origin,
      listConversations: async (query, page, options) => {
        while (this.waiting.length >= maxWaitingRows && !signal.aborted) {
          await new Promise<void>((resolve) => this.waitingForRoom.push(resolve));
        }
        return this.api.listConversations(query, page, options);
      },
    };
    return new ListReader({
      pageSize: () => maxPageSize,
      api: () => paced,
      rows: { merge: (_, fresh) => this.merge(fresh) },
    });
  }

  private merge(fresh: readonly Conversation[]): { added: readonly Conversation[]; changed: number } {
    for (const row of fresh) this.waiting.push(row);
    this.wake();
    return { added: fresh, changed: 0 };
  }
}
