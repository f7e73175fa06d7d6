import * as vscode from 'vscode';
import type { ConversationsApi } from '../../../src/core/api/api';
import type { Filter } from '../../../src/core/model/query';
import type { ConversationStore } from '../../../src/core/store/store';
import type { TreeNode } from '../../../src/core/view/treeNodes';
import { ConversationTreeProvider } from '../../../src/shell/tree/provider';
import { bareRequest, createStore } from '../support/client';
import type { Figure } from '../support/figure';
import { measureAlternately, median, measureMs } from '../support/statistics';

const list = 'test';

/** A view of the extension's own tree that records the requests of VS Code. */
export class MeasuredTree implements vscode.Disposable {
  readonly rendered: TreeNode[] = [];
  private readonly view: vscode.TreeView<TreeNode>;
  private notifiedAt: number | undefined;
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
      sorting: () => 'newest',
      zone: () => 'UTC',
      isNew: () => false,
      annotationOf: () => undefined,
      callsOf: () => undefined,
      badgeUri: () => vscode.Uri.parse('bench:/'),
    });
    store.onDidChange(() => this.provider.update());
    this.provider.onDidChangeTreeData(() => (this.notifiedAt ??= performance.now()));
    const getTreeItem = this.provider.getTreeItem.bind(this.provider);
    this.provider.getTreeItem = (node) => {
      this.rendered.push(node);
      return getTreeItem(node);
    };
    this.view = vscode.window.createTreeView(id, { treeDataProvider: this.provider });
  }

  dispose(): void {
    this.view.dispose();
    this.provider.dispose();
  }

  /** Expands a group of the top level. */
  async open(index: number): Promise<void> {
    const node = (await this.provider.getChildren())[index];
    if (node !== undefined) await this.view.reveal(node, { expand: true, select: false });
  }

  async waitUntilIdle(): Promise<void> {
    await this.provider.scheduler.whenIdle();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await this.provider.scheduler.whenIdle();
  }

  /** Expands the first group and its first subgroup. */
  async expand(): Promise<void> {
    for (
      let node = (await this.provider.getChildren())[0];
      node?.kind === 'group';
      node = (await this.provider.getChildren(node))[0]
    ) {
      await this.view.reveal(node, { expand: true, select: false });
      await this.waitUntilIdle();
    }
  }

  /** Number of rows in the list's group, with all subgroups expanded. */
  get visibleRows(): number {
    const { model } = this.provider;
    return model.children(model.children()[0]).reduce((count, node) => count + 1 + model.children(node).length, 0);
  }

  /** Loads the next page. @returns the milliseconds until VS Code was notified and until it had requested the rows */
  async loadMore(): Promise<{ readonly notified: number; readonly rendered: number; readonly rows: number }> {
    await this.waitUntilIdle();
    this.rendered.length = 0;
    this.notifiedAt = undefined;
    const startedAt = performance.now();
    await this.store.loadMore(list);
    await this.provider.scheduler.whenIdle();
    const finishedAt = performance.now();
    await this.waitUntilIdle();
    return {
      notified: (this.notifiedAt ?? NaN) - startedAt,
      rendered: finishedAt - startedAt,
      rows: this.rendered.length,
    };
  }
}

/** Measures the tree in VS Code: the rows rendered by Load More, and its duration with few and many loaded rows. */
export async function treeFigures(api: ConversationsApi, url: string): Promise<readonly Figure[]> {
  const small = new MeasuredTree('bench.small', createStore(api, 10));
  const large = new MeasuredTree('bench.large', createStore(api, 10));
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
  const bareRequestMs = (): Promise<number> =>
    measureMs(() => bareRequest(`${url}/user/conversations?type=test&per_page=10&page=20`));
  let maxRendered: { rows: number; visibleRows: number } = { rows: 0, visibleRows: 0 };
  const notified: number[] = [];
  const measured = await measureAlternately({
    bareRequestMs,
    small: async () => {
      const more = await small.loadMore();
      notified.push(more.notified);
      if (more.rows - small.visibleRows > maxRendered.rows - maxRendered.visibleRows)
        maxRendered = { rows: more.rows, visibleRows: small.visibleRows };
      return more.rendered;
    },
    large: async () => (await large.loadMore()).rendered,
  });
  const requestMs = median(measured.bareRequestMs);
  return [
    {
      what: 'Rows rendered by a Load More',
      method: 'calls of getTreeItem until VS Code is idle, maximum of all repeats, against the visible rows',
      value: { amount: maxRendered.rows, unit: 'rows' },
      control: { amount: maxRendered.visibleRows + 2, unit: 'rows', of: 'visible + 2' },
      atMost: 1,
    },
    {
      what: 'Load More until VS Code is notified, 50 ms round trip',
      method: 'from the command to the change event with the page, median, against a bare request of the page',
      value: { amount: median(notified), unit: 'ms' },
      // The wire group checks the goal in plain Node; this figure shows what the extension host adds.
      control: { amount: requestMs, unit: 'ms', of: 'bare' },
    },
    {
      what: 'Load More with 10,000 loaded, until it is rendered',
      method: 'without the request, median, in turns with the same with 100 loaded',
      value: { amount: median(measured.large) - requestMs, unit: 'ms' },
      control: { amount: median(measured.small) - requestMs, unit: 'ms', of: '100 loaded' },
      atMost: 1.5,
    },
  ];
}

async function configure(url: string, latencyMs: number): Promise<void> {
  await bareRequest(`${url}/configure?latencyMs=${latencyMs}`);
}
