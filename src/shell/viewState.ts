import type * as vscode from 'vscode';
import type { Filter, Grouping, Sorting } from '../core/model/query';
import { type Disposable, Emitter } from '../core/util/event';
import { isEmpty, isSameFilter, withPart } from '../core/view/filter';
import { parseFilter, parseGrouping, parseSorting } from '../core/view/filterParse';
import { setContext } from './contextKeys';

const filterId = 'aiployees.filter';
const groupingId = 'aiployees.grouping';
const sortingId = 'aiployees.sorting';
const recentFiltersId = 'aiployees.recentFilters';
const maxRecentFilters = 5;

export interface ViewMemory {
  readonly workspaceState: vscode.Memento;
  readonly globalState: vscode.Memento;
}

/** The filter, stored for the workspace, and grouping and sorting, stored for the machine. */
export class ViewState implements Disposable {
  private readonly changed = new Emitter<void>();
  private currentFilter: Filter;
  private currentGrouping: Grouping;
  private currentSorting: Sorting;

  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: ViewMemory) {
    this.currentFilter = parseFilter(memory.workspaceState.get(filterId));
    this.currentGrouping = parseGrouping(memory.globalState.get(groupingId)) ?? 'type';
    this.currentSorting = parseSorting(memory.globalState.get(sortingId)) ?? 'newest';
    this.updateContext();
  }

  get filter(): Filter {
    return this.currentFilter;
  }

  get sorting(): Sorting {
    return this.currentSorting;
  }

  get grouping(): Grouping {
    return this.currentGrouping;
  }

  /** Filters that were applied from the filter box, the last one first. */
  get recentFilters(): readonly Filter[] {
    const stored = this.memory.workspaceState.get<unknown>(recentFiltersId);
    return Array.isArray(stored) ? stored.map(parseFilter).filter((filter) => !isEmpty(filter)) : [];
  }

  async rememberFilter(filter: Filter): Promise<void> {
    if (isEmpty(filter)) return;
    const others = this.recentFilters.filter((each) => !isSameFilter(each, filter));
    await this.memory.workspaceState.update(recentFiltersId, [filter, ...others].slice(0, maxRecentFilters));
  }

  /** Takes effect immediately. The promise resolves when the filter is stored. */
  async setFilter(filter: Filter): Promise<void> {
    if (isSameFilter(filter, this.currentFilter)) return;
    this.currentFilter = filter;
    this.changed.fire();
    this.updateContext();
    await this.memory.workspaceState.update(filterId, isEmpty(filter) ? undefined : filter);
  }

  /** Another account doesn't have this assistant, so the filter would hide all its conversations. */
  async clearAssistant(): Promise<void> {
    await this.setFilter(withPart(this.currentFilter, 'assistant', undefined));
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    if (grouping === this.currentGrouping) return;
    this.currentGrouping = grouping;
    this.changed.fire();
    this.updateContext();
    await this.memory.globalState.update(groupingId, grouping);
  }

  async setSorting(sorting: Sorting): Promise<void> {
    if (sorting === this.currentSorting) return;
    this.currentSorting = sorting;
    this.changed.fire();
    this.updateContext();
    await this.memory.globalState.update(sortingId, sorting);
  }

  private updateContext(): void {
    setContext({
      filtered: !isEmpty(this.currentFilter),
      grouping: this.currentGrouping,
      sorting: this.currentSorting,
    });
  }

  dispose(): void {
    this.changed.dispose();
  }
}
