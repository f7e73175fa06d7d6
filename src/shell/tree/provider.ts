import * as vscode from 'vscode';
import { type ListKey, type StoreSnapshot, everyType } from '../../core/store/snapshot';
import type { Conversation } from '../../core/model/conversation';
import type { Filter, Grouping, Sorting } from '../../core/model/query';
import { systemClock, type Clock } from '../../core/util/abort';
import { settleWithin } from '../../core/util/timeout';
import { DisposableStore, Emitter } from '../../core/util/event';
import type { CallSummary } from '../../core/view/callSummary';
import type { AnnotationOf } from '../../core/view/filter';
import { RowOrder } from '../../core/view/rowOrder';
import { TreeModel } from '../../core/view/treeModel';
import type { GroupNode, TreeNode } from '../../core/view/treeNodes';
import { rowClickCommands } from '../../manifest';
import { formatFilter } from '../format/filter';
import { isInitiallyOpen, toPresentation } from './presentation';
import { createTooltip } from './conversationRow';
import { createGroupTooltip } from './groupRow';
import type { PresentationContext, RowPresentation } from './rowPresentation';
import { BusyIndicatorDelay } from '../lateProgress';
import { ShownTree } from './shownTree';
import { TreeRefreshScheduler } from './treeRefresh';
import { StaleClickGuard, type ClickIndex } from './rowClick';

export interface ProviderSource {
  /** Resolves once the session is known: false if there is no API. */
  ready(): Promise<boolean>;
  snapshot(): StoreSnapshot;
  find(id: string): Conversation | undefined;
  /** Loads a list's first page if it isn't loaded. */
  open(key: ListKey): Promise<void>;
  filter(): Filter;
  grouping(): Grouping;
  sorting(): Sorting;
  zone(): string;
  isNew(conversationId: string): boolean;
  readonly annotationOf: AnnotationOf;
  callsOf(conversationId: string): CallSummary | undefined;
  /** Identifies a row with failed tool calls to its badge. */
  badgeUri(conversationId: string): vscode.Uri;
}

/** The tree first waits for conversations, because a group's count follows from them: earlier, all rows would render twice. */
const initialLoadTimeoutMs = 400;

/** Afterwards a row shows "Loading…". A pending node can't be refreshed and delays reveals, and a server may take minutes. */
const firstPageTimeoutMs = 1000;

/** VS Code renders all children of a group, so a group shows its conversations in steps. */
const groupPageSize = 200;

