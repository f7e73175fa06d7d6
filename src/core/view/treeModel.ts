import { knownConversationTypes, type Conversation } from '../model/conversation';
import type { Filter, Grouping, Sorting } from '../model/query';
import { everyType, type ListKey, type ListSnapshot, type StoreSnapshot } from '../store/snapshot';
import { collectAssistantNames, type AssistantNames } from './filterAssistants';
import { isClientSide, isEmpty, createRowFilter, type AnnotationOf, type CallsOf } from './filter';
import { groupRows, toGroupKey, formatGroupKey, levels, typeOf } from './groups';
import { sortNewestFirst, type DatedRow } from './rowOrder';
import { applyFilter, countsByType } from './rowSets';
import { sortRows } from './sorting';
import { createConversationNode, type ConversationNode, type GroupCount, type GroupKey } from './treeNodes';
import type { GroupNode, MoreNode, NoticeNode, TreeNode, TreeNotice } from './treeNodes';

export interface TreeQuery {
  readonly grouping: Grouping;
  /** The order of conversations in their group; undefined for newest first. */
  readonly sorting?: Sorting;
  readonly filter: Filter;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The time zone of server times without an offset. */
  readonly zone: string;
  /** The user's annotations; undefined if there are none. */
  readonly annotationOf?: AnnotationOf;
  /** The tool calls of loaded transcripts; undefined if none is loaded. */
  readonly callsOf?: CallsOf;
  /** Sorts rows; undefined to sort them each time. */
  readonly order?: (rows: readonly Conversation[], zone: string) => readonly DatedRow[];
  /** Finds a row of the snapshot by ID; undefined to scan the rows. */
  readonly find?: (id: string) => Conversation | undefined;
  /** The most conversations that a group shows, by its ID. */
  readonly limitOf: (groupId: string) => number;
}

/** Derives the tree from the loaded rows and the user's choices. Pure: sends no requests. */
export class TreeModel {
  private readonly allRows: readonly DatedRow[];
  private readonly rowsInDateRange: readonly DatedRow[];
  private readonly shownRows: readonly DatedRow[];
  /** Lookups by ID are built on demand, because a tree has many rows. */
  private byId: ReadonlyMap<string, Conversation> | undefined;
  private topIds: ReadonlySet<string> | undefined;
  private readonly childrenByParent = new Map<string | undefined, readonly TreeNode[]>();
  private readonly rowsByGroup = new Map<string, readonly DatedRow[]>();
  private readonly sortedByGroup = new Map<string, readonly DatedRow[]>();
  private readonly loadedByList = new Map<ListKey, number>();
  /**
   * Prefix of the IDs of the root's children. A type that the filter selects has its own ID, so that its node is
   * expanded even if it was collapsed among the others.
   */
  private readonly rootId: string;

  constructor(
    private readonly snapshot: StoreSnapshot,
    private readonly query: TreeQuery,
  ) {
    this.rootId = query.grouping === 'type' && query.filter.type !== undefined ? 'type/only' : query.grouping;
    this.allRows = (query.order ?? sortNewestFirst)(snapshot.rows, query.zone);
    const { dates } = query.filter;
    this.rowsInDateRange =
      dates === undefined ? this.allRows : applyFilter(this.allRows, createRowFilter({ dates }, query));
    this.shownRows = applyFilter(this.rowsInDateRange, createRowFilter(query.filter, query));
  }

  /** All loaded rows before filtering, the newest first. */
  get newest(): readonly DatedRow[] {
    return this.allRows;
  }

  /** The lists of the root's children. */
  get lists(): readonly ListKey[] {
    return this.query.grouping === 'type' ? this.listTypes() : [everyType];
  }

  /** Whether the list of every type is fully loaded, with unknown types of the server. */
  get hasEveryType(): boolean {
    const list = this.snapshot.lists.get(everyType);
    return list?.read === true && !list.hasMore;
  }

