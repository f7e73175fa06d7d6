import type { ConversationPage, ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { findRejectedRows } from '../../../src/core/api/rejectedRows';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonValue } from '../../../src/core/model/json';
import type { ListQuery } from '../../../src/core/model/query';

/** A change of the list before a response. */
export interface Shift {
  /** New rows at the top. */
  readonly inserts: number;
  /** Deleted rows by relative position: 0 is the first, 1 after the last. */
  readonly deletes: readonly number[];
  /** Whether the new rows are deleted before page 1 is loaded again. */
  readonly transient?: boolean;
  /** Rows that move to the top in this order, by relative position. */
  readonly moves?: readonly number[];
}

export interface ServerHabits {
  readonly style: 'page' | 'cursor';
  readonly noLastPage?: boolean;
  /** Whether responses contain a has-next flag, as with `simplePaginate`. */
  readonly reportsNextPage?: boolean;
  /** Rows per page, regardless of the request. */
  readonly fixedSize?: number;
  /** Whether responses omit the page size. */
  readonly omitsPageSize?: boolean;
  readonly lastPage?: number;
  readonly total?: number;
  /** Invalid rows and the JSON sent for them. */
  readonly broken?: ReadonlyMap<number, JsonValue>;
  /** Whether moved rows keep their update time. */
  readonly movesSilently?: boolean;
}

/** A server's list, newest first, that changes between requests. */
export class ShiftingList {
  alive: readonly number[];
  requests = 0;
  /** Counts new rows and moves. */
  private newest: number;
  /** Sort keys of moved rows. Other rows are sorted by number. */
  private readonly movedAt = new Map<number, number>();
  private readonly shifts: Shift[];

  constructor(
    count: number,
    readonly habits: ServerHabits,
    shifts: readonly Shift[] = [],
  ) {
    this.alive = Array.from({ length: count }, (_, index) => count - index);
    this.newest = count;
    this.shifts = [...shifts];
  }

  shift(): void {
    const shift = this.shifts.shift();
    if (shift === undefined) return;
    const added = Array.from({ length: shift.inserts }, () => (this.newest += 1)).reverse();
    const deleted = new Set(shift.deletes.map((place) => this.alive[Math.floor(place * this.alive.length)]));
    this.alive = [...added, ...this.alive.filter((row) => !deleted.has(row))];
    for (const place of shift.moves ?? []) this.move(this.alive[Math.floor(place * this.alive.length)]);
    if (shift.transient === true) this.shifts.unshift({ inserts: 0, deletes: Array<number>(1).fill(0) });
  }

  stopShifting(): void {
    this.shifts.length = 0;
  }

  /** Moves a row to the top, as an update does in a list sorted by update time. */
  move(row: number | undefined): void {
    if (row === undefined) return;
    this.alive = [row, ...this.alive.filter((other) => other !== row)];
    this.movedAt.set(row, (this.newest += 1));
  }

  /** Returns a page of the current list. */
  answer({ pointer, pageSize }: PageRequest, query: ListQuery = {}): ConversationPage {
    this.requests += 1;
    const { style, fixedSize, noLastPage, reportsNextPage, omitsPageSize } = this.habits;
    const size = fixedSize ?? pageSize;
    if (style === 'cursor') {
      // As in Laravel, the cursor is the sort key of the last row, which may have been deleted.
      const below = pointer?.style === 'cursor' ? Number(pointer.cursor) : Infinity;
      const behind = this.alive.filter((row) => this.sortKeyOf(row) < below);
      const pageRows = behind.slice(0, size);
      const nextCursor = behind.length > size ? String(this.sortKeyOf(pageRows.at(-1) ?? 0)) : undefined;
      return { ...this.decodeRows(pageRows, query), envelope: { style, nextCursor } };
    }
    const page = pointer?.style === 'page' ? pointer.page : 1;
    const lastPage = Math.max(Math.ceil(this.alive.length / size), 1);
    return {
      ...this.decodeRows(this.alive.slice((page - 1) * size, page * size), query),
      envelope: {
        style,
        currentPage: page,
        lastPage: noLastPage === true ? undefined : (this.habits.lastPage ?? lastPage),
        perPage: omitsPageSize === true ? undefined : size,
        total: noLastPage === true ? undefined : (this.habits.total ?? this.alive.length),
        ...(reportsNextPage === true ? { hasNext: page < lastPage } : {}),
      },
    };
  }

  private sortKeyOf(row: number): number {
    return this.movedAt.get(row) ?? row;
  }

  private findUpdate(row: number): Pick<Conversation, 'updatedAt'> | undefined {
    const moved = this.habits.movesSilently === true ? undefined : this.movedAt.get(row);
    return moved === undefined ? undefined : { updatedAt: `2026-11-21 at ${moved}` };
  }

  private decodeRows(pageRows: readonly number[], query: ListQuery): Pick<ConversationPage, 'rows' | 'rejected'> {
    const isBroken = (row: number): boolean => this.habits.broken?.has(row) === true;
    return {
      rows: pageRows.filter((row) => !isBroken(row)).map((row) => ({ ...rowOf(row, query), ...this.findUpdate(row) })),
      rejected: findRejectedRows(
        pageRows.map((row) => this.habits.broken?.get(row) ?? null),
        pageRows.map((row) => (isBroken(row) ? undefined : idOf(row))),
      ),
    };
  }
}

export function idOf(row: number): string {
  return `c${row}`;
}

export function rowOf(row: number, query: ListQuery = {}): Conversation {
  return {
    id: idOf(row),
    assistantId: 'a-1',
    assistantName: 'Clinic Desk',
    type: query.type ?? 'test',
    messageCount: 1,
    totalCost: 0,
    aiEnabled: true,
    createdAt: '2026-11-20 08:14:03',
    updatedAt: '2026-11-20 08:14:03',
    extra: {},
  } as Conversation;
}

/** Creates an API that only lists conversations. */
export function apiOver(
  listConversations: (query: ListQuery, page: PageRequest, options: RequestOptions) => Promise<ConversationPage>,
  origin = 'https://call.example',
): ConversationsApi {
  const rejectRequest = (): Promise<never> => Promise.reject(new ApiError({ kind: 'notFound', origin }));
  return {
    origin,
    baseUrl: `${origin}/api`,
    listConversations,
    getTranscript: rejectRequest,
    createTestConversation: rejectRequest,
    sendMessage: rejectRequest,
    listAssistants: rejectRequest,
    getKeyOwner: rejectRequest,
    rateLimitWait: undefined,
    onDidChangeRateLimitWait: () => ({ dispose: () => undefined }),
    cancelRateLimitWait: () => undefined,
    dispose: () => undefined,
  };
}
