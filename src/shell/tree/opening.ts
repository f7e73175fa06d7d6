import type { TreeNode } from '../../core/view/treeNodes';

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