  /**
   * The number of the server's conversations of unknown types; undefined before the list of every type is loaded. Zero
   * if its total is no more than the loaded rows.
   */
  get unreadOfOtherTypes(): number | undefined {
    const { grouping, filter } = this.query;
    if (grouping !== 'type' || filter.type !== undefined || this.hasEveryType) return 0;
    const list = this.snapshot.lists.get(everyType);
    if (list?.read !== true) return undefined;
    const lists = this.lists.map((key) => this.snapshot.lists.get(key));
    // Unloaded rows of known types are counted by their own lists.
    if (list.total === undefined || !lists.every((each) => each?.read === true && !each.hasMore)) return undefined;
    const rejected = lists.reduce((sum, each) => sum + (each?.rejected ?? 0), 0);
    return Math.max(0, list.total - this.snapshot.rows.length - rejected);
  }

  children(parent?: TreeNode): readonly TreeNode[] {
    const known = this.childrenByParent.get(parent?.id);
    if (known !== undefined) return known;
    const children =
      parent === undefined ? this.createRoots() : parent.kind === 'group' ? this.createChildren(parent) : [];
    this.childrenByParent.set(parent?.id, children);
    return children;
  }

  /** Whether the root has a child with this ID. */
  isTopLevel(id: string): boolean {
    this.topIds ??= new Set(this.children().map((node) => node.id));
    return this.topIds.has(id);
  }

  find(id: string): Conversation | undefined {
    if (this.query.find !== undefined) return this.query.find(id);
    this.byId ??= new Map(this.snapshot.rows.map((row) => [row.id, row]));
    return this.byId.get(id);
  }

  /** Returns a conversation's node and its index in its group. */
  locate(conversationId: string): { readonly node: ConversationNode; readonly rank: number } | undefined {
    const found = this.shownRows.find(({ row }) => row.id === conversationId);
    if (found === undefined) return undefined;
    const group = levels[this.query.grouping].reduce<GroupNode | undefined>(
      (parent, by) => this.createGroup(toGroupKey(found, by), parent),
      undefined,
    );
    if (group === undefined) return undefined;
    const rank = this.findSortedRows(group).findIndex(({ row }) => row.id === conversationId);
    return { node: createConversationNode(group, conversationId), rank };
  }

  /** Returns the next (1) or previous (-1) conversation of the tree, shown or not; undefined at its ends. */
  findNeighbor(conversationId: string, step: 1 | -1): string | undefined {
    const order = this.order(undefined);
    const at = order.indexOf(conversationId);
    return at === -1 ? this.findNearest(conversationId, step, new Set(order)) : order[at + step];
  }

  /** Returns the assistant's name in the rows, if any. */
  assistantName(assistantId: string): string | undefined {
    return this.assistants.nameById.get(assistantId);
  }

  hasSharedName(assistantId: string): boolean {
    return this.assistants.isShared(assistantId);
  }

  count(group: GroupNode): GroupCount {
    const count = this.findRows(group).length;
    const list = this.snapshot.lists.get(group.list);
    const isWholeList = group.path.length === 1 && group.list !== everyType;
    if (list?.read !== true) return isWholeList && count === 0 ? { kind: 'unread' } : { kind: 'loaded', count };
    const isComplete = !list.hasMore && !list.mayLackRows;
    if (!isWholeList) return isComplete ? { kind: 'all', count } : { kind: 'loaded', count };
    const loaded = this.countLoaded(group.list);
    if (count < loaded || isClientSide(this.query.filter)) {
      return { kind: 'matching', count, loaded, complete: isComplete };
    }
    if (isComplete) return { kind: 'all', count };
    const { total } = this.progress(group.list);
    return total === undefined ? { kind: 'atLeast', loaded } : { kind: 'of', loaded, total };
  }

  /** Returns the group's loaded conversations that match the filter, shown or not. */
  rowsIn(group: GroupNode): readonly Conversation[] {
    return this.findRows(group).map(({ row }) => row);
  }

  /** Counts the group's conversations that match a predicate. */
  countIn(group: GroupNode, isSuch: (conversationId: string) => boolean): number {
    return this.findRows(group).filter(({ row }) => isSuch(row.id)).length;
  }

