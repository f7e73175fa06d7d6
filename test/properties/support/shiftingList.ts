import type { ConversationPage, ConversationsApi, RequestOptions } from '../../../src/core/api/api';
import type { PageRequest } from '../../../src/core/api/paging/paging';
import { ApiError } from '../../../src/core/api/errors';
import { rejectedRows } from '../../../src/core/api/rejectedRows';
import type { Conversation } from '../../../src/core/model/conversation';
import type { JsonValue } from '../../../src/core/model/json';
import type { ListQuery } from '../../../src/core/model/query';

/** What happens to the list before one request is answered. */
export interface Shift {
  /** New rows at the top. */
  readonly inserts: number;
  /** Rows that go, each by its place: 0 is the first, 1 behind the last. */
  readonly deletes: readonly number[];
  /** New rows that are gone again before anybody sees them on page 1. */
  readonly transient?: boolean;
  /** Rows that move to the top, one after the other, each by its place. */
  readonly moves?: readonly number[];
}

export interface ServerHabits {
  readonly style: 'page' | 'cursor';
  readonly noLastPage?: boolean;
  /** Says whether there is a next page, as `simplePaginate` does. */
  readonly reportsNextPage?: boolean;
  /** So many rows a page, whatever is asked. */
  readonly fixedSize?: number;
  /** Does not say how many rows a page has. */
  readonly untoldSize?: boolean;
  readonly lastPage?: number;
  readonly total?: number;
  /** Rows that can't be understood: what each is sent as. */
  readonly broken?: ReadonlyMap<number, JsonValue>;
  /** A row that moves to the top says the same as before, also when it was updated. */
  readonly movesSilently?: boolean;
}

/** Rows as a server lists them, newest first, that shift while they are read. */
export class ShiftingList {
  alive: readonly number[];
  requests = 0;
  /** Counts new rows and moves. */
  private newest: number;
  /** What the list is ordered by, for the rows that were moved; the others' is their number. */
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
    const gone = new Set(shift.deletes.map((place) => this.alive[Math.floor(place * this.alive.length)]));
    this.alive = [...added, ...this.alive.filter((row) => !gone.has(row))];
    for (const place of shift.moves ?? []) this.move(this.alive[Math.floor(place * this.alive.length)]);
    if (shift.transient === true) this.shifts.unshift({ inserts: 0, deletes: Array<number>(1).fill(0) });
  }

  stand(): void {
    this.shifts.length = 0;
  }

  /** Moves a row to the top, as an update does where the list is ordered by that. */
  move(row: number | undefined): void {
    if (row === undefined) return;
    this.alive = [row, ...this.alive.filter((other) => other !== row)];
    this.movedAt.set(row, (this.newest += 1));
  }

  /** The answer as the server has it now. */
  answer({ pointer, pageSize }: PageRequest, query: ListQuery = {}): ConversationPage {
    this.requests += 1;
    const { style, fixedSize, noLastPage, reportsNextPage, untoldSize } = this.habits;
    const size = fixedSize ?? pageSize;
    if (style === 'cursor') {
      // As Laravel's: the cursor names the place of the last row, which need not be there any more.
      const below = pointer?.style === 'cursor' ? Number(pointer.cursor) : Infinity;
      const behind = this.alive.filter((row) => this.placeOf(row) < below);
      const shown = behind.slice(0, size);
      const nextCursor = behind.length > size ? String(this.placeOf(shown.at(-1) ?? 0)) : undefined;
      return { ...this.decoded(shown, query), envelope: { style, nextCursor } };
    }
    const page = pointer?.style === 'page' ? pointer.page : 1;
    const lastPage = Math.max(Math.ceil(this.alive.length / size), 1);
    return {
      ...this.decoded(this.alive.slice((page - 1) * size, page * size), query),
      envelope: {
        style,
        currentPage: page,
        lastPage: noLastPage === true ? undefined : (this.habits.lastPage ?? lastPage),
        perPage: untoldSize === true ? undefined : size,
        total: noLastPage === true ? undefined : (this.habits.total ?? this.alive.length),
        ...(reportsNextPage === true ? { hasNext: page < lastPage } : {}),
      },
    };
  }

  private placeOf(row: number): number {
    return this.movedAt.get(row) ?? row;
  }

  private updateOf(row: number): Pick<Conversation, 'updatedAt'> | undefined {
    const moved = this.habits.movesSilently === true ? undefined : this.movedAt.get(row);
    return moved === undefined ? undefined : { updatedAt: `2026-11-21 at ${moved}` };
  }

  private decoded(shown: readonly number[], query: ListQuery): Pick<ConversationPage, 'rows' | 'rejected'> {
    const isBroken = (row: number): boolean => this.habits.broken?.has(row) === true;
    return {
      rows: shown.filter((row) => !isBroken(row)).map((row) => ({ ...rowOf(row, query), ...this.updateOf(row) })),
      rejected: rejectedRows(
        shown.map((row) => this.habits.broken?.get(row) ?? null),
        shown.map((row) => (isBroken(row) ? undefined : idOf(row))),
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

/** An API that answers by the function alone. */
export function apiOver(
  listConversations: (query: ListQuery, page: PageRequest, options: RequestOptions) => Promise<ConversationPage>,
  origin = 'https://call.example',
): ConversationsApi {
  const nobody = (): Promise<never> => Promise.reject(new ApiError({ kind: 'notFound', origin }));
  return {
    origin,
    baseUrl: `${origin}/api`,
    listConversations,
    getTranscript: nobody,
    createTestConversation: nobody,
    sendMessage: nobody,
    listAssistants: nobody,
    getKeyOwner: nobody,
    rateLimitWait: undefined,
    onDidChangeRateLimitWait: () => ({ dispose: () => undefined }),
    cancelRateLimitWait: () => undefined,
    dispose: () => undefined,
  };
}
