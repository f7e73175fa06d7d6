import type { TreeNode } from '../../core/view/treeNodes';
import type { RowPresentation } from './rowPresentation';

interface ShownNode {
  readonly node: TreeNode;
  presentation?: string;
  children?: string;
}

/**
 * The tree as VS Code last received it, to find changes. Each ID has one node object, because VS Code identifies
 * nodes by reference.
 */
export class ShownTree {
  private readonly nodes = new Map<string, ShownNode>();
  private rootChildren: string | undefined;

  /** Whether VS Code has requested the tree since its last complete refresh. */
  get isRequested(): boolean {
    return this.rootChildren !== undefined;
  }

  /** Returns the object by which VS Code knows this node. */
  intern(node: TreeNode): TreeNode {
    const known = this.nodes.get(node.id);
    if (known !== undefined) return known.node;
    const parent = node.parent && this.intern(node.parent);
    const interned = parent === node.parent ? node : ({ ...node, parent } as TreeNode);
    this.nodes.set(node.id, { node: interned });
    return interned;
  }

  notePresentation(node: TreeNode, presentation: RowPresentation): void {
    const shown = this.nodes.get(node.id);
    if (shown !== undefined) shown.presentation = JSON.stringify(presentation);
  }

  noteChildren(parent: TreeNode | undefined, children: readonly TreeNode[]): void {
    const ids = joinIds(children);
    if (parent === undefined) this.rootChildren = ids;
    else {
      const shown = this.nodes.get(parent.id);
      if (shown !== undefined) shown.children = ids;
    }
  }

  /**
   * Returns the roots to refresh; undefined for the whole tree. Never deeper nodes: if one is gone by the time that VS Code
   * looks for it, VS Code 1.100 stops rendering the tree.
   * @param findChildren and `present` return the current state
   */
  findChanges(
    findChildren: (node: TreeNode | undefined) => readonly TreeNode[],
    present: (node: TreeNode) => RowPresentation,
  ): readonly TreeNode[] | undefined {
    if (this.rootChildren === undefined) return [];
    const roots = findChildren(undefined);
    if (joinIds(roots) !== this.rootChildren) return undefined;
    const hasChanged = (node: TreeNode): boolean => {
      const shown = this.nodes.get(node.id);
      if (shown?.presentation === undefined) return false;
      if (shown.presentation !== JSON.stringify(present(shown.node))) return true;
      if (shown.children === undefined) return false;
      const children = findChildren(shown.node);
      return joinIds(children) !== shown.children || children.some(hasChanged);
    };
    const changed = roots.filter(hasChanged);
    // Load More and notices appear among the roots too.
    if (changed.some(({ kind }) => kind !== 'group')) return undefined;
    return changed.map((node) => this.intern(node));
  }

  /** Call it before a complete refresh: VS Code then discards all node objects. */
  clear(): void {
    this.nodes.clear();
    this.rootChildren = undefined;
  }
}

function joinIds(nodes: readonly TreeNode[]): string {
  return nodes.map(({ id }) => id).join('\n');
}
