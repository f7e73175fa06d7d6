import { ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { PollOutcome } from '../../core/store/snapshot';
import { DisposableStore, type Disposable, Emitter } from '../../core/util/event';
import { panels as panelTypes } from '../../manifest';
import type { PagePlace } from '../../protocol/details';
import { isKeptState } from '../../protocol/detailsMessages';
import { setContext } from '../contextKeys';
import { panelOptions } from '../webview/pagePanel';
import { apiOf } from '../session/state';
import { Drafts } from './composer';
import { ConversationPanel, type DetailsApp, type PanelContent, type SharedByPanels } from './panel';
import { tabTitle } from './head';

export interface ShowOptions {
  readonly preserveFocus: boolean;
  /** In a panel of its own, which the next conversation leaves alone. */
  readonly keep?: boolean;
  /** Where the conversation is, if that is not the current account's server. */
  readonly origin?: string | undefined;
  /** Where in the conversation to go. */
  readonly place?: PagePlace;
  /** Whether the reader wants to write. */
  readonly compose?: boolean;
}

export interface ActiveConversation {
  readonly id: string;
  /** The server that it is on; missing where none was known when it was opened. */
  readonly origin: string | undefined;
  /** Missing where the row is not loaded. */
  readonly conversation: Conversation | undefined;
}

const minuteMs = 60_000;

/** The conversation panels: one that is reused while browsing, and those that the reader kept open. */
export class DetailsPanels implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly activeChanged = this.owned.add(new Emitter<ActiveConversation | undefined>());
  /** Another panel has the focus, or another conversation is in it. */
  readonly onDidChangeActive = this.activeChanged.event;

  private readonly visibleChanged = this.owned.add(new Emitter<boolean>());
  /** Other conversations are on the screen; says whether one came back into sight, read some time ago. */
  readonly onDidChangeVisible = this.visibleChanged.event;

  private readonly panels = new Set<ConversationPanel>();
  private readonly shared: SharedByPanels;
  private disposed = false;
  private told: string | undefined;
  private toldVisible: readonly string[] = [];

  constructor(private readonly app: DetailsApp) {
    this.shared = {
      unkeptNotes: new Map(),
      drafts: new Drafts(app.context.workspaceState),
      reopen: ({ id, origin }) => this.show(id, { preserveFocus: false, compose: true, origin }),
    };
    const update = (): void => this.each((panel) => panel.update());
    this.owned.add(app.session.onDidChange(() => this.each((panel) => panel.sessionChanged())));
    this.owned.add(app.store.onDidChange(update));
    this.owned.add(app.labels.onDidChange(update));
    this.owned.add(app.sender.tests.onDidChange(update));
    this.owned.add(app.config.onDidChange((name) => name === 'timeZone' && update()));
    // The page shows ages.
    const ticking = setInterval(() => this.each((panel) => panel.isVisible && panel.update()), minuteMs);
    this.owned.add({ dispose: () => clearInterval(ticking) });
  }

  /** The conversation whose panel has the focus. */
  get active(): ActiveConversation | undefined {
    const panel = this.activePanel();
    return panel && { id: panel.id, origin: panel.origin, conversation: panel.row };
  }

  /** Ids of the conversations on the screen. */
  get visible(): readonly string[] {
    return [...this.panels].filter((panel) => panel.isVisible).map(({ id }) => id);
  }

  /** How many requests `poll` makes. */
  get polled(): number {
    return [...this.panels].filter((panel) => panel.isPolled).length;
  }

  /** Reads each transcript that is on the screen again, without anybody having asked for it. */
  poll(signal: AbortSignal): Promise<readonly PollOutcome[]> {
    return Promise.all([...this.panels].filter((panel) => panel.isPolled).map((panel) => panel.poll(signal)));
  }

  /** Shows a conversation: where it is open already, else in the panel that is reused, else in a new one. */
  show(id: string, { preserveFocus, keep = false, origin, place, compose = false }: ShowOptions): void {
    if (this.disposed) return;
    const content: PanelContent = { id, origin: origin ?? apiOf(this.app.session.state)?.origin };
    const open = [...this.panels].find((panel) => panel.isOf(content));
    if (open !== undefined) {
      if (keep) open.keep();
      open.reveal(preserveFocus);
    } else {
      this.showAnew(content, { preserveFocus, keep });
    }
    const shown = [...this.panels].find((panel) => panel.isOf(content));
    if (place !== undefined) shown?.goTo(place);
    if (compose) shown?.compose();
    this.tellActive();
  }

  /** Pins the panel that has the focus: the next conversation opens in another. */
  keepOpen(): void {
    this.activePanel()?.keep();
    this.tellActive();
  }

  /** Reads a conversation's transcript again where it is open. */
  async readAgain(id: string): Promise<void> {
    await Promise.all([...this.panels].filter((panel) => panel.id === id).map((panel) => panel.reload()));
  }

  /** Reads the focused panel's transcript again. */
  async reload(): Promise<void> {
    await this.activePanel()?.reload();
  }

  /** Takes a panel of before the window's reload. @param state what its page kept */
  restore(panel: WebviewPanel, state: unknown): void {
    if (this.disposed) return;
    if (!isKeptState(state)) {
      // Closed before the page had anything to keep: there is nothing to tell which conversation it was.
      panel.dispose();
      return;
    }
    // Only one panel can be the one that is reused.
    const keep = state.kept || [...this.panels].some((each) => !each.isKept);
    const restored = this.adopt(panel, { id: state.id, origin: state.origin === '' ? undefined : state.origin }, keep);
    if (state.writing === true) restored.resumeWriting();
    this.tellActive();
  }

  dispose(): void {
    this.disposed = true;
    this.owned.dispose();
    for (const panel of [...this.panels]) panel.dispose();
  }

  private showAnew(content: PanelContent, { preserveFocus, keep }: { preserveFocus: boolean; keep: boolean }): void {
    const preview = [...this.panels].find((panel) => !panel.isKept);
    if (preview !== undefined && !keep) {
      preview.show(content);
      preview.reveal(preserveFocus);
      return;
    }
    const place = { viewColumn: ViewColumn.Active, preserveFocus };
    const title = tabTitle(content.id, this.app.store.find(content.id));
    const panel = window.createWebviewPanel(
      panelTypes.conversation,
      title,
      place,
      panelOptions(this.app.context.extensionUri),
    );
    this.adopt(panel, content, keep);
  }

  private adopt(webviewPanel: WebviewPanel, content: PanelContent, keep: boolean): ConversationPanel {
    const panel = new ConversationPanel(webviewPanel, this.app, content, keep, this.shared);
    this.panels.add(panel);
    const viewState = webviewPanel.onDidChangeViewState(() => this.tellActive());
    panel.onDidDispose(() => {
      viewState.dispose();
      this.panels.delete(panel);
      this.tellActive();
    });
    return panel;
  }

  private activePanel(): ConversationPanel | undefined {
    return [...this.panels].find((panel) => panel.isActive);
  }

  private each(act: (panel: ConversationPanel) => unknown): void {
    for (const panel of [...this.panels]) act(panel);
  }

  private tellActive(): void {
    this.tellVisible();
    const panel = this.activePanel();
    const now = panel && `${panel.isKept ? 'kept' : 'preview'} ${panel.id}`;
    if (now === this.told) return;
    this.told = now;
    setContext({ panelIsPreview: panel !== undefined && !panel.isKept });
    this.activeChanged.fire(this.active);
  }

  private tellVisible(): void {
    const before = this.toldVisible;
    const now = this.visible;
    if (now.length === before.length && now.every((id) => before.includes(id))) return;
    this.toldVisible = now;
    this.visibleChanged.fire(
      [...this.panels].some((panel) => panel.isVisible && !panel.isBusy && !before.includes(panel.id)),
    );
  }
}
