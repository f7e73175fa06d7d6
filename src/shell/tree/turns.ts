/** One of the two commands that a row's click runs in turn. */
export type Turn = 0 | 1;

/**
 * Whether a click was for what a row says now. A click brings no more along than the command that VS Code was told for the
 * row, so the command is another one each time that the row says something else.
 */
export class Turns {
  private readonly told = new Map<string, { readonly said: string; readonly turn: Turn }>();

  /** The turn to tell VS Code with what the row says. */
  tell(rowId: string, said: string): Turn {
    const before = this.told.get(rowId);
    if (before?.said === said) return before.turn;
    const turn: Turn = before?.turn === 0 ? 1 : 0;
    this.told.set(rowId, { said, turn });
    return turn;
  }

  isCurrent(rowId: string, said: string, turn: Turn): boolean {
    const told = this.told.get(rowId);
    return told?.said === said && told.turn === turn;
  }
}
