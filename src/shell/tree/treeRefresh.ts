import { roundTrip } from '../roundTrip';
import { type Clock, systemClock } from '../../core/util/abort';
import { type Disposable, Emitter, waitForEvent } from '../../core/util/event';

export interface TreeElement {
  readonly id: string;
  /** Undefined for a root. */
  readonly parent: TreeElement | undefined;
}

/** VS Code debounces refresh events by 200 ms, and fires only the first immediately (microsoft/vscode#31191, #88051). */
const coalesceWindowMs = 220;

/** Avoids VS Code's delayed refreshes: VS Code 1.100 may run one while it fetches children, and then mixes both up. */
export class RefreshThrottle implements Disposable {
  private lastFire = -Infinity;
  private timer: Disposable | undefined;

  /** @param resume runs when the next refresh is possible, if `canFire` returned false */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  canFire(): boolean {
    const elapsed = this.clock.now() - this.lastFire;
    // Negative if the clock was set back.
    if (elapsed >= coalesceWindowMs || elapsed < 0) return true;
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = undefined;
      this.resume();
    }, coalesceWindowMs - elapsed);
    return false;
  }

  recordFire(): void {
    this.lastFire = this.clock.now();
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}

/**
 * Round trips without a new request, after which the window has processed its children. The first one may overtake a
 * response, and the window fetches the children of expanded rows from a timer.
 */
const roundTrips = 4;

/**
 * Tracks which nodes VS Code's window fetches. Refreshing one of them in VS Code 1.100 fails with "Element with id … is
 * already registered", or leaves it empty (microsoft/vscode#71698, #192055; partly fixed by #281000).
 */
export class FetchTracker implements Disposable {
  /** The window may wait for several responses in one batch (microsoft/vscode#235014), so IDs stay until the last has arrived. */
  private readonly pendingIds = new Set<string>();
  private isRootPending = false;
  private openFetches = 0;
  private hasNewRequest = false;
  private settling: Promise<void> | undefined;
  private isDisposed = false;
  private readonly didSettle = new Emitter<void>();
  /** Fires when the window has processed its children. Fetches from the server may still be pending. */
  readonly onDidSettle = this.didSettle.event;

  /** @param roundTrip sends a message to VS Code's window after all earlier ones, and resolves when it has replied */
  constructor(private readonly roundTrip: () => Promise<void>) {}

  /**
   * Resolves when the window has processed its children; undefined if it has. Until then VS Code 1.100 reports no
   * selection, and no argument to commands (microsoft/vscode#144250).
   */
  get whenSettled(): Promise<void> | undefined {
    return this.settling;
  }

  noteRequest(): void {
    this.hasNewRequest = true;
    if (!this.isDisposed) this.settling ??= this.settle();
  }

  track<Node extends TreeElement>(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    if (parent === undefined) this.isRootPending = true;
    for (let node: TreeElement | undefined = parent; node !== undefined; node = node.parent)
      this.pendingIds.add(node.id);
    this.openFetches += 1;
    this.noteRequest();
    const children = fetch();
    const noteResponse = (): void => {
      this.openFetches -= 1;
      this.noteRequest();
    };
    children.then(noteResponse, noteResponse);
    return children;
  }

  /** Whether a request of the window has no response yet. */
  get hasOpenFetch(): boolean {
    return this.openFetches > 0;
  }

  get isPending(): boolean {
    return this.isRootPending || this.pendingIds.size > 0;
  }

  isPendingWithin(node: TreeElement): boolean {
    return this.isRootPending || this.pendingIds.has(node.id);
  }

  dispose(): void {
    this.isDisposed = true;
    this.didSettle.dispose();
  }

  private async settle(): Promise<void> {
    do {
      this.hasNewRequest = false;
      for (let count = 0; count < roundTrips; count += 1) await this.roundTrip();
    } while (this.hasNewRequest);
    this.settling = undefined;
    if (this.openFetches === 0) {
      this.pendingIds.clear();
      this.isRootPending = false;
    }
    this.didSettle.fire();
    // A listener may have refreshed rows: then callers wait for those too.
    await this.whenSettled;
  }
}

export interface RefreshTarget<Node extends TreeElement> {
  /** Whether VS Code has requested the tree since its last complete refresh. */
  isRequested(): boolean;
  roots(): readonly Node[];
  /** Refreshes these nodes and their descendants, or the whole tree. */
  refresh(nodes: Node[] | undefined): void;
  /** Runs when refreshes are possible again: invalidates the changed nodes. */
  resume(): void;
}

const maxSelectionPolls = 25;

