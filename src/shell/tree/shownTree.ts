import type { TreeNode } from '../../core/view/treeNodes';
import type { RowPresentation } from './presentation';

interface ShownNode {
  readonly node: TreeNode;
  presentation?: string;
  children?: string;
}

/**
 * What VS Code was last told of the tree. VS Code knows a node by the very object that it was given, so each id keeps
 * one object; and by comparing with what it was told, only what differs is told again.
 */
export class ShownTree {
  private readonly nodes = new Map<string, ShownNode>();
  private rootChildren: string | undefined;

  /** Whether VS Code has asked for the tree since it was last told all of it. */
  get isRequested(): boolean {
    return this.rootChildren !== undefined;
  }

  /** The object that VS Code knows this node by. */
  intern(node: TreeNode): TreeNode {
    const known = this.nodes.get(node.id);
    if (known !== undefined) return known.node;
    const parent = node.parent && this.intern(node.parent);
    const interned = parent === node.parent ? node : ({ ...node, parent } as TreeNode);
    this.nodes.set(node.id, { node: interned });
    return interned;
  }

  notePresentation(node: TreeNode, picture: RowPresentation): void {
    const shown = this.nodes.get(node.id);
    if (shown !== undefined) shown.presentation = JSON.stringify(picture);
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
   * The nodes to tell VS Code of; `undefined` alone for the whole tree. Always nodes of the top: by the time that VS Code
   * looks for one that is further down, it may be gone, and VS Code 1.100 then never draws this tree anew again.
   * @param childrenOf and `pictureOf` say how things are now
   */
  findChanges(
    childrenOf: (node: TreeNode | undefined) => readonly TreeNode[],
    pictureOf: (node: TreeNode) => RowPresentation,
  ): readonly TreeNode[] | undefined {
    if (this.rootChildren === undefined) return [];
    const roots = childrenOf(undefined);
    if (joinIds(roots) !== this.rootChildren) return undefined;
    const differs = (node: TreeNode): boolean => {
      const shown = this.nodes.get(node.id);
      if (shown?.presentation === undefined) return false;
      if (shown.presentation !== JSON.stringify(pictureOf(shown.node))) return true;
      if (shown.children === undefined) return false;
      const children = childrenOf(shown.node);
      return joinIds(children) !== shown.children || children.some(differs);
    };
    const different = roots.filter(differs);
    // Load-more and notices come and go also at the top.
    if (different.some(({ kind }) => kind !== 'group')) return undefined;
    return different.map((node) => this.intern(node));
  }

  /** To be called when the whole tree is told again: VS Code then forgets every object. */
  clear(): void {
    this.nodes.clear();
    this.rootChildren = undefined;
  }
}

function joinIds(nodes: readonly TreeNode[]): string {
  return nodes.map(({ id }) => id).join('\n');
}
