import type { Disposable } from '../../core/util/disposable';
import type { TreeNode } from '../../core/view/treeNodes';

/** Milliseconds in which VS Code takes in the children that it was given. */
const settling = 250;
/** Milliseconds after which VS Code is taken not to ask for the children of an open row: the reader has closed it. */
const patience = 1500;

interface Fetching {
  readonly node: TreeNode | undefined;
  /** Ids of the open rows among its children that VS Code has not asked for yet. */
  readonly awaited: Set<string>;
  settled: boolean;
}

/**
 * Which children VS Code is waiting for, or about to ask for. Told of a node again meanwhile, VS Code 1.100 asks for them
 * a second time and refuses both answers ("Element with id … is already registered"), or asks for the children of a row
 * that it has just forgotten, and leaves it empty.
 */
export class Fetches implements Disposable {
  private readonly running = new Set<Fetching>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private readonly held = new Map<string, TreeNode>();
  private rootIsHeld = false;

  /** @param tellHeld runs when what was held may be told; to be told whatever became of it since: VS Code may have missed it */
  constructor(private readonly tellHeld: (nodes: readonly TreeNode[]) => void) {}

  /** @param opens tells which children VS Code shows open, and so asks for what is in them */
  async run(
    parent: TreeNode | undefined,
    fetch: () => Promise<TreeNode[]>,
    opens: (child: TreeNode) => boolean,
  ): Promise<TreeNode[]> {
    const fetching: Fetching = { node: parent, awaited: new Set(), settled: false };
    this.running.add(fetching);
    // Before those that waited for it let go: from here on it holds its parents itself.
    if (parent !== undefined) for (const each of this.running) this.asked(each, parent.id);
    try {
      const children = await fetch();
      for (const child of children) if (opens(child)) fetching.awaited.add(child.id);
      return children;
    } finally {
      this.after(settling, () => {
        fetching.settled = true;
        this.endIfDone(fetching);
      });
      this.after(patience, () => this.end(fetching));
    }
  }

  /** Those that can be told now; the others are held until VS Code waits no more. */
  tellable(nodes: readonly TreeNode[]): TreeNode[] {
    const now = nodes.filter((node) => ![...this.running].some((fetching) => isWithin(fetching.node, node)));
    for (const node of nodes) if (!now.includes(node)) this.held.set(node.id, node);
    return now;
  }

  /** Whether the whole tree can be told now; otherwise it is held. */
  tellableRoot(): boolean {
    if (this.running.size > 0) this.rootIsHeld = true;
    return this.running.size === 0;
  }

  dispose(): void {
    this.timers.forEach(clearTimeout);
    this.running.clear();
    this.held.clear();
  }

  private asked(fetching: Fetching, id: string): void {
    if (fetching.awaited.delete(id)) this.endIfDone(fetching);
  }

  private endIfDone(fetching: Fetching): void {
    if (fetching.settled && fetching.awaited.size === 0) this.end(fetching);
  }

  private end(fetching: Fetching): void {
    if (!this.running.delete(fetching) || (this.held.size === 0 && !this.rootIsHeld)) return;
    const nodes = [...this.held.values()];
    this.held.clear();
    this.rootIsHeld = false;
    this.tellHeld(nodes);
  }

  private after(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, milliseconds);
    this.timers.add(timer);
  }
}

/** @param node none for the root, which all others are waited for with */
function isWithin(node: TreeNode | undefined, ancestor: TreeNode): boolean {
  if (node === undefined) return true;
  for (let at: TreeNode | undefined = node; at !== undefined; at = at.parent) if (at.id === ancestor.id) return true;
  return false;
}
