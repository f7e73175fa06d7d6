import * as vscode from 'vscode';
import { type ListKey, type StoreSnapshot, everyType } from '../../core/store/snapshot';
import type { Conversation } from '../../core/model/conversation';
import type { Filter, Grouping } from '../../core/model/query';
import { systemClock, type Clock } from '../../core/util/abort';
import { waitAtMost } from '../../core/util/timeout';
import { DisposableStore, Emitter } from '../../core/util/event';
import type { AnnotationOf } from '../../core/view/filter';
import { RowOrder } from '../../core/view/rowOrder';
import { TreeModel } from '../../core/view/treeModel';
import type { GroupNode, TreeNode } from '../../core/view/treeNodes';
import { rowClickCommands } from '../../manifest';
import { filterWords } from '../format/filter';
import {
  isInitiallyOpen,
  toPresentation,
  type PresentationContext,
  type RowPresentation,
  createTooltip,
} from './presentation';
import { LongWork } from '../lateProgress';
import { ShownTree } from './shownTree';
import { TreeRefreshScheduler } from './treeRefresh';
import { StaleClickGuard, type ClickIndex } from './rowClick';

/** What the tree reads. */
export interface ProviderSource {
  /** Resolves once it is known whom to ask; false where there is nobody to ask. */
  ready(): Promise<boolean>;
  snapshot(): StoreSnapshot;
  /** A row of the snapshot, by its id. */
  find(id: string): Conversation | undefined;
  /** Reads a list's first page, unless that was done. */
  open(key: ListKey): Promise<void>;
  filter(): Filter;
  grouping(): Grouping;
  zone(): string;
  /** Whether a conversation is to be marked as new. */
  isNew(conversationId: string): boolean;
  /** What the reader wrote down. */
  readonly annotationOf: AnnotationOf;
}

/**
 * Milliseconds that the tree waits for its first conversations before it shows its groups without them. Shown at once,
 * everything is drawn twice: the group's count is known only afterwards.
 */
const initialLoadTimeoutMs = 400;

/**
 * Milliseconds that VS Code is left waiting for a list's first page; then a row says that it is loading. What VS Code waits
 * for can't be told anew, and holds up what is to be revealed: a server may take, or ask for, minutes.
 */
const firstPageTimeoutMs = 1000;

/** How many conversations a group shows before the rest is asked for: VS Code renders all that a group has. */
const groupPageSize = 200;

