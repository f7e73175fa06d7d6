import assert from 'node:assert/strict';
import type { ConversationPage, Priority } from '../../../../src/core/api/api';
import type { PageRequest } from '../../../../src/core/api/paging/paging';
import { ApiError } from '../../../../src/core/api/errors';
import { everyType, type ListSnapshot, type LoadProgress } from '../../../../src/core/store/snapshot';
import { ConversationStore } from '../../../../src/core/store/store';
import { apiOver, idOf, ShiftingList, type ServerHabits } from '../../../properties/support/shiftingList';

export const refused = new ApiError({ kind: 'server', status: 500, origin: 'https://call.example' });

/** A store with one list, which shifts when the test says so, and what it asked for. */
export class ListWorld {
  readonly server: ShiftingList;
  readonly store: ConversationStore;
  readonly arrived: string[] = [];
  /** As `2 of 30`, or `c12 of 30` for a cursor. */
  asked: string[] = [];
  priorities: (Priority | undefined)[] = [];
  /** Called before each answer; may throw. */
  before: (page: PageRequest) => void = () => undefined;
  /** Makes another answer of the server's. */
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
      defect: (error) => assert.fail(String(error)),
    });
    this.store.onDidArrive((rows) => this.arrived.push(...rows.map(({ id }) => id)));
    this.store.connect(
      apiOver(async (_, page, { priority }) => {
        const { pointer, pageSize } = page;
        const place =
          pointer === undefined ? 1 : pointer.style === 'page' ? pointer.page : idOf(Number(pointer.cursor));
        this.asked.push(`${place} of ${pageSize}`);
        this.priorities.push(priority);
        assert.ok(this.asked.length < 1000, 'it does not end');
        this.before(page);
        return Promise.resolve(this.change(this.server.answer(page), page));
      }),
    );
  }

  get list(): ListSnapshot {
    return this.store.snapshot.lists.get(everyType) ?? assert.fail();
  }

  /** Of what the server lists, what was not read. */
  get missing(): readonly string[] {
    return this.server.alive.map(idOf).filter((id) => this.store.find(id) === undefined);
  }

  /** Loads so many pages. */
  async read(pages: number): Promise<void> {
    await this.store.open(everyType);
    for (let page = 1; page < pages; page += 1) await this.store.loadMore(everyType);
    this.forget();
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

  /** Forgets what was asked so far. */
  forget(): void {
    this.asked = [];
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
