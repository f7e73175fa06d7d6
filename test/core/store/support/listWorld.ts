import assert from 'node:assert/strict';
import type { ConversationPage, Priority } from '../../../../src/core/api/api';
import type { PageRequest } from '../../../../src/core/api/paging/paging';
import { ApiError } from '../../../../src/core/api/errors';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../../src/core/store/snapshot';
import { ConversationStore } from '../../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type ServerHabits } from '../../../properties/support/shiftingList';

export const serverError = new ApiError({ kind: 'server', status: 500, origin: 'https://call.example' });

/** A store with one list that changes on demand, and a log of its requests. */
export class ListWorld {
  readonly server: ShiftingList;
  readonly store: ConversationStore;
  readonly arrived: string[] = [];
  /** Entries like `2 of 30`, or `c12 of 30` for a cursor. */
  requested: string[] = [];
  priorities: (Priority | undefined)[] = [];
  /** Called before each response; may throw. */
  before: (page: PageRequest) => void = () => undefined;
  /** Replaces a server response. */
  change: (answer: ConversationPage, page: PageRequest) => ConversationPage = (answer) => answer;

  constructor(
    count: number,
    habits: ServerHabits,
    public pageSize = 10,
  ) {
    this.server = new ShiftingList(count, habits);
    this.store = new ConversationStore({
      pageSize: () => this.pageSize,
      queryOf: () => ({}),
      onUnexpectedError: (error) => assert.fail(String(error)),
    });
    this.store.onDidArrive((rows) => this.arrived.push(...rows.map(({ id }) => id)));
    this.store.connect(
      apiOver(async (_, page, { priority }) => {
        const { pointer, pageSize } = page;
        const position =
          pointer === undefined ? 1 : pointer.style === 'page' ? pointer.page : idOf(Number(pointer.cursor));
        this.requested.push(`${position} of ${pageSize}`);
        this.priorities.push(priority);
        assert.ok(this.requested.length < 1000, 'too many requests');
        this.before(page);
        return Promise.resolve(this.change(this.server.answer(page), page));
      }),
    );
  }

  get list(): ListSnapshot {
    return this.store.snapshot.lists.get(everyType) ?? assert.fail();
  }

  /** IDs that the server lists but the store hasn't loaded. */
  get missing(): readonly string[] {
    return this.server.alive.map(idOf).filter((id) => this.store.find(id) === undefined);
  }

  async loadPages(pages: number): Promise<void> {
    await this.store.open(everyType);
    for (let page = 1; page < pages; page += 1) await this.store.loadMore(everyType);
    this.clearRequested();
  }

  async loadMore(): Promise<void> {
    await this.store.loadMore(everyType);
  }

  async loadToEnd(): Promise<void> {
    while (this.list.hasMore) await this.loadMore();
  }

  async loadAll(
    cancel: AbortSignal = new AbortController().signal,
    report?: (progress: LoadProgress) => void,
  ): Promise<void> {
    await this.store.loadAll(everyType, cancel, report);
  }

  async refresh(): Promise<{ added: number; changed: number; failed: number }> {
    return this.store.refresh([everyType]);
  }

  clearRequested(): void {
    this.requested = [];
    this.priorities = [];
  }

  insert(count: number): readonly string[] {
    const newest = Math.max(0, ...this.server.alive);
    const added = Array.from({ length: count }, (_, index) => newest + count - index);
    this.server.alive = [...added, ...this.server.alive];
    return added.map(idOf);
  }

  remove(...rows: readonly number[]): void {
    this.server.alive = this.server.alive.filter((row) => !rows.includes(row));
  }
}