export class ConversationTreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly shown = new ShownTree();
  private readonly clickGuard = new StaleClickGuard();
  readonly scheduler = new TreeRefreshScheduler<TreeNode>({
    isRequested: () => this.shown.isRequested,
    roots: () => this.model.children(),
    refresh: (nodes) => {
      if (nodes === undefined) this.shown.clear();
      this.changed.fire(nodes);
    },
    resume: () => this.update(),
  });
  private readonly longWork: BusyIndicatorDelay;
  private readonly limits = new Map<string, number>();
  private readonly order = new RowOrder();
  private readonly updated = new Emitter<void>();
  private cachedModel: TreeModel | undefined;
  private cachedContext: PresentationContext | undefined;
  private isDisposed = false;

  constructor(
    private readonly source: ProviderSource,
    private readonly clock: Clock = systemClock,
  ) {
    this.longWork = new BusyIndicatorDelay(clock, () => this.update());
  }

  /** Built once for each change. */
  get model(): TreeModel {
    this.cachedModel ??= new TreeModel(this.source.snapshot(), {
      grouping: this.source.grouping(),
      sorting: this.source.sorting(),
      filter: this.source.filter(),
      now: Date.now(),
      zone: this.source.zone(),
      annotationOf: this.source.annotationOf,
      callsOf: (id) => this.source.callsOf(id),
      order: (rows, zone) => this.order.sort(rows, zone),
      find: (id) => this.source.find(id),
      limitOf: (groupId) => this.limits.get(groupId) ?? groupPageSize,
    });
    return this.cachedModel;
  }

  getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    return this.scheduler.trackFetch(parent, () => this.fetchChildren(parent));
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    this.scheduler.noteRequest();
    const row = toPresentation(node, this.model, this.presentationContext);
    this.shown.notePresentation(node, row);
    const item = new vscode.TreeItem(row.label, this.findCollapsibleState(node));
    item.id = node.id;
    item.contextValue = row.contextValue;
    item.iconPath = new vscode.ThemeIcon(
      row.icon,
      row.color === undefined ? undefined : new vscode.ThemeColor(row.color),
    );
    item.accessibilityInformation = { label: row.ariaLabel };
    if (row.description !== undefined) item.description = row.description;
    if (row.tooltip !== undefined) item.tooltip = row.tooltip;
    // VS Code takes neither label nor icon from the URI, because the item has both.
    if (node.kind === 'conversation' && row.failedCalls !== undefined)
      item.resourceUri = this.source.badgeUri(node.conversationId);
    // Without arguments, because VS Code drops them during a refresh (1.100, cf. microsoft/vscode#144250).
    const index = node.kind === 'more' ? this.clickGuard.indexFor(node.id, row.ariaLabel) : 0;
    if (node.kind !== 'group') item.command = { command: rowClickCommands[index], title: '' };
    return item;
  }

  /** Whether a click was on a Load More row whose page has loaded in the meantime: it must not load the next page. */
  isStaleClick(node: TreeNode, index: ClickIndex): boolean {
    return (
      node.kind === 'more' &&
      !this.clickGuard.isCurrent(node.id, toPresentation(node, this.model, this.presentationContext).ariaLabel, index)
    );
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'group') item.tooltip = createGroupTooltip(node, this.model, this.presentationContext);
    if (node.kind === 'conversation') {
      const conversation = this.model.find(node.conversationId);
      if (conversation !== undefined)
        item.tooltip = createTooltip(
          conversation,
          { zone: this.source.zone(), now: Date.now() },
          this.source.annotationOf(conversation),
          this.source.callsOf(conversation.id),
        );
    }
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent && this.shown.intern(node.parent);
  }

  /** Refreshes the changed rows. Call it after any change of the source, and as time passes. */
  update(): void {
    this.dropCaches();
    const changed = this.shown.findChanges(
      (node) => this.model.children(node),
      (node): RowPresentation => toPresentation(node, this.model, this.presentationContext),
    );
    this.scheduler.invalidate(changed);
  }

  updateAll(): void {
    this.dropCaches();
    this.scheduler.invalidate(undefined);
  }

  /** Shows the next loaded conversations of a group. */
  showMore(group: GroupNode): void {
    this.limits.set(group.id, (this.limits.get(group.id) ?? groupPageSize) + groupPageSize);
    this.update();
  }

  /** Finds a conversation's node, and extends its group so that it shows the node. */
  findNode(conversationId: string): TreeNode | undefined {
    const found = this.model.locate(conversationId);
    if (found === undefined) return undefined;
    const group = found.node.parent.id;
    if (found.rank >= (this.limits.get(group) ?? groupPageSize)) {
      this.limits.set(group, Math.ceil((found.rank + 1) / groupPageSize) * groupPageSize);
      this.update();
    }
    return this.shown.intern(found.node);
  }

  findLast(parent: GroupNode | undefined): TreeNode | undefined {
    const last = this.model.children(parent).at(-1);
    return last && this.shown.intern(last);
  }

  dispose(): void {
    this.isDisposed = true;
    this.updated.fire();
    this.longWork.dispose();
    this.scheduler.dispose();
    this.changed.dispose();
  }

  private dropCaches(): void {
    this.cachedModel = undefined;
    this.cachedContext = undefined;
    this.longWork.update(this.source.snapshot().lists.values());
    this.updated.fire();
  }

  private async fetchChildren(parent: TreeNode | undefined): Promise<TreeNode[]> {
    let list: ListKey | undefined;
    do {
      if (this.isDisposed || !(await this.source.ready())) {
        this.shown.noteChildren(parent, []);
        return [];
      }
      list = this.findList(parent);
      if (list !== undefined && this.model.list(list)?.read !== true) {
        await this.waitForList(list, parent);
        // These children must not arrive while VS Code still processes other rows.
        await this.scheduler.whenSettled;
      }
      if (parent === undefined) await this.openFirstGroup();
      // Repeats if the filter or grouping has changed: VS Code waits for these children and requests no others.
    } while (list !== this.findList(parent) || (list !== undefined && this.model.list(list) === undefined));
    const children = this.isPresent(parent) ? this.model.children(parent).map((child) => this.shown.intern(child)) : [];
    this.shown.noteChildren(parent, children);
    return children;
  }

  /** Resolves when a list's first page is loaded, takes too long, or is no longer needed for the node. */
  private async waitForList(list: ListKey, parent: TreeNode | undefined): Promise<void> {
    const listeners = new DisposableStore();
    const unneeded = new Promise<void>((resolve) => {
      listeners.add(
        this.updated.event(() => {
          if (this.isDisposed || this.findList(parent) !== list) resolve();
        }),
      );
    });
    await settleWithin(firstPageTimeoutMs, Promise.race([this.source.open(list), unneeded]), this.clock);
    listeners.dispose();
  }

  private async openFirstGroup(): Promise<void> {
    const first = this.model
      .children()
      .find((node) => node.kind === 'group' && isInitiallyOpen(node, this.model, this.presentationContext.now));
    const list = this.findList(first);
    if (list === undefined || this.model.list(list) !== undefined) return;
    await settleWithin(initialLoadTimeoutMs, this.source.open(list), this.clock);
  }

  private get presentationContext(): PresentationContext {
    const { source } = this;
    this.cachedContext ??= {
      now: Date.now(),
      zone: source.zone(),
      filterText: formatFilter(source.filter()),
      isNew: (id) => source.isNew(id),
      annotationOf: source.annotationOf,
      callsOf: (id) => source.callsOf(id),
      shouldShowBusy: (list) => this.longWork.shouldShow(list),
    };
    return this.cachedContext;
  }

  /** Finds the list that contains a node's children. */
  private findList(parent: TreeNode | undefined): ListKey | undefined {
    const byType = this.source.grouping() === 'type';
    if (parent === undefined) return byType ? undefined : everyType;
    return byType && parent.kind === 'group' && parent.parent === undefined && this.isPresent(parent)
      ? parent.list
      : undefined;
  }

  /** VS Code may still request children of a removed root. */
  private isPresent(node: TreeNode | undefined): boolean {
    return node === undefined || node.parent !== undefined || this.model.isTopLevel(node.id);
  }

  private findCollapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
    if (node.kind !== 'group') return vscode.TreeItemCollapsibleState.None;
    return isInitiallyOpen(node, this.model, this.presentationContext.now)
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }
}