  /**
   * Returns the loaded number and the total, if known, for a load-more node. Other lists may have loaded more than this
   * list's total, and the server counts days outside the filter.
   */
  progress(list: ListKey): { readonly loaded: number; readonly total: number | undefined } {
    const total = this.query.filter.dates === undefined ? this.snapshot.lists.get(list)?.total : undefined;
    const loaded = this.countLoaded(list);
    return { loaded, total: total !== undefined && total > loaded ? total : undefined };
  }

  /** Returns the number of unloaded conversations of a list, matching or not; undefined if the server has no total. */
  countUnread(key: ListKey): number | undefined {
    if (this.query.filter.dates === undefined) {
      const { loaded, total } = this.progress(key);
      return total === undefined ? undefined : total - loaded;
    }
    const { loaded = 0, total } = this.snapshot.lists.get(key) ?? {};
    return total === undefined || total <= loaded ? undefined : total - loaded;
  }

  /** Counts the loaded conversations of these lists. */
  countLoadedIn(keys: readonly ListKey[]): number {
    return keys.reduce((sum, key) => sum + this.countLoaded(key), 0);
  }

  list(key: ListKey): ListSnapshot | undefined {
    return this.snapshot.lists.get(key);
  }

  /** Returns the current content of a notice; undefined if it no longer applies. */
  findNotice({ list: key, about }: NoticeNode): TreeNotice | undefined {
    const list = this.snapshot.lists.get(key);
    return list && this.createNotices(list, true).find(({ kind }) => kind === about);
  }

  /** Counts the group's loaded conversations that aren't shown. */
  countHidden(group: GroupNode): number {
    return Math.max(0, this.findRows(group).length - this.query.limitOf(group.id));
  }

  /** For a conversation that doesn't match the filter, perhaps because it was just labeled. */
  private findNearest(conversationId: string, step: 1 | -1, shown: ReadonlySet<string>): string | undefined {
    const all = new TreeModel(this.snapshot, { ...this.query, filter: {} }).order(undefined);
    const at = all.indexOf(conversationId);
    if (at === -1) return undefined;
    const others = step === 1 ? all.slice(at + 1) : all.slice(0, at).reverse();
    return others.find((id) => shown.has(id));
  }

  /** Returns the IDs of the conversations below a node, from top to bottom. */
  private order(parent: GroupNode | undefined): readonly string[] {
    const isLeaf = parent !== undefined && parent.path.length === levels[this.query.grouping].length;
    if (isLeaf) return this.findSortedRows(parent).map(({ row }) => row.id);
    return this.children(parent).flatMap((node) => (node.kind === 'group' ? this.order(node) : []));
  }

  private createRoots(): readonly TreeNode[] {
    const [by] = levels[this.query.grouping];
    if (by === 'type') return this.listTypes().map((type) => this.createGroup({ by, type }, undefined));
    const groups = groupRows(this.shownRows, by ?? 'day').map(({ key }) => this.createGroup(key, undefined));
    return this.withNotices(everyType, undefined, groups);
  }

  private createChildren(group: GroupNode): readonly TreeNode[] {
    const rows = this.findRows(group);
    const nextLevel = levels[this.query.grouping][group.path.length];
    if (nextLevel === undefined) {
      const shown = this.findSortedRows(group)
        .slice(0, this.query.limitOf(group.id))
        .map(({ row }) => createConversationNode(group, row.id));
      return shown.length < rows.length ? [...shown, { kind: 'rest', id: `${group.id}/rest`, parent: group }] : shown;
    }
    const groups = groupRows(rows, nextLevel).map(({ key }) => this.createGroup(key, group));
    return group.list === everyType ? groups : this.withNotices(group.list, group, groups);
  }

  /** Adds a list's notices before its groups and its load-more node after them. */
  private withNotices(key: ListKey, parent: GroupNode | undefined, groups: readonly TreeNode[]): readonly TreeNode[] {
    const list = this.snapshot.lists.get(key);
    if (list === undefined) return groups;
    const prefix = parent?.id ?? this.rootId;
    const notices = this.createNotices(list, groups.length === 0).map(({ kind }): NoticeNode => ({
      kind: 'notice',
      id: `${prefix}/notice/${kind}`,
      list: key,
      about: kind,
      parent,
    }));
    const more: MoreNode = { kind: 'more', id: `${prefix}/more`, list: key, parent };
    return [
      ...notices.filter(({ about }) => about === 'failed'),
      ...groups,
      ...notices.filter(({ about }) => about !== 'failed'),
      // While the first page loads, the node shows that the list is loading.
      ...((list.read ? list.hasMore : list.state.kind === 'busy') ? [more] : []),
    ];
  }

