/** Index in `rowClickCommands`. */
export type ClickIndex = 0 | 1;

/**
 * Detects clicks on a row's earlier content. VS Code drops a command's arguments during a refresh (1.100,
 * microsoft/vscode#144250), so the row's command itself alternates with its content.
 */
export class StaleClickGuard {
  private readonly rows = new Map<string, { readonly content: string; readonly index: ClickIndex }>();

  /** Returns the command's index for the row's current content. */
  indexFor(rowId: string, content: string): ClickIndex {
    const before = this.rows.get(rowId);
    if (before?.content === content) return before.index;
    const index: ClickIndex = before?.index === 0 ? 1 : 0;
    this.rows.set(rowId, { content, index });
    return index;
  }

  isCurrent(rowId: string, content: string, index: ClickIndex): boolean {
    const row = this.rows.get(rowId);
    return row?.content === content && row.index === index;
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
