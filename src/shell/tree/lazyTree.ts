import {
  EventEmitter,
  window,
  type CancellationToken,
  type Disposable,
  type Event,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
} from 'vscode';
import type { TreeNode } from '../../core/view/treeNodes';
import { views } from '../../manifest';

export interface LazyTreeSource extends Required<TreeDataProvider<TreeNode>> {
  readonly onDidChangeTreeData: Event<TreeNode | TreeNode[] | undefined>;
}

/** Creates the view at activation, and loads the app on VS Code's first request. */
export class LazyTreeDataProvider implements TreeDataProvider<TreeNode>, Disposable {
  private readonly changed = new EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: TreeView<TreeNode>;
  private source: LazyTreeSource | undefined;

  constructor(private readonly load: () => Promise<{ readonly provider: LazyTreeSource }>) {
    this.view = window.createTreeView(views.conversations, {
      treeDataProvider: this,
      canSelectMany: true,
      showCollapseAll: true,
    });
  }

  attach(source: LazyTreeSource): void {
    this.source = source;
    source.onDidChangeTreeData((nodes) => this.changed.fire(nodes));
  }

  getChildren(parent?: TreeNode): ProviderResult<TreeNode[]> {
    return this.withSource((source) => source.getChildren(parent));
  }

  getTreeItem(node: TreeNode): TreeItem | Thenable<TreeItem> {
    return this.withSource((source) => source.getTreeItem(node));
  }

  getParent(node: TreeNode): ProviderResult<TreeNode> {
    return this.withSource((source) => source.getParent(node));
  }

  resolveTreeItem(item: TreeItem, node: TreeNode, token: CancellationToken): ProviderResult<TreeItem> {
    return this.withSource((source) => source.resolveTreeItem(item, node, token));
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private withSource<T>(request: (source: LazyTreeSource) => T | Thenable<T>): T | Thenable<T> {
    return this.source === undefined ? this.load().then(({ provider }) => request(provider)) : request(this.source);
  }
}
