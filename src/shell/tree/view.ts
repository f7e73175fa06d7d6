import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { RateLimitWait } from '../../core/api/api';
import type { Filter } from '../../core/model/query';
import { DisposableStore, Emitter } from '../../core/util/event';
import type { GroupNode, TreeNode } from '../../core/view/treeNodes';
import { setContext } from '../contextKeys';
import type { SessionState } from '../session/state';
import { formatUnchecked } from '../format/calls';
import { formatFilter } from '../format/filter';
import { formatRateLimitWait } from '../format/network';
import type { ConversationTreeProvider } from './provider';

/** Rows show ages in minutes. */
const ageRefreshIntervalMs = 60_000;

/** The view's selection, message, title, and badge. */
export class ConversationTreeView implements vscode.Disposable {
  private readonly owned = new DisposableStore();
  private readonly plainTitle: string;
  private ageTimer: ReturnType<typeof setInterval> | undefined;
  private lastReveal: Promise<unknown> = Promise.resolve();
  /** Finds the row that was last revealed without the focus. */
  private findUnfocused: (() => TreeNode | undefined) | undefined;
  private readonly selectionChanged = this.owned.add(new Emitter<void>());
  /** Fires when VS Code has processed all rows, so that `selection` is complete. */
  readonly onDidChangeSelection = this.selectionChanged.event;

  private readonly visibilityChanged = this.owned.add(new Emitter<boolean>());
  readonly onDidChangeVisibility = this.visibilityChanged.event;

  constructor(
    private readonly view: vscode.TreeView<TreeNode>,
    private readonly provider: ConversationTreeProvider,
  ) {
    this.plainTitle = this.view.title ?? '';
    this.provider.scheduler.countSelected = () => this.view.selection.length;
    this.owned.add(this.view.onDidChangeSelection(() => void this.emitSelectionChange()));
    // Expanding or collapsing a group moves the focus to it, but not the selection.
    this.owned.add(this.view.onDidExpandElement(() => this.setUnfocused(undefined)));
    this.owned.add(this.view.onDidCollapseElement(() => this.setUnfocused(undefined)));
    this.owned.add(
      this.view.onDidChangeVisibility(({ visible }) => {
        this.setVisible(visible);
        this.visibilityChanged.fire(visible);
      }),
    );
    this.owned.add({ dispose: () => clearInterval(this.ageTimer) });
    this.setVisible(this.view.visible);
  }

  /** Incomplete while VS Code processes refreshed rows. */
  get selection(): readonly TreeNode[] {
    return this.view.selection;
  }

  get visible(): boolean {
    return this.view.visible;
  }

  /** @param account set if there are several accounts */
  announce({ message, account }: { message: string | undefined; account: string | undefined }): void {
    if (this.view.message !== (message ?? '')) {
      this.view.message = message ?? '';
      this.provider.scheduler.noteViewUpdate();
    }
    const title = account === undefined ? this.plainTitle : `${this.plainTitle} · ${account}`;
    if (this.view.title !== title) this.view.title = title;
  }

  setBadge(value: number, tooltip: string): void {
    if ((this.view.badge?.value ?? 0) === value) return;
    this.view.badge = value === 0 ? undefined : { value, tooltip };
  }

  /**
   * Selects a conversation's row. Reveals run one after the other (VS Code 1.100, microsoft/vscode#192055).
   * @returns whether the tree has a row for it
   */
  reveal(conversationId: string): Promise<boolean> {
    return this.select(() => this.provider.findNode(conversationId));
  }

  /**
   * Focuses the row revealed last, for a key that acts on the focused row. `reveal` moves the tree's focus only together with
   * the keyboard focus (VS Code 1.139, microsoft/vscode#174811), which the panel must keep.
   */
  async focusSelected(): Promise<void> {
    const node = this.findUnfocused?.();
    this.setUnfocused(undefined);
    if (node !== undefined) await this.revealNode(node, true);
  }

  selectLast(parent: GroupNode | undefined): Promise<boolean> {
    return this.select(() => this.provider.findLast(parent));
  }

  dispose(): void {
    this.owned.dispose();
  }

  private async emitSelectionChange(): Promise<void> {
    await this.provider.scheduler.whenSettled;
    const { selection } = this.view;
    if (selection.length !== 1 || selection[0]?.id !== this.findUnfocused?.()?.id) this.setUnfocused(undefined);
    this.selectionChanged.fire();
  }

  private select(find: () => TreeNode | undefined): Promise<boolean> {
    const selected = this.lastReveal.then(async () => {
      if (find() === undefined) return false;
      await this.provider.scheduler.whenIdle();
      const node = find();
      if (node === undefined) return false;
      const isSelected = await this.revealNode(node, false);
      if (isSelected) this.setUnfocused(find);
      return isSelected;
    });
    this.lastReveal = selected;
    return selected;
  }

  private async revealNode(node: TreeNode, focus: boolean): Promise<boolean> {
    try {
      await this.view.reveal(node, { select: true, focus });
      return true;
    } catch {
      // The tree has changed, and the row is gone.
      return false;
    }
  }

  private setUnfocused(find: (() => TreeNode | undefined) | undefined): void {
    this.findUnfocused = find;
    setContext({ selectedUnfocused: find !== undefined });
  }

  private setVisible(visible: boolean): void {
    this.provider.scheduler.visible = visible;
    clearInterval(this.ageTimer);
    this.ageTimer = visible ? setInterval(() => this.provider.update(), ageRefreshIntervalMs) : undefined;
  }
}

export interface AnnouncementSource {
  readonly state: SessionState;
  readonly filter: Filter;
  /** Conversations that the filter can't judge, because their transcripts aren't loaded. */
  readonly unchecked: number;
  readonly wait: RateLimitWait | undefined;
  readonly severalAccounts: boolean;
  /** Empty if following is off. */
  readonly following: string;
}

export interface Announcement {
  readonly message: string | undefined;
  /** Account name to show in the view's title. */
  readonly account: string | undefined;
}

export function createAnnouncement({
  state,
  filter,
  unchecked,
  wait,
  severalAccounts,
  following,
}: AnnouncementSource): Announcement {
  const account = state.kind === 'noKey' || state.kind === 'account' ? severalAccounts && state.account.name : false;
  // A message would hide the welcome view, and the title of a view with rows has no room for a name.
  if (state.kind !== 'account' && state.kind !== 'sample') return { message: undefined, account: account || undefined };
  const filtered = formatFilter(filter);
  const lines = [
    wait === undefined ? '' : formatRateLimitWait(wait),
    state.kind === 'sample' ? l10n.t('Sample data: these conversations are made up') : '',
    account || '',
    filtered === '' ? '' : l10n.t('Showing {0}', filtered),
    unchecked === 0 ? '' : formatUnchecked(unchecked),
    following,
  ].filter((line) => line !== '');
  return { message: lines.length === 0 ? undefined : lines.join(' · '), account: undefined };
}