export class ConversationTreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  private readonly shown = new ShownTree();
  private readonly clickGuard = new StaleClickGuard();
  /** When VS Code is told of changes; who shows the tree tells it what VS Code does. */
  readonly scheduler = new TreeRefreshScheduler<TreeNode>({
    isRequested: () => this.shown.isRequested,
    roots: () => this.model.children(),
    refresh: (nodes) => {
      if (nodes === undefined) this.shown.clear();
      this.changed.fire(nodes);
    },
    resume: () => this.update(),
  });
  private readonly longWork: LongWork;
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
    this.longWork = new LongWork(clock, () => this.update());
  }

  /** The tree as it is now; built once for each change. */
  get model(): TreeModel {
    this.cachedModel ??= new TreeModel(this.source.snapshot(), {
      grouping: this.source.grouping(),
      filter: this.source.filter(),
      now: Date.now(),
      zone: this.source.zone(),
      annotationOf: this.source.annotationOf,
      order: (rows, zone) => this.order.of(rows, zone),
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
    const picture = toPresentation(node, this.model, this.presentationContext);
    this.shown.notePresentation(node, picture);
    const item = new vscode.TreeItem(picture.label, this.collapsibleState(node));
    item.id = node.id;
    item.contextValue = picture.contextValue;
    item.iconPath = new vscode.ThemeIcon(
      picture.icon,
      picture.color === undefined ? undefined : new vscode.ThemeColor(picture.color),
    );
    item.accessibilityInformation = { label: picture.ariaLabel };
    if (picture.description !== undefined) item.description = picture.description;
    if (picture.tooltip !== undefined) item.tooltip = picture.tooltip;
    // Without arguments: VS Code forgets them when a row is told anew, and a click that comes just then would find none.
    const turn = node.kind === 'more' ? this.clickGuard.indexFor(node.id, picture.ariaLabel) : 0;
    if (node.kind !== 'group') item.command = { command: rowClickCommands[turn], title: '' };
    return item;
  }

  /**
   * Whether a click on a row comes too late: a load-more has loaded since. The click was for the page that came, or for
   * nothing, not for the one after it.
   */
  isStaleClick(node: TreeNode, turn: ClickIndex): boolean {
    return (
      node.kind === 'more' &&
      !this.clickGuard.isCurrent(node.id, toPresentation(node, this.model, this.presentationContext).ariaLabel, turn)
    );
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    if (node.kind === 'conversation') {
      const conversation = this.model.find(node.conversationId);
      if (conversation !== undefined)
        item.tooltip = createTooltip(conversation, this.source.zone(), this.source.annotationOf(conversation));
    }
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent && this.shown.intern(node.parent);
  }

  /** Tells VS Code what became different. To be called after any change of what the tree reads, and as time passes. */
  update(): void {
    this.dropCaches();
    const different = this.shown.findChanges(
      (node) => this.model.children(node),
      (node): RowPresentation => toPresentation(node, this.model, this.presentationContext),
    );
    this.scheduler.invalidate(different);
  }

  /** Has VS Code ask for everything again. */
  updateAll(): void {
    this.dropCaches();
    this.scheduler.invalidate(undefined);
  }

  /** Shows the next of a group's conversations that are loaded and not shown. */
  showMore(group: GroupNode): void {
    this.limits.set(group.id, (this.limits.get(group.id) ?? groupPageSize) + groupPageSize);
    this.update();
  }

  /** The node of a conversation, made to be among those that its group shows; undefined where the tree has none. */
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

  /** The last row of a group, or of the tree. */
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

  /** To be done whenever what the tree reads has changed. */
  private dropCaches(): void {
    this.cachedModel = undefined;
    this.cachedContext = undefined;
    this.longWork.look(this.source.snapshot().lists.values());
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
        // What came meanwhile is told without this: VS Code takes in one thing after the other.
        await this.scheduler.whenSettled;
      }
      if (parent === undefined) await this.openFirstGroup();
      // Dropped while it was read, for another filter, or grouped otherwise: VS Code waits for these children, and asks for no others.
    } while (list !== this.findList(parent) || (list !== undefined && this.model.list(list) === undefined));
    const children = this.isPresent(parent) ? this.model.children(parent).map((child) => this.shown.intern(child)) : [];
    this.shown.noteChildren(parent, children);
    return children;
  }

  /** Reads a list's first page; resolves when it is there, when it takes long, or when what VS Code asked for is of no list any more. */
  private async waitForList(list: ListKey, parent: TreeNode | undefined): Promise<void> {
    const over = new DisposableStore();
    const needless = new Promise<void>((resolve) => {
      over.add(
        this.updated.event(() => {
          if (this.isDisposed || this.findList(parent) !== list) resolve();
        }),
      );
    });
    await waitAtMost(firstPageTimeoutMs, Promise.race([this.source.open(list), needless]), this.clock);
    over.dispose();
  }

  private async openFirstGroup(): Promise<void> {
    const first = this.model
      .children()
      .find((node) => node.kind === 'group' && isInitiallyOpen(node, this.model, this.presentationContext.now));
    const list = this.findList(first);
    if (list === undefined || this.model.list(list) !== undefined) return;
    await waitAtMost(initialLoadTimeoutMs, this.source.open(list), this.clock);
  }

  private get presentationContext(): PresentationContext {
    const { source } = this;
    this.cachedContext ??= {
      now: Date.now(),
      zone: source.zone(),
      filterText: filterWords(source.filter()),
      isNew: (id) => source.isNew(id),
      annotationOf: source.annotationOf,
      isLong: (list) => this.longWork.isLong(list),
    };
    return this.cachedContext;
  }

  /** The list that has to be open for a node's children to be known. */
  private findList(parent: TreeNode | undefined): ListKey | undefined {
    const byType = this.source.grouping() === 'type';
    if (parent === undefined) return byType ? undefined : everyType;
    return byType && parent.kind === 'group' && parent.parent === undefined && this.isPresent(parent)
      ? parent.list
      : undefined;
  }

  /** Whether a node of the top is one still: VS Code asks also for what it has yet to hear is gone. */
  private isPresent(node: TreeNode | undefined): boolean {
    return node === undefined || node.parent !== undefined || this.model.isTop(node.id);
  }

  private collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
    if (node.kind !== 'group') return vscode.TreeItemCollapsibleState.None;
    return isInitiallyOpen(node, this.model, this.presentationContext.now)
      ? vscode.TreeItemCollapsibleState.Expanded
      : vscode.TreeItemCollapsibleState.Collapsed;
  }
}
