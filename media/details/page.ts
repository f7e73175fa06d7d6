import type { CopyTarget, Neighbor, PageAction, PageState, Verdict } from '../../src/protocol/details';
import type { ViewMode } from './viewMode';

export interface Page {
  formatNumber(value: number): string;
  copy(what: CopyTarget, button: HTMLElement): void;
  /** Copies the conversation's ID, and confirms it at its button. */
  copyId(): void;
  act(action: PageAction): void;
  setLabel(of: Pick<PageState, 'id' | 'origin'>, label: Verdict | 'none'): void;
  saveNote(of: Pick<PageState, 'id' | 'origin'>, note: string): void;
  /** Discards the note whose saving failed. */
  discardNote(of: Pick<PageState, 'id' | 'origin'>): void;
  /** Sets the label, or removes it if it is set. */
  toggleLabel(label: Verdict): void;
  /** Goes to the next failed tool call, or the first one if there is none below. */
  goToFailure(): void;
  /** Opens VS Code's find widget. */
  find(): void;
  /** Opens the next or previous conversation of the view. */
  go(to: Neighbor): void;
  readonly viewMode: ViewMode;
  setViewMode(viewMode: ViewMode): void;
  /** Logs that rendering a turn failed. @param turn index */
  reportRenderError(turn: number, error: unknown): void;
  /** Announces text to screen readers. */
  announce(text: string): void;
  /** @param card `TURN.CALL` */
  isOpen(card: string): boolean;
  setOpen(card: string, open: boolean): void;
}

/** "640 B", "12 kB", "1.4 MB": the size as UTF-8. */
export function formatSize(text: string, page: Pick<Page, 'formatNumber'>): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < 1000) return `${page.formatNumber(bytes)} B`;
  if (bytes < 1_000_000) return `${page.formatNumber(Math.round(bytes / 1000))} kB`;
  return `${page.formatNumber(Math.round(bytes / 100_000) / 10)} MB`;
}
