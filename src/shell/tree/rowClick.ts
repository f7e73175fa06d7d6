import type { TreeNode } from '../../core/view/treeNodes';

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
 * Keeps a row from opening while a key only wants it selected. VS Code leaves `view.selection` behind the keyboard, so
 * a key first selects the focused row, and selecting runs the row's own command: before the key's command or after it.
 */
export class OpeningHold {
  private held = false;
  private expected: string | undefined;

  hold(): void {
    this.held = true;
    this.expected = undefined;
  }

  /** Whether a row's command is to be left undone: at most once for each hold. */
  swallows(node: TreeNode): boolean {
    const swallowed = this.held || this.expected === node.id;
    this.held = false;
    this.expected = undefined;
    return swallowed;
  }

  /** The key's command has come. Where the row's own has not, it is still to come, for this row. */
  settle(selected: TreeNode | undefined): void {
    if (this.held && selected !== undefined && selected.kind !== 'group') this.expected = selected.id;
    this.held = false;
  }
}
