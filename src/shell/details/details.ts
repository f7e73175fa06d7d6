import type { WebviewPanel } from 'vscode';
import type { PollOutcome } from '../../core/store/snapshot';
import { DisposableStore, type Disposable, Emitter } from '../../core/util/event';
import { memoizeAsync } from '../../core/util/memoize';
import { apiOf } from '../session/state';
import type { PagePlace } from '../../protocol/details';
import type { DetailsApp } from './panel';
import type { ActiveConversation, DetailsPanels, ShowOptions } from './panels';

/** The note in the head of a panel, to be written. */
const notePlace: PagePlace = { part: 'note', found: '' };

/**
 * The conversation panels, for the rest of the extension. What they are made of is loaded with the first that is shown, or
 * that comes back after a reload of the window.
 */
export class Details implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly activeChanged = this.owned.add(new Emitter<ActiveConversation | undefined>());
  /** Another panel has the focus, or another conversation is in it. */
  readonly onDidChangeActive = this.activeChanged.event;

  private readonly visibleChanged = this.owned.add(new Emitter<boolean>());
  /** Other conversations are on the screen; says whether one came back into sight, read some time ago. */
  readonly onDidChangeVisible = this.visibleChanged.event;

  private panels: DetailsPanels | undefined;
  private readonly load = memoizeAsync(async () => {
    const { DetailsPanels } = await import('./panels');
    const panels = this.owned.add(new DetailsPanels(this.app));
    this.owned.add(panels.onDidChangeActive((active) => this.activeChanged.fire(active)));
    this.owned.add(panels.onDidChangeVisible((isOld) => this.visibleChanged.fire(isOld)));
    this.panels = panels;
    return panels;
  });

  constructor(private readonly app: DetailsApp) {}

  /** The conversation whose panel has the focus. */
  get active(): ActiveConversation | undefined {
    return this.panels?.active;
  }

  /** Ids of the conversations on the screen. */
  get visible(): readonly string[] {
    return this.panels?.visible ?? [];
  }

  /** How many requests `poll` makes. */
  get polled(): number {
    return this.panels?.polled ?? 0;
  }

  /** Reads each transcript that is on the screen again, without anybody having asked for it. */
  async poll(signal: AbortSignal): Promise<readonly PollOutcome[]> {
    return this.panels?.poll(signal) ?? [];
  }

  /** Fills a panel that came back after a reload of the window. @param state what its page had kept */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    (await this.load()).restore(panel, state);
  }

  /** Shows a conversation: where it is open already, else in the panel that is reused, else in a new one. */
  show(id: string, options: ShowOptions): void {
    if (this.panels !== undefined) return this.panels.show(id, options);
    // Of the account that is current now, not when all is loaded. They are shown in the order that they were asked for.
    const origin = options.origin ?? apiOf(this.app.session.state)?.origin;
    void this.load().then(
      (panels) => panels.show(id, { ...options, ...(origin !== undefined && { origin }) }),
      (error: unknown) => this.app.log.problem('details', error),
    );
  }

  /** Shows a conversation with its note open for editing. @param origin of the server that it is on */
  editNote(id: string, origin: string | undefined): void {
    this.show(id, { preserveFocus: false, place: notePlace, origin });
  }

  /** Pins the panel that has the focus: the next conversation opens in another. */
  keepOpen(): void {
    this.panels?.keepOpen();
  }

  /** Reads a conversation's transcript again where it is open. */
  async readAgain(id: string): Promise<void> {
    await this.panels?.readAgain(id);
  }

  /** Reads the focused panel's transcript again. */
  async reload(): Promise<void> {
    await this.panels?.reload();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
