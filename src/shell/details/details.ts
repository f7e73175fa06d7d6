import type { WebviewPanel } from 'vscode';
import type { PollOutcome } from '../../core/store/snapshot';
import { DisposableStore, type Disposable, Emitter } from '../../core/util/event';
import { memoizeAsync } from '../../core/util/memoize';
import { apiOf } from '../session/state';
import type { PagePlace } from '../../protocol/details';
import type { DetailsApp } from './panel';
import type { ActiveConversation, DetailsPanels, ShowOptions } from './panels';

const rememberPlace: PagePlace = { part: 'note', found: '' };

/** The conversation panels. Their code loads with the first panel that is shown or restored. */
export class Details implements Disposable {
  private readonly owned = new DisposableStore();
  private readonly activeChanged = this.owned.add(new Emitter<ActiveConversation | undefined>());
  /** Fires when another panel has the focus, or shows another conversation. */
  readonly onDidChangeActive = this.activeChanged.event;

  private readonly visibleChanged = this.owned.add(new Emitter<boolean>());
  /** Fires when other conversations are visible. True if one of them was loaded earlier. */
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

  get active(): ActiveConversation | undefined {
    return this.panels?.active;
  }

  /** IDs of the visible conversations. */
  get visible(): readonly string[] {
    return this.panels?.visible ?? [];
  }

  /** Number of requests of a `poll`. */
  get pollRequestCount(): number {
    return this.panels?.pollRequestCount ?? 0;
  }

  /** Reloads the visible transcripts in the background. */
  async poll(signal: AbortSignal): Promise<readonly PollOutcome[]> {
    return this.panels?.poll(signal) ?? [];
  }

  /** Restores a panel after a reload of the window. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    (await this.load()).restore(panel, state);
  }

  /** Shows a conversation in its open panel, else in the preview panel, else in a new one. */
  show(id: string, options: ShowOptions): void {
    if (this.panels !== undefined) return this.panels.show(id, options);
    // The account may change while the code loads.
    const origin = options.origin ?? apiOf(this.app.session.state)?.origin;
    void this.load().then(
      (panels) => panels.show(id, { ...options, ...(origin !== undefined && { origin }) }),
      (error: unknown) => this.app.log.error('details', error),
    );
  }

  /** Shows a conversation and starts editing its note. */
  editNote(id: string, origin: string | undefined): void {
    this.show(id, { preserveFocus: false, place: rememberPlace, origin });
  }

  /** Pins the focused panel: the next conversation opens in another one. */
  pin(): void {
    this.panels?.pin();
  }

  async reloadConversation(id: string): Promise<void> {
    await this.panels?.reloadConversation(id);
  }

  /** Reloads the focused panel's transcript. */
  async reload(): Promise<void> {
    await this.panels?.reload();
  }

  dispose(): void {
    this.owned.dispose();
  }
}
