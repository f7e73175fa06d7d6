import * as vscode from 'vscode';
import { DisposableStore } from '../../core/util/disposable';
import type { GroupNode, TreeNode } from '../../core/view/treeNodes';
import { views } from '../../manifest';
import type { ConversationTreeProvider } from './provider';

/** Ages are told in minutes at the finest. */
const agesChangeEvery = 60_000;

/** The view in the side bar: selection, reveal, and what stands above the rows. */
export class ConversationTreeView implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly plainTitle: string;
  private clock: ReturnType<typeof setInterval> | undefined;
  private revealing: Promise<unknown> = Promise.resolve();
  /** As VS Code last told it. */
  private selected: readonly TreeNode[] = [];

  readonly onDidChangeSelection: vscode.Event<unknown>;

  constructor(private readonly provider: ConversationTreeProvider) {
    this.view = this.owned.add(
      vscode.window.createTreeView(views.conversations, {
        treeDataProvider: provider,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    this.plainTitle = this.view.title ?? '';
    this.owned.add(this.view.onDidChangeSelection((change) => void (this.selected = change.selection)));
    this.onDidChangeSelection = this.view.onDidChangeSelection;
    this.owned.add(this.view.onDidChangeVisibility(({ visible }) => this.keepAgesTrue(visible)));
    this.owned.add({ dispose: () => this.keepAgesTrue(false) });
    if (this.view.visible) this.keepAgesTrue(true);
  }

  get selection(): readonly TreeNode[] {
    return this.selected;
  }

  get visible(): boolean {
    return this.view.visible;
  }

  /** @param account whose conversations these are, where there are several to choose from */
  announce({ message, account }: { message: string | undefined; account: string | undefined }): void {
    if (this.view.message !== (message ?? '')) this.view.message = message ?? '';
    const title = account === undefined ? this.plainTitle : `${this.plainTitle} · ${account}`;
    if (this.view.title !== title) this.view.title = title;
  }

  /**
   * Selects a conversation's row; one after the other, since VS Code mixes them up otherwise.
   * @returns whether the tree has a row for it
   */
  reveal(conversationId: string): Promise<boolean> {
    return this.select(() => this.provider.locate(conversationId));
  }

  /** Selects the last row of a group, or of the tree. */
  selectLast(parent: GroupNode | undefined): Promise<boolean> {
    return this.select(() => this.provider.last(parent));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private select(find: () => TreeNode | undefined): Promise<boolean> {
    const selected = this.revealing.then(async () => {
      const node = find();
      if (node === undefined) return false;
      try {
        await this.view.reveal(node, { select: true, focus: false });
        return true;
      } catch {
        // The tree changed on the way to the row: there is nothing to select any more.
        return false;
      }
    });
    this.revealing = selected;
    return selected;
  }

  private keepAgesTrue(visible: boolean): void {
    clearInterval(this.clock);
    this.clock = visible ? setInterval(() => this.provider.update(), agesChangeEvery) : undefined;
    if (visible) this.provider.update();
  }
}
