import { ViewColumn, l10n, window } from 'vscode';
import type { Disposable } from '../../core/util/event';
import { formatTabSeparated, sumUsage } from '../../core/view/usage';
import { usagePanel } from '../../manifest';
import type { PanelPageMessage } from '../../protocol/panel';
import type { Breakdown, UsageHostMessage, UsageState } from '../../protocol/usage';
import { type UsagePageMessage, isUsagePageMessage } from '../../protocol/usageMessages';
import type { App } from '../app';
import { searchLoading } from '../commands/loading';
import { formatFilter } from '../format/filter';
import { countNotLoaded } from '../notLoaded';
import { loadBalance } from '../running/sender';
import { createPanelOptions, PagePanel } from '../webview/pagePanel';
import { createTable, createUsageState } from './state';

/** The usage panel, opened once and then shown again. */
export class UsageFeature implements Disposable {
  private open: UsagePanel | undefined;

  show(app: App): void {
    void searchLoading.loadFirst(app);
    if (this.open !== undefined) return this.open.reveal();
    const panel = new UsagePanel(app);
    panel.onDidDispose(() => (this.open = undefined));
    this.open = panel;
  }

  dispose(): void {
    this.open?.dispose();
  }
}

/** Limits how often 100,000 rows, which arrive page by page, are summed up. */
const updateIntervalMs = 250;

type Request = Exclude<UsagePageMessage, PanelPageMessage>;

/** Sums up the loaded conversations. It closes with the window, because the loaded conversations are gone then too. */
class UsagePanel extends PagePanel<UsageHostMessage, Request> {
  private state: UsageState | undefined;
  private postedState = '';
  private balance: string | undefined;
  /** Counts the accounts that the balance was requested for. */
  private generation = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly app: App) {
    const { extensionUri } = app.context;
    const panel = window.createWebviewPanel(
      usagePanel,
      l10n.t('Usage'),
      ViewColumn.Active,
      createPanelOptions(extensionUri),
    );
    const page = { name: 'usage', isMessage: isUsagePageMessage } as const;
    super(panel, extensionUri, page, app.log.error);
    const { store, viewState, labels, config } = app;
    const changes = [store.onDidChange, viewState.onDidChange, labels.onDidChange, config.onDidChange];
    for (const onDidChange of changes) this.owned.add(onDidChange(() => this.schedule()));
    this.owned.add(app.session.onDidChange(() => void this.refreshBalance()));
    void this.refreshBalance();
  }

  reveal(): void {
    this.panel.reveal();
  }

  override dispose(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    super.dispose();
    this.panel.dispose();
  }

  private async refreshBalance(): Promise<void> {
    const generation = ++this.generation;
    this.balance = undefined;
    this.schedule();
    const api = await this.app.api();
    const balance = api && (await loadBalance(api));
    if (generation !== this.generation) return;
    this.balance = balance;
    this.schedule();
  }

  private schedule(): void {
    if (this.isClosed) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.update();
    }, updateIntervalMs);
  }

  override update(): void {
    if (!this.isPageReady || !this.panel.visible) return;
    const { app } = this;
    const all = app.model.newest;
    const matches = app.rowTest();
    this.state = createUsageState(sumUsage(all.filter(({ row }) => matches(row))), {
      loaded: all.length,
      filter: formatFilter(app.viewState.filter),
      notLoaded: countNotLoaded(app.model),
      balance: this.balance,
      now: Date.now(),
    });
    const json = JSON.stringify(this.state);
    if (json === this.postedState) return;
    this.postedState = json;
    this.post({ type: 'usage', usage: this.state });
  }

  protected override pageLoaded(isNew: boolean): void {
    if (isNew) this.postedState = '';
    this.update();
  }

  protected override async handle(message: Request): Promise<void> {
    switch (message.type) {
      case 'copy':
        return this.copy(message.what);
      case 'loadAll':
        return searchLoading.all(this.app);
    }
  }

  private async copy(what: Breakdown): Promise<void> {
    const lines = this.state?.lines[what] ?? [];
    const names = { day: l10n.t('Day'), type: l10n.t('Type'), assistant: l10n.t('Assistant') };
    const heads = [names[what], l10n.t('Conversations'), l10n.t('Messages'), l10n.t('Cost')];
    await this.copyText(lines.length > 0 ? formatTabSeparated(createTable(heads, lines)) : undefined);
  }
}
