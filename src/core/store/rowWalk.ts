import type { ConversationsApi } from '../api/api';
import { ApiError } from '../api/errors';
import type { Conversation } from '../model/conversation';
import type { ListQuery } from '../model/query';
import { ListContent } from './listContent';
import { ListReader } from './listReader';
import type { ListSnapshot } from './snapshot';
import { maxPageSize } from '../api/rateLimits';

/** Rows that may wait for the consumer before the next page is requested. */
const maxWaitingRows = 200;

export interface WalkRowsOptions {
  readonly signal: AbortSignal;
  /** Called if a page can't be loaded. @returns whether to continue; if not, the walk ends with the rows so far */
  readonly onFailure: (error: ApiError) => Promise<boolean>;
}

/** Loads one list to its end, each conversation once, and stores only the IDs. Prefetches a few pages at most. */
export class RowWalk {
  private readonly list: ListContent;
  private waiting: Conversation[] = [];
  private wake = (): void => undefined;
  private capacityWaiters: (() => void)[] = [];
  private isFinished = false;

  constructor(
    private readonly api: ConversationsApi,
    query: ListQuery,
  ) {
    this.list = new ListContent(query);
  }

  /** Progress so far. */
  get progress(): Pick<ListSnapshot, 'total' | 'rejected'> & { readonly complete: boolean } {
    const { total, rejected, hasMore, mayLackRows } = this.list.snapshot();
    return { total, rejected, complete: this.isFinished && !hasMore && !mayLackRows };
  }

  /** @throws ApiError of kind `cancelled` if `signal` is aborted; errors other than ApiError */
  async *rows({ signal, onFailure }: WalkRowsOptions): AsyncGenerator<Conversation, void, void> {
    const abort = new AbortController();
    const either = AbortSignal.any([signal, abort.signal]);
    try {
      for (;;) {
        const failure = yield* this.readUntilFailure(either);
        if (failure === undefined) return;
        if (signal.aborted) throw failure;
        if (!(await onFailure(failure))) return;
      }
    } finally {
      // The consumer stopped, so no more pages are needed.
      abort.abort();
      this.releaseWaiters();
    }
  }

  /** @returns the error that ended it early, if any */
  private async *readUntilFailure(signal: AbortSignal): AsyncGenerator<Conversation, ApiError | undefined, void> {
    let isOver = false;
    const reading = this.createReader(signal)
      .readToEnd(
        this.list,
        signal,
        () => undefined,
        () => undefined,
      )
      .then(
        () => void (this.isFinished = true),
        (error: unknown) => {
          if (error instanceof ApiError) return error;
          throw error;
        },
      )
      .finally(() => {
        isOver = true;
        this.wake();
      });
    // Avoids an unhandled rejection if the consumer stops early; otherwise it is awaited below.
    reading.catch(() => undefined);
    for (;;) {
      yield* this.takeWaiting();
      if (isOver) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return reading;
  }

  private *takeWaiting(): Generator<Conversation> {
    while (this.waiting.length > 0) {
      const taken = this.waiting;
      this.waiting = [];
      this.releaseWaiters();
      yield* taken;
    }
  }

  private releaseWaiters(): void {
    const waiting = this.capacityWaiters;
    this.capacityWaiters = [];
    for (const goOn of waiting) goOn();
  }

  private createReader(signal: AbortSignal): ListReader {
    const throttled: Pick<ConversationsApi, 'origin' | 'listConversations'> = {
      origin: this.api.origin,
      listConversations: async (query, page, options) => {
        while (this.waiting.length >= maxWaitingRows && !signal.aborted) {
          await new Promise<void>((resolve) => this.capacityWaiters.push(resolve));
        }
        return this.api.listConversations(query, page, options);
      },
    };
    return new ListReader({
      pageSize: () => maxPageSize,
      api: () => throttled,
      rows: { merge: (_, fresh) => this.merge(fresh) },
    });
  }

  private merge(fresh: readonly Conversation[]): { added: readonly Conversation[]; changed: number } {
    for (const row of fresh) this.waiting.push(row);
    this.wake();
    return { added: fresh, changed: 0 };
  }
}
