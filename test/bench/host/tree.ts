import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../src/core/api/api';
import type { Filter } from '../../../src/core/model/query';
import type { ConversationStore } from '../../../src/core/store/store';
import type { TreeNode } from '../../../src/core/view/treeNodes';
import { ConversationTreeProvider } from '../../../src/shell/tree/provider';
import { bareRequest, storeOver } from '../support/client';
import type { Figure } from '../support/figure';
import { inTurns, median, timed } from '../support/statistics';

const list = 'test';

/** A view of the tree that ships, and what VS Code asked it for. */
export class MeasuredTree implements vscode.Disposable {
  readonly rendered: TreeNode[] = [];
  private readonly view: vscode.TreeView<TreeNode>;
  private toldAt: number | undefined;
  private readonly provider: ConversationTreeProvider;

  constructor(
    id: string,
    readonly store: ConversationStore,
    filter: () => Filter = () => ({}),
  ) {
    this.provider = new ConversationTreeProvider({
      ready: () => Promise.resolve(true),
      snapshot: () => store.snapshot,
      find: (conversationId) => store.find(conversationId),
      open: (key) => store.open(key),
      filter,
      grouping: () => 'type',
      zone: () => 'UTC',
      isNew: () => false,
      annotationOf: () => undefined,
    });
    store.onDidChange(() => this.provider.update());
    this.provider.onDidChangeTreeData(() => (this.toldAt ??= performance.now()));
    const asked = this.provider.getTreeItem.bind(this.provider);
    this.provider.getTreeItem = (node) => {
      this.rendered.push(node);
      return asked(node);
    };
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this.provider });
  }

  dispose(): void {
    this.view.dispose();
    this.provider.dispose();
  }

  /** Opens a group of the top. */
  async open(place: number): Promise<void> {
    const node = (await this.provider.getChildren())[place];
    if (node !== undefined) await this.view.reveal(node, { expand: true, select: false });
  }

  async quiet(): Promise<void> {
    await this.provider.telling.upToDate();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await this.provider.telling.upToDate();
  }

  /** Opens the first group, and the first in it. */
  async expand(): Promise<void> {
    for (
      let node = (await this.provider.getChildren())[0];
      node?.kind === 'group';
      node = (await this.provider.getChildren(node))[0]
    ) {
      await this.view.reveal(node, { expand: true, select: false });
      await this.quiet();
    }
  }

  /** Rows in the list's own group, open as they all are. */
  get shown(): number {
    const { model } = this.provider;
    return model.children(model.children()[0]).reduce((count, node) => count + 1 + model.children(node).length, 0);
  }

  /** Reads the next page. @returns milliseconds until VS Code was told of it, and until it had asked for the rows */
  async loadMore(): Promise<{ readonly told: number; readonly rendered: number; readonly rows: number }> {
    await this.quiet();
    this.rendered.length = 0;
    this.toldAt = undefined;
    const began = performance.now();
    await this.store.loadMore(list);
    await this.provider.telling.upToDate();
    const over = performance.now();
    await this.quiet();
    return { told: (this.toldAt ?? NaN) - began, rendered: over - began, rows: this.rendered.length };
  }
}

/** The tree in VS Code: how much is drawn by a load-more, and how long it takes with few and with many loaded. */
export async function treeFigures(api: ConversationsApi, url: string): Promise<readonly Figure[]> {
  const small = new MeasuredTree('bench.small', storeOver(api, 10));
  const large = new MeasuredTree('bench.large', storeOver(api, 10));
  await vscode.commands.executeCommand('bench.small.focus');
  await vscode.commands.executeCommand('bench.large.focus');
  await configure(url, 0);
  await small.store.open(list);
  await large.store.open(list);
  while (small.store.snapshot.rows.length < 100) await small.store.loadMore(list);
  while (large.store.snapshot.rows.length < 10_000) await large.store.loadMore(list);
  await small.expand();
  await large.expand();
  await configure(url, 50);
  const bare = (): Promise<number> =>
    timed(() => bareRequest(`${url}/user/conversations?type=test&per_page=10&page=20`));
  let most: { rows: number; shown: number } = { rows: 0, shown: 0 };
  const told: number[] = [];
  const measured = await inTurns({
    bare,
    small: async () => {
      const more = await small.loadMore();
      told.push(more.told);
      if (more.rows - small.shown > most.rows - most.shown) most = { rows: more.rows, shown: small.shown };
      return more.rendered;
    },
    large: async () => (await large.loadMore()).rendered,
  });
  const wire = median(measured.bare);
  return [
    {
      what: 'Rows rendered by a Load More',
      method:
        'calls of getTreeItem until VS Code has caught up, the most of all repeats, against the rows that are shown',
      value: { amount: most.rows, unit: 'rows' },
      control: { amount: most.shown + 2, unit: 'rows', of: 'shown + 2' },
      atMost: 1,
    },
    {
      what: 'Load More until VS Code is told, 50 ms round trip',
      method: 'from the command to the change event with the page, median, against a bare request of the page',
      value: { amount: median(told), unit: 'ms' },
      // The goal is held by the client and the store, in plain Node: here it is told what VS Code's own process adds.
      control: { amount: wire, unit: 'ms', of: 'bare' },
    },
    {
      what: 'Load More with 10,000 loaded, until it is drawn',
      method: 'what it takes beside the request, median, in turns with the same where 100 are loaded',
      value: { amount: median(measured.large) - wire, unit: 'ms' },
      control: { amount: median(measured.small) - wire, unit: 'ms', of: '100 loaded' },
      atMost: 1.5,
    },
  ];
}

async function configure(url: string, latencyMs: number): Promise<void> {
  await bareRequest(`${url}/configure?latencyMs=${latencyMs}`);
}
