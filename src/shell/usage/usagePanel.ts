import { ViewColumn, window, type Uri } from 'vscode';
import type { ConversationsApi } from '../../core/api/api';
import type { Conversation } from '../../core/model/conversation';
import type { Event } from '../../core/util/event';
import type { DatedRow } from '../../core/view/rowOrder';
import { tabSeparated, usageOf } from '../../core/view/usage/usage';
import { usagePanel } from '../../manifest';
import type { Breakdown, UsageHostMessage, UsageState } from '../../protocol/usage';
import { isUsagePageMessage, type UsagePageMessage } from '../../protocol/usageMessages';
import type { PanelPageMessage } from '../../protocol/panel';
import { balanceOf } from '../running/sender';
import { panelOptions } from '../webview/loadPage';
import { PagePanel, type ReportProblem } from '../webview/pagePanel';
import type { NotLoaded } from '../words/search';
import { tableOf, usageState } from './state';
import { usageWords } from './usageWords';

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
  readonly problem: ReportProblem;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Milliseconds between two sums: 100,000 rows may come page by page. */
const pause = 250;

type Request = Exclude<UsagePageMessage, PanelPageMessage>;

/** The one panel that sums up what is loaded. It is closed with the window: what is loaded is gone then too. */
export class UsagePanel extends PagePanel<UsageHostMessage, Request> {
  private state: UsageState | undefined;
  private told = '';
  private balance: string | undefined;
  private accounts = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly dependencies: UsageDependencies) {
    const { extensionUri, onDidChange, onDidChangeApi, problem } = dependencies;
    const panel = window.createWebviewPanel(
      usagePanel,
      usageWords().title,
      ViewColumn.Active,
      panelOptions(extensionUri),
    );
    const page = { name: 'usage', isMessage: isUsagePageMessage, words: usageWords } as const;
    super(panel, extensionUri, page, problem);
    this.owned.add(onDidChange(() => this.soon()));
    this.owned.add(onDidChangeApi(() => void this.readBalance()));
    void this.readBalance();
  }

  reveal(): void {
    this.panel.reveal();
  }

  override dispose(): void {
    this.isClosed = true;
    clearTimeout(this.waiting);
    super.dispose();
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
    if (this.isClosed) return;
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      this.update();
    }, pause);
  }

  /** Tells a page that is looked at how things stand, where that is news to it. */
  override update(): void {
    if (!this.isPageReady || !this.panel.visible) return;
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

  protected override pageLoaded(isNew: boolean): void {
    if (isNew) this.told = '';
    this.update();
  }

  protected override async handle(message: Request): Promise<void> {
    switch (message.type) {
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
    await this.copyText(lines.length > 0 ? tabSeparated(tableOf(heads, lines)) : undefined);
  }
}
