import type { PageState } from '../../src/protocol/details';
import type { SavedState, PageMessage } from '../../src/protocol/detailsMessages';
import { firstLook, type Look } from './look';
import type { VsCodeApi } from '../shared/vscode';

/** What survives hiding the panel and reloading the window: which conversation, where in it, how it is looked at. */
export class Kept {
  private readonly open = new Set<string>();
  private lookNow: Look = firstLook;
  private shown: Pick<PageState, 'id' | 'origin' | 'kept'> | undefined;
  /** Where to scroll once the transcript is there: an empty page has no such place. */
  private scrollTo: number | undefined;
  private saving: ReturnType<typeof setTimeout> | undefined;
  private writing = false;
  /** Whether the page before this one had the cursor in its message box. */
  private wasWriting = false;

  constructor(private readonly vscode: VsCodeApi<PageMessage, SavedState>) {
    window.addEventListener('scroll', () => this.saveSoon(), { passive: true });
    // Hiding the panel takes the page away without asking.
    window.addEventListener('pagehide', () => this.save());
  }

  /** Another conversation starts at the top; the one that was kept goes on where it was. */
  begin(state: PageState): void {
    const other = this.shown?.id !== state.id || this.shown.origin !== state.origin;
    const first = this.shown === undefined;
    this.shown = { id: state.id, origin: state.origin, kept: state.kept };
    if (other) {
      const before = this.vscode.getState();
      const same = first && before?.id === state.id && before.origin === state.origin;
      this.open.clear();
      this.wasWriting = same && before.writing === true;
      if (same) {
        for (const card of before.open) this.open.add(card);
        this.lookNow = { depth: before.depth ?? firstLook.depth, asSent: before.asSent ?? firstLook.asSent };
      }
      this.scrollTo = same ? before.scroll : 0;
      window.scrollTo(0, 0);
    }
    this.save();
  }

  /** The transcript is drawn: go to where the reader was. */
  drawn(): void {
    if (this.scrollTo === undefined) return;
    const top = this.scrollTo;
    this.scrollTo = undefined;
    window.scrollTo(0, top);
  }

  set isWriting(writing: boolean) {
    this.writing = writing;
    this.save();
  }

  /** Whether the cursor belongs in the message box, where it was; true once. */
  takeUpWriting(): boolean {
    const { wasWriting } = this;
    this.wasWriting = false;
    return wasWriting;
  }

  isOpen(card: string): boolean {
    return this.open.has(card);
  }

  setOpen(card: string, open: boolean): void {
    // A card that is drawn open tells so too: to save all for each of them would take long.
    if (open === this.open.has(card)) return;
    if (open) this.open.add(card);
    else this.open.delete(card);
    this.save();
  }

  get look(): Look {
    return this.lookNow;
  }

  set look(look: Look) {
    this.lookNow = look;
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
      ...this.lookNow,
      writing: this.writing || this.wasWriting,
    };
    this.vscode.setState(state);
  }
}