/**
 * Schedules refreshes of a tree view, one at a time, while VS Code processes nothing else. After two concurrent refreshes
 * VS Code 1.100 renders replaced rows, then stops rendering the list (cf. microsoft/vscode#142328, #244952).
 */
export class TreeRefreshScheduler<Node extends TreeElement> implements Disposable {
  private readonly fetches = new FetchTracker(roundTrip);
  private readonly throttle = new RefreshThrottle(systemClock, () => this.target.resume());
  /** Invalid roots by ID. */
  private readonly pending = new Map<string, Node>();
  private isAllPending = false;
  private readonly drained = new Emitter<void>();
  private isVisible = true;
  countSelected = (): number => 0;
  private activeReveals = 0;

  constructor(private readonly target: RefreshTarget<Node>) {
    this.fetches.onDidSettle(() => {
      if (this.hasPending) this.target.resume();
    });
  }

  /** Resolves when VS Code has processed all rows and reports the selection again; undefined if it has. */
  get whenSettled(): Promise<void> | undefined {
    return this.fetches.whenSettled;
  }

  /**
   * Returns the selection after VS Code has run a row's command, which it selects first. An empty selection means that a
   * slow window hasn't requested the refreshed rows yet, or waits for them (VS Code 1.100, cf. microsoft/vscode#144250).
   */
  async clickedNodes<Row>(selection: () => readonly Row[]): Promise<readonly Row[]> {
    for (let polls = 0; polls < maxSelectionPolls; polls += 1) {
      await this.whenSettled;
      const selected = selection();
      if (selected.length > 0) return selected;
      if (this.fetches.hasOpenFetch) await waitForEvent(this.fetches.onDidSettle);
      else this.noteRequest();
    }
    return [];
  }

  noteRequest(): void {
    this.fetches.noteRequest();
  }

  trackFetch(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    return this.fetches.track(parent, fetch);
  }

  /** @param roots undefined for the whole tree */
  invalidate(roots: readonly Node[] | undefined): void {
    if (roots === undefined) this.isAllPending = true;
    else for (const node of roots) this.pending.set(node.id, node);
    this.flush();
  }

  /** A hidden tree isn't refreshed, because VS Code would lose the selection. */
  set visible(visible: boolean) {
    this.isVisible = visible;
    if (visible) this.target.resume();
  }

  /** Call it after an update of the view's message, which VS Code coalesces with refreshes. */
  noteViewUpdate(): void {
    this.throttle.recordFire();
  }

  /** Refreshes even a hidden tree, and waits: earlier, VS Code can't reveal every row (microsoft/vscode#96089, #192055). */
  async whenIdle(): Promise<void> {
    this.activeReveals += 1;
    try {
      this.flush();
      while (this.hasPending) await waitForEvent(this.drained.event);
      await this.fetches.whenSettled;
    } finally {
      this.activeReveals -= 1;
    }
  }

  dispose(): void {
    this.fetches.dispose();
    this.throttle.dispose();
    this.drained.dispose();
  }

  private get hasPending(): boolean {
    return this.isAllPending || this.pending.size > 0;
  }

  private flush(): void {
    // VS Code requests the whole tree when it first shows it.
    if (!this.target.isRequested()) this.clearPending();
    const isReady = (this.isVisible || this.activeReveals > 0) && this.fetches.whenSettled === undefined;
    if (this.hasPending && isReady && this.throttle.canFire()) {
      if (this.isAllPending) this.refreshAll();
      else this.refreshRoot();
    }
    if (!this.hasPending) this.drained.fire();
  }

  private refreshAll(): void {
    if (this.fetches.isPending) return;
    this.clearPending();
    this.fire(undefined);
  }

  private refreshRoot(): void {
    const roots = new Set(this.target.roots().map(({ id }) => id));
    for (const id of this.pending.keys()) if (!roots.has(id)) this.pending.delete(id);
    const [first, another] = [...this.pending.values()].filter((node) => !this.fetches.isPendingWithin(node));
    if (first === undefined) return;
    // After refreshing one group, VS Code (1.100.3, 1.139.1) stops highlighting the selected rows below a selected one in it.
    if ((another !== undefined || this.countSelected() > 1) && !this.fetches.isPending) return this.refreshAll();
    this.pending.delete(first.id);
    this.fire([first]);
  }

  private fire(nodes: Node[] | undefined): void {
    this.throttle.recordFire();
    this.target.refresh(nodes);
    this.fetches.noteRequest();
  }

  private clearPending(): void {
    this.isAllPending = false;
    this.pending.clear();
  }
}
