import { ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Conversation } from '../../core/model/conversation';
import type { PollOutcome } from '../../core/store/snapshot';
import { DisposableStore, type Disposable, Emitter } from '../../core/util/event';
import { panels as panelTypes } from '../../manifest';
import type { PagePlace } from '../../protocol/details';
import { isSavedState } from '../../protocol/detailsMessages';
import { setContext } from '../contextKeys';
import { createPanelOptions } from '../webview/pagePanel';
import { apiOf } from '../session/state';
import { AboutChoice } from './aboutChoice';
import { Drafts } from './composer';
import { ConversationPanel, type DetailsApp, type PanelContent, type SharedPanelState } from './panel';
import { formatTabTitle } from './head';

export interface ShowOptions {
  readonly preserveFocus: boolean;
  /** Whether to pin the panel, so that the next conversation opens in another one. */
  readonly pin?: boolean;
  /** Server of the conversation; by default the current account's. */
  readonly origin?: string | undefined;
  readonly place?: PagePlace;
  /** Whether to focus the message box. */
  readonly compose?: boolean;
}

export interface ActiveConversation {
  readonly id: string;
  /** Undefined if there was no account when it was opened. */
  readonly origin: string | undefined;
  /** Undefined if the row isn't loaded. */
  readonly conversation: Conversation | undefined;
}

const minuteMs = 60_000;

/** The pinned conversation panels, and the preview panel, which is reused while browsing. */
export class DetailsPanels implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly activeChanged = this.owned.add(new Emitter<ActiveConversation | undefined>());
  readonly onDidChangeActive = this.activeChanged.event;

  private readonly visibleChanged = this.owned.add(new Emitter<boolean>());
  readonly onDidChangeVisible = this.visibleChanged.event;

  private readonly panels = new Set<ConversationPanel>();
  private readonly shared: SharedPanelState;
  private isDisposed = false;
  private lastActive: string | undefined;
  private lastVisible: readonly string[] = [];

  constructor(private readonly app: DetailsApp) {
    const update = (): void => this.forEachPanel((panel) => panel.update());
    this.shared = {
      unsavedNotes: new Map(),
      drafts: new Drafts(app.context.workspaceState),
      about: new AboutChoice(app.context.globalState, update),
      reopen: ({ id, origin }) => this.show(id, { preserveFocus: false, compose: true, origin }),
    };
    this.owned.add(app.session.onDidChange(() => this.forEachPanel((panel) => panel.sessionChanged())));
    this.owned.add(app.store.onDidChange(update));
    this.owned.add(app.labels.onDidChange(update));
    this.owned.add(app.sender.tests.onDidChange(update));
    this.owned.add(app.config.onDidChange((name) => name === 'timeZone' && update()));
    // The page shows ages.
    const timer = setInterval(() => this.forEachPanel((panel) => panel.isVisible && panel.update()), minuteMs);
    this.owned.add({ dispose: () => clearInterval(timer) });
  }

  get active(): ActiveConversation | undefined {
    const panel = this.findActivePanel();
    return panel && { id: panel.id, origin: panel.origin, conversation: panel.row };
  }

  get visible(): readonly string[] {
    return [...this.panels].filter((panel) => panel.isVisible).map(({ id }) => id);
  }

  get pollRequestCount(): number {
    return [...this.panels].filter((panel) => panel.isPollable).length;
  }

  poll(signal: AbortSignal): Promise<readonly PollOutcome[]> {
    return Promise.all([...this.panels].filter((panel) => panel.isPollable).map((panel) => panel.poll(signal)));
  }

  show(id: string, { preserveFocus, pin = false, origin, place, compose = false }: ShowOptions): void {
    if (this.isDisposed) return;
    const content: PanelContent = { id, origin: origin ?? apiOf(this.app.session.state)?.origin };
    const open = [...this.panels].find((panel) => panel.isFor(content));
    if (open !== undefined) {
      if (pin) open.pin();
      open.reveal(preserveFocus);
    } else {
      this.openPanel(content, { preserveFocus, pin });
    }
    const shown = [...this.panels].find((panel) => panel.isFor(content));
    if (place !== undefined) shown?.goTo(place);
    if (compose) shown?.compose();
    this.notifyActive();
  }

  pin(): void {
    this.findActivePanel()?.pin();
    this.notifyActive();
  }

  async reloadConversation(id: string): Promise<void> {
    await Promise.all([...this.panels].filter((panel) => panel.id === id).map((panel) => panel.reload()));
  }

  async reload(): Promise<void> {
    await this.findActivePanel()?.reload();
  }

  restore(panel: WebviewPanel, state: unknown): void {
    if (this.isDisposed) return;
    if (!isSavedState(state)) {
      // The window was closed before the page saved its conversation.
      panel.dispose();
      return;
    }
    // Only one panel can be the preview.
    const pin = state.kept || [...this.panels].some((each) => !each.isPinned);
    const restored = this.adopt(panel, { id: state.id, origin: state.origin === '' ? undefined : state.origin }, pin);
    if (state.writing === true) restored.resumeWriting();
    this.notifyActive();
  }

  dispose(): void {
    this.isDisposed = true;
    this.owned.dispose();
    for (const panel of [...this.panels]) panel.dispose();
  }

  private openPanel(content: PanelContent, { preserveFocus, pin }: { preserveFocus: boolean; pin: boolean }): void {
    const preview = [...this.panels].find((panel) => !panel.isPinned);
    if (preview !== undefined && !pin) {
      preview.show(content);
      preview.reveal(preserveFocus);
      return;
    }
    const place = { viewColumn: ViewColumn.Active, preserveFocus };
    const title = formatTabTitle(content.id, this.app.store.find(content.id));
    const panel = window.createWebviewPanel(
      panelTypes.conversation,
      title,
      place,
      createPanelOptions(this.app.context.extensionUri),
    );
    this.adopt(panel, content, pin);
  }

  private adopt(webviewPanel: WebviewPanel, content: PanelContent, pin: boolean): ConversationPanel {
    const panel = new ConversationPanel(webviewPanel, this.app, content, pin, this.shared);
    this.panels.add(panel);
    const viewState = webviewPanel.onDidChangeViewState(() => this.notifyActive());
    panel.onDidDispose(() => {
      viewState.dispose();
      this.panels.delete(panel);
      this.notifyActive();
    });
    return panel;
  }

  private findActivePanel(): ConversationPanel | undefined {
    return [...this.panels].find((panel) => panel.isActive);
  }

  private forEachPanel(act: (panel: ConversationPanel) => unknown): void {
    for (const panel of [...this.panels]) act(panel);
  }

  private notifyActive(): void {
    this.notifyVisible();
    const panel = this.findActivePanel();
    const now = panel && `${panel.isPinned ? 'kept' : 'preview'} ${panel.id}`;
    if (now === this.lastActive) return;
    this.lastActive = now;
    setContext({ panelIsPreview: panel !== undefined && !panel.isPinned });
    this.activeChanged.fire(this.active);
  }

  private notifyVisible(): void {
    const before = this.lastVisible;
    const now = this.visible;
    if (now.length === before.length && now.every((id) => before.includes(id))) return;
    this.lastVisible = now;
    this.visibleChanged.fire(
      [...this.panels].some((panel) => panel.isVisible && !panel.isBusy && !before.includes(panel.id)),
    );
  }
}
