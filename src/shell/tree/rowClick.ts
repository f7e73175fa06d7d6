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
 * Keeps a row closed while a key selects it. `TreeView.selection` lacks the focused row (microsoft/vscode#170248), so a key first
 * selects that row, which runs the row's own command: shortly before the key's command, shortly after it, or never.
 */
export class OpenSuppressor {
  private isArmed = false;
  private generation = 0;

  /** @param roundTrip resolves when all messages from VS Code's window have arrived */
  constructor(private readonly roundTrip: () => Promise<void>) {}

  arm(): void {
    this.isArmed = true;
    this.generation += 1;
  }

  /** Call it first in a row's command. Returns whether to ignore the command. */
  consume(): boolean {
    const wasArmed = this.isArmed;
    this.isArmed = false;
    return wasArmed;
  }

  /** Call it in the key's command: by now VS Code has sent the row's command, or never will. */
  async disarm(): Promise<void> {
    const { generation } = this;
    await this.roundTrip();
    if (generation === this.generation) this.isArmed = false;
  }
}
