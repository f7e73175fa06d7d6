/** One of the two commands that a row's click runs in turn. */
export type ClickIndex = 0 | 1;

/**
 * Whether a click was for what a row says now. A click brings no more along than the command that VS Code was told for the
 * row, so the command is another one each time that the row says something else.
 */
export class StaleClickGuard {
  private readonly rows = new Map<string, { readonly said: string; readonly turn: ClickIndex }>();

  /** The turn to tell VS Code with what the row says. */
  indexFor(rowId: string, said: string): ClickIndex {
    const before = this.rows.get(rowId);
    if (before?.said === said) return before.turn;
    const turn: ClickIndex = before?.turn === 0 ? 1 : 0;
    this.rows.set(rowId, { said, turn });
    return turn;
  }

  isCurrent(rowId: string, said: string, turn: ClickIndex): boolean {
    const told = this.rows.get(rowId);
    return told?.said === said && told.turn === turn;
  }
}

/**
 * Keeps a row from opening if a key only selects it. `view.selection` lags behind the keyboard, so a key first selects the focused
 * row, and selecting runs the row's own command: shortly before the key's command, shortly after it, or never.
 */
export class OpeningHold {
  private isHeld = false;
  private generation = 0;

  /** @param roundTrip resolves when VS Code's window has sent everything that it had to send */
  constructor(private readonly roundTrip: () => Promise<void>) {}

  hold(): void {
    this.isHeld = true;
    this.generation += 1;
  }

  /** To be called when a row's command arrives, before anything else. @returns whether the command must do nothing */
  take(): boolean {
    const wasHeld = this.isHeld;
    this.isHeld = false;
    return wasHeld;
  }

  /** To be called when the key's command arrives: the row's command is on its way by now, or never comes. */
  async settle(): Promise<void> {
    const { generation } = this;
    await this.roundTrip();
    if (generation === this.generation) this.isHeld = false;
  }
}
