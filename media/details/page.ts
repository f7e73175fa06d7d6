import type { CopyTarget, Neighbor, PageAction, PageState, Verdict } from '../../src/protocol/details';
import type { Look } from './look';

/** What the parts of the page share. */
export interface Page {
  /** A number in the reader's language. */
  number(value: number): string;
  copy(what: CopyTarget, button: HTMLElement): void;
  /** Copies the conversation's ID, and says so at its button. */
  copyId(): void;
  act(action: PageAction): void;
  /** Gives a conversation the reader's label, or takes it away. */
  label(of: Pick<PageState, 'id' | 'origin'>, label: Verdict | 'none'): void;
  /** Keeps the reader's note on a conversation. */
  note(of: Pick<PageState, 'id' | 'origin'>, note: string): void;
  /** Forgets the note that could not be kept. */
  giveUpNote(of: Pick<PageState, 'id' | 'origin'>): void;
  /** Opens VS Code's own find over the page. */
  find(): void;
  /** To another conversation of the view. */
  go(to: Neighbor): void;
  readonly look: Look;
  setLook(look: Look): void;
  /** Has it logged that a turn, counted from 0, could not be drawn. */
  undrawn(turn: number, error: unknown): void;
  /** Tells a screen reader, politely. */
  say(text: string): void;
  /** Whether the card `TURN.CALL` was left open. */
  isOpen(card: string): boolean;
  setOpen(card: string, open: boolean): void;
}

/** `640 B`, `12 kB`, `1.4 MB`: how much text this is, as UTF-8. */
export function sizeOf(text: string, page: Pick<Page, 'number'>): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < 1000) return `${page.number(bytes)} B`;
  if (bytes < 1_000_000) return `${page.number(Math.round(bytes / 1000))} kB`;
  return `${page.number(Math.round(bytes / 100_000) / 10)} MB`;
}
