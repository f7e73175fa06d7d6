import type { PageState } from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { defaultViewMode, type ViewMode } from './viewMode';
import type { VsCodeApi } from '../shared/vscode';

/** Saves the conversation, scroll position, and view mode over hiding the panel and reloading the window. */
export class StateStore {
  private readonly open = new Set<string>();
  private currentViewMode: ViewMode = defaultViewMode;
  private shown: Pick<PageState, 'id' | 'origin' | 'kept'> | undefined;
  /** Scroll position to restore once the transcript is rendered. */
  private scrollTo: number | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;
  private writing = false;
  /** Whether the message box had the focus before the reload. */
  private wasWriting = false;

  constructor(private readonly vscode: VsCodeApi<PageMessage, SavedState>) {
    window.addEventListener('scroll', () => this.saveSoon(), { passive: true });
    // VS Code discards the page when the panel is hidden.
    window.addEventListener('pagehide', () => this.save());
  }

  /** Restores the state of the saved conversation; another one starts at the top. */
  start(state: PageState): void {
    const isOther = this.shown?.id !== state.id || this.shown.origin !== state.origin;
    const isFirst = this.shown === undefined;
    this.shown = { id: state.id, origin: state.origin, kept: state.kept };
    if (isOther) {
      const before = this.vscode.getState();
      const isSaved = isFirst && before?.id === state.id && before.origin === state.origin;
      this.open.clear();
      this.wasWriting = isSaved && before.writing === true;
      if (isSaved) {
        for (const card of before.open) this.open.add(card);
        this.currentViewMode = {
          depth: before.depth ?? defaultViewMode.depth,
          asSent: before.asSent ?? defaultViewMode.asSent,
        };
      }
      this.scrollTo = isSaved ? before.scroll : 0;
      window.scrollTo(0, 0);
    }
    this.save();
  }

  restoreScroll(): void {
    if (this.scrollTo === undefined) return;
    const top = this.scrollTo;
    this.scrollTo = undefined;
    window.scrollTo(0, top);
  }

  set isWriting(writing: boolean) {
    this.writing = writing;
    this.save();
  }

  /** Returns whether to focus the message box; true once. */
  consumeWriting(): boolean {
    const { wasWriting } = this;
    this.wasWriting = false;
    return wasWriting;
  }

  isOpen(card: string): boolean {
    return this.open.has(card);
  }

  setOpen(card: string, open: boolean): void {
    // A card that is rendered open also fires an event; saving for each of them would be slow.
    if (open === this.open.has(card)) return;
    if (open) this.open.add(card);
    else this.open.delete(card);
    this.save();
  }

  get viewMode(): ViewMode {
    return this.currentViewMode;
  }

  set viewMode(viewMode: ViewMode) {
    this.currentViewMode = viewMode;
    this.save();
  }

  private saveSoon(): void {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), 100);
  }

  private save(): void {
    if (this.shown === undefined) return;
    const scroll = this.scrollTo ?? Math.max(0, Math.round(window.scrollY));
    const state: SavedState = {
      ...this.shown,
      scroll,
      open: [...this.open],
      ...this.currentViewMode,
      writing: this.writing || this.wasWriting,
    };
    this.vscode.setState(state);
  }
}