  private createNotices(list: ListSnapshot, nothingShown: boolean): readonly TreeNotice[] {
    const { state } = list;
    const notices: TreeNotice[] = [];
    // The load-more node of a loaded list reports its own failure.
    if (state.kind === 'failed' && !(list.read && (state.work === 'more' || state.work === 'all'))) {
      notices.push({ kind: 'failed', failure: state });
    }
    const why = list.read && nothingShown ? this.findEmptyNotice(list) : undefined;
    if (why !== undefined) notices.push(why);
    if (list.rejected > 0) notices.push({ kind: 'rejected', count: list.rejected });
    if (list.mayLackRows) notices.push({ kind: 'mayLackRows' });
    return notices;
  }

  private findEmptyNotice(list: ListSnapshot): TreeNotice | undefined {
    const { type: filteredType, ...rest } = this.query.filter;
    const type = list.key === everyType ? filteredType : list.key;
    if (isEmpty(rest)) return list.hasMore ? undefined : { kind: 'empty', type };
    if (!list.hasMore) return { kind: 'nothingMatches' };
    const loaded = this.query.filter.dates === undefined ? this.countLoaded(list.key) : list.loaded;
    return { kind: 'noneMatchYet', loaded, unread: this.countUnread(list.key) };
  }

  private listTypes(): readonly string[] {
    const { type } = this.query.filter;
    if (type !== undefined) return [type];
    // Buckets are sorted by type, so unknown types follow by name.
    return [
      ...new Set([...knownConversationTypes, ...groupRows(this.shownRows, 'type').map(({ key }) => typeOf(key))]),
    ];
  }

  private createGroup(key: GroupKey, parent: GroupNode | undefined): GroupNode {
    return {
      kind: 'group',
      id: `${parent?.id ?? this.rootId}/${formatGroupKey(key)}`,
      list: parent?.list ?? (key.by === 'type' ? key.type : everyType),
      path: parent === undefined ? [key] : [...parent.path, key],
      parent,
    };
  }

  private get assistants(): AssistantNames {
    return collectAssistantNames(this.allRows);
  }

  /** Returns the rows of a group without groups, in the order in which it shows them. */
  private findSortedRows(group: GroupNode): readonly DatedRow[] {
    const { sorting = 'newest', zone } = this.query;
    const rows = this.findRows(group);
    if (sorting === 'newest') return rows;
    const sorted = this.sortedByGroup.get(group.id) ?? sortRows(rows, sorting, zone);
    this.sortedByGroup.set(group.id, sorted);
    return sorted;
  }

  private findRows(group: GroupNode): readonly DatedRow[] {
    const known = this.rowsByGroup.get(group.id);
    if (known !== undefined) return known;
    const within = group.parent === undefined ? this.shownRows : this.findRows(group.parent);
    const key = group.path[group.path.length - 1] ?? group.path[0];
    for (const bucket of groupRows(within, key.by)) {
      this.rowsByGroup.set(`${group.parent?.id ?? this.rootId}/${formatGroupKey(bucket.key)}`, bucket.rows);
    }
    const rows = this.rowsByGroup.get(group.id) ?? [];
    this.rowsByGroup.set(group.id, rows);
    return rows;
  }

  /** Counts loaded conversations of the list's type and the filter's days, whichever list loaded them. */
  private countLoaded(key: ListKey): number {
    const known = this.loadedByList.get(key);
    if (known !== undefined) return known;
    const { type } = this.query.filter;
    const of = key === everyType ? type : key;
    const loaded = of === undefined ? this.rowsInDateRange.length : (countsByType(this.rowsInDateRange).get(of) ?? 0);
    this.loadedByList.set(key, loaded);
    return loaded;
  }
}
