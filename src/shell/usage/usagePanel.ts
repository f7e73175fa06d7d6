import { env, ViewColumn, window, type Uri, type WebviewPanel } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { Conversation } from '../../core/model/conversation';
import { DisposableStore, type Disposable } from '../../core/util/disposable';
import type { Event } from '../../core/util/event';
import type { DatedRow } from '../../core/view/rowOrder';
import { tabSeparated } from '../../core/view/usage/table';
import { usageOf } from '../../core/view/usage/usage';
import { usagePanel } from '../../manifest';
import {
  isUsagePageMessage,
  type Breakdown,
  type UsageHostMessage,
  type UsagePageMessage,
  type UsageState,
} from '../../protocol/usage';
import { balanceOf } from '../running/balance';
import { loadPage, panelOptions } from '../loadPage';
import type { NotLoaded } from '../words/search';
import { tableOf, usageState } from './state';
import { usageWords } from './words';

export interface UsageDependencies {
  readonly extensionUri: Uri;
  /** All that is loaded, the newest first: sorting it for each sum would take long. */
  readonly newest: () => readonly DatedRow[];
  readonly passes: () => (row: Conversation) => boolean;
  /** The filter in words; empty where there is none. */
  readonly filter: () => string;
  readonly notLoaded: () => NotLoaded;
  /** Other rows, another filter, another account. */
  readonly onDidChange: Event<unknown>;
  /** Another key, account or address. */
  readonly onDidChangeApi: Event<unknown>;
  readonly api: () => Promise<ConversationsApi | undefined>;
  readonly loadAll: () => Promise<void>;
  /** For what goes wrong without anybody having asked for it. */
  readonly problem: (doing: string, error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Milliseconds between two sums: 100,000 rows may come page by page. */
const pause = 250;

/** The one panel that sums up what is loaded. It is closed with the window: what is loaded is gone then too. */
export class UsagePanel implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly panel: WebviewPanel;
  private pageReady = false;
  private state: UsageState | undefined;
  private told = '';
  private balance: string | undefined;
  private accounts = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(private readonly dependencies: UsageDependencies) {
    this.panel = window.createWebviewPanel(
      usagePanel,
      usageWords().title,
      ViewColumn.Active,
      panelOptions(dependencies.extensionUri),
    );
    this.owned.add(this.panel.onDidDispose(() => this.dispose()));
    this.owned.add(this.panel.webview.onDidReceiveMessage((message: unknown) => this.received(message)));
    this.owned.add(this.panel.onDidChangeViewState(() => this.update()));
    this.owned.add(dependencies.onDidChange(() => this.soon()));
    this.owned.add(dependencies.onDidChangeApi(() => void this.readBalance()));
    loadPage(this.panel.webview, dependencies.extensionUri, 'usage');
    void this.readBalance();
  }

  get onDidDispose(): Event<void> {
    return this.panel.onDidDispose;
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.closed = true;
    clearTimeout(this.waiting);
    this.owned.dispose();
    this.panel.dispose();
  }

  /** Of whoever is current: an answer about the account before it is left aside. */
  private async readBalance(): Promise<void> {
    const account = ++this.accounts;
    this.balance = undefined;
    this.soon();
    const api = await this.dependencies.api();
    const balance = api && (await balanceOf(api));
    if (account !== this.accounts) return;
    this.balance = balance;
    this.soon();
  }

  private soon(): void {
    // VS Code throws where a webview is touched that is gone; an answer may come after that.
    if (this.closed) return;
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      this.update();
    }, pause);
  }

  /** Tells a page that is looked at how things stand, where that is news to it. */
  private update(): void {
    if (!this.pageReady || !this.panel.visible) return;
    const { newest, passes, filter, notLoaded, now } = this.dependencies;
    const all = newest();
    const context = { loaded: all.length, filter: filter(), notLoaded: notLoaded(), balance: this.balance, now: now() };
    const lets = passes();
    this.state = usageState(usageOf(all.filter(({ row }) => lets(row))), context);
    const telling = JSON.stringify(this.state);
    if (telling === this.told) return;
    this.told = telling;
    this.post({ type: 'usage', usage: this.state });
  }

  private received(message: unknown): void {
    if (isUsagePageMessage(message))
      void this.obey(message).catch((error) => this.problem('obeying the usage page', error));
    else this.problem('reading a message of the usage page', new Error('its shape is unknown: refused'));
  }

  private async obey(message: UsagePageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        // A page that was hidden and shown again knows nothing any more.
        this.pageReady = true;
        this.told = '';
        this.post({ type: 'words', words: usageWords(), language: env.language });
        this.update();
        return;
      case 'refused':
        this.problem('telling the usage page', new Error('it refused a message of an unknown shape'));
        return;
      case 'copy':
        return this.copy(message.what);
      case 'loadAll':
        return this.dependencies.loadAll();
    }
  }

  private async copy(what: Breakdown): Promise<void> {
    const words = usageWords();
    const lines = this.state?.lines[what] ?? [];
    const heads = [words[what], words.conversations, words.messages, words.cost];
    if (lines.length > 0) await env.clipboard.writeText(tabSeparated(tableOf(heads, lines)));
    this.post({ type: 'copied', ok: lines.length > 0 });
  }

  private post(message: UsageHostMessage): void {
    if (this.closed) return;
    this.panel.webview.postMessage(message).then(undefined, (error) => this.problem('telling the usage page', error));
  }

  private problem(doing: string, error: unknown): void {
    this.dependencies.problem(doing, error);
  }
}
