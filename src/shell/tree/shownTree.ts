import type { TreeNode } from '../../core/view/treeNodes';
import type { RowPicture } from './presentation';

interface Shown {
  readonly node: TreeNode;
  picture?: string;
  children?: string;
}

/**
 * What VS Code was last told of the tree. VS Code knows a node by the very object that it was given, so each id keeps
 * one object; and by comparing with what it was told, only what differs is told again.
 */
export class ShownTree {
  private readonly shown = new Map<string, Shown>();
  private rootChildren: string | undefined;

  /** Whether VS Code has asked for the tree since it was last told all of it. */
  get isAsked(): boolean {
    return this.rootChildren !== undefined;
  }

  /** The object that VS Code knows this node by. */
  intern(node: TreeNode): TreeNode {
    const known = this.shown.get(node.id);
    if (known !== undefined) return known.node;
    const parent = node.parent && this.intern(node.parent);
    const interned = parent === node.parent ? node : ({ ...node, parent } as TreeNode);
    this.shown.set(node.id, { node: interned });
    return interned;
  }

  notePicture(node: TreeNode, picture: RowPicture): void {
    const shown = this.shown.get(node.id);
    if (shown !== undefined) shown.picture = JSON.stringify(picture);
  }

  noteChildren(parent: TreeNode | undefined, children: readonly TreeNode[]): void {
    const ids = idsOf(children);
    if (parent === undefined) this.rootChildren = ids;
    else {
      const shown = this.shown.get(parent.id);
      if (shown !== undefined) shown.children = ids;
    }
  }

  /**
   * The nodes to tell VS Code of; `undefined` alone for the whole tree. Always nodes of the top: by the time that VS Code
   * looks for one that is further down, it may be gone, and VS Code 1.100 then never draws this tree anew again.
   * @param childrenOf and `pictureOf` say how things are now
   */
  differences(
    childrenOf: (node: TreeNode | undefined) => readonly TreeNode[],
    pictureOf: (node: TreeNode) => RowPicture,
  ): readonly TreeNode[] | undefined {
    if (this.rootChildren === undefined) return [];
    const roots = childrenOf(undefined);
    if (idsOf(roots) !== this.rootChildren) return undefined;
    const differs = (node: TreeNode): boolean => {
      const shown = this.shown.get(node.id);
      if (shown?.picture === undefined) return false;
      if (shown.picture !== JSON.stringify(pictureOf(shown.node))) return true;
      if (shown.children === undefined) return false;
      const children = childrenOf(shown.node);
      return idsOf(children) !== shown.children || children.some(differs);
    };
    const different = roots.filter(differs);
    // Load-more and notices come and go also at the top.
    if (different.some(({ kind }) => kind !== 'group')) return undefined;
    return different.map((node) => this.intern(node));
  }

  /** To be called when the whole tree is told again: VS Code then forgets every object. */
  clear(): void {
    this.shown.clear();
    this.rootChildren = undefined;
  }
}

function idsOf(nodes: readonly TreeNode[]): string {
  return nodes.map(({ id }) => id).join('\n');
}
