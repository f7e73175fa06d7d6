import { roundTrip } from '../roundTrip';
import { type Clock, systemClock } from '../../core/util/abort';
import { type Disposable, Emitter, next } from '../../core/util/event';

/** What of a tree's node tells where it stands: as much as is needed to say when VS Code may be told of it. */
export interface TreeElement {
  readonly id: string;
  /** Undefined at the top. */
  readonly parent: TreeElement | undefined;
}

/**
 * Milliseconds in which VS Code takes all that it is told of a tree as one: the first at once, the rest only when nothing
 * more has come for so long. A little more than its 200.
 */
const coalesceWindowMs = 220;

/**
 * Keeps VS Code from keeping back what it is told of the tree: it would act on it in the middle of what it has asked for
 * since, and mix the two up.
 */
export class RefreshThrottle implements Disposable {
  private lastFire = -Infinity;
  private timer: Disposable | undefined;

  /** @param resume runs when something may be told, where it could not be told before */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** Whether VS Code acts at once on what it is told now; where not, `resume` runs as soon as it does. */
  canFire(): boolean {
    const since = this.clock.now() - this.lastFire;
    // Less than nothing where the clock was set back.
    if (since >= coalesceWindowMs || since < 0) return true;
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = undefined;
      this.resume();
    }, coalesceWindowMs - since);
    return false;
  }

  /** To be called when VS Code was told something. */
  recordFire(): void {
    this.lastFire = this.clock.now();
  }

  dispose(): void {
    this.timer?.dispose();
    this.timer = undefined;
  }
}

/**
 * How often something is sent to VS Code's window and back, with nothing asked meanwhile, before the window counts as
 * having taken in what it was given. The first may overtake an answer; the window asks for what it shows open in it from
 * a timer of its own, which the others leave time to fire.
 */
const roundTrips = 4;

/**
 * What goes between VS Code's window and the tree. While the window waits for children, or is about to ask for what is in
 * them, their parents are not told anew: VS Code 1.100 then asks a second time and refuses both answers ("Element with
 * id … is already registered"), or asks for the children of a row that it has just forgotten, and leaves it empty.
 */
export class FetchTracker implements Disposable {
  /**
   * Ids of the nodes that VS Code may wait within: of all that it asked for since the window last waited for nothing.
   * It may wait for several answers in one batch, so they all count until the last one has arrived.
   */
  private readonly pendingIds = new Set<string>();
  /** Whether VS Code may wait for the top of the tree. */
  private isRootPending = false;
  private openFetches = 0;
  private hasNewRequest = false;
  private settling: Promise<void> | undefined;
  private isDisposed = false;
  private readonly didSettle = new Emitter<void>();
  /** Fires when the window has taken in what it was given: it waits for less then, or for nothing. */
  readonly onDidSettle = this.didSettle.event;

  /** @param roundTrip sends something to VS Code's window, after all that was sent before, and resolves when that has answered */
  constructor(private readonly roundTrip: () => Promise<void>) {}

  /**
   * Resolves when the window has taken in what it was given, requests to the server aside; undefined where it has. Until
   * then VS Code 1.100 knows no selection: told of a group, it forgets the rows in it and asks for them again.
   */
  get whenSettled(): Promise<void> | undefined {
    return this.settling;
  }

  /** To be called when VS Code asks for something. */
  noteRequest(): void {
    this.hasNewRequest = true;
    if (!this.isDisposed) this.settling ??= this.settle();
  }

  /** Answers what VS Code asked for. */
  track<Node extends TreeElement>(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    if (parent === undefined) this.isRootPending = true;
    for (let at: TreeElement | undefined = parent; at !== undefined; at = at.parent) this.pendingIds.add(at.id);
    this.openFetches += 1;
    this.noteRequest();
    const answer = fetch();
    const answered = (): void => {
      this.openFetches -= 1;
      this.noteRequest();
    };
    answer.then(answered, answered);
    return answer;
  }

  /** Whether VS Code waits for anything. */
  get isPending(): boolean {
    return this.isRootPending || this.pendingIds.size > 0;
  }

  /** Whether VS Code waits for something in a node, or for the whole tree. */
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
    // A listener may have refreshed rows at once: VS Code then knows no selection again, and whoever waits must go on waiting.
    await this.whenSettled;
  }
}

export interface RefreshTarget<Node extends TreeElement> {
  /** Whether VS Code has asked for the tree since it was last told all of it. */
  isRequested(): boolean;
  /** What is at the top of the tree now. */
  roots(): readonly Node[];
  /** Has VS Code ask again for these nodes and what is in them, or for everything. */
  refresh(nodes: Node[] | undefined): void;
  /** Runs when something may be told that could not be told before, to find out what is due by now. */
  resume(): void;
}

/** How often it is looked for the row of a command: each look waits for a few messages to the window and back. */
const maxSelectionPolls = 25;

/**
 * When VS Code is told what. One thing at a time, and nothing while VS Code takes something in: refreshing two groups,
 * VS Code 1.100 draws rows of the one that the other has just replaced, and then draws the list no more.
 */
export class TreeRefreshScheduler<Node extends TreeElement> implements Disposable {
  private readonly fetches = new FetchTracker(roundTrip);
  private readonly throttle = new RefreshThrottle(systemClock, () => this.target.resume());
  /** Nodes of the top, by id, to be told again as soon as VS Code does not wait for what is in them. */
  private readonly pending = new Map<string, Node>();
  /** The whole tree is to be told again as soon as VS Code waits for nothing. */
  private isAllPending = false;
  private readonly drained = new Emitter<void>();
  private isVisible = true;
  /** How many rows are selected. */
  countSelected = (): number => 0;
  private activeReveals = 0;

  constructor(private readonly target: RefreshTarget<Node>) {
    this.fetches.onDidSettle(() => {
      if (this.hasPending) this.target.resume();
    });
  }

  /** Resolves when VS Code has taken in what it was given, and knows again which rows are selected; undefined where it does. */
  get whenSettled(): Promise<void> | undefined {
    return this.fetches.whenSettled;
  }

  /**
   * What is selected where VS Code runs a row's command: it does so with that row selected. Where nothing seems to be, a
   * slow window has yet to ask again for the rows that VS Code 1.100 forgot.
   */
  async clickedNodes<Row>(selection: () => readonly Row[]): Promise<readonly Row[]> {
    for (let looks = 0; looks < maxSelectionPolls; looks += 1) {
      await this.whenSettled;
      const selected = selection();
      if (selected.length > 0) return selected;
      this.noteRequest();
    }
    return [];
  }

  /** To be called when VS Code asks for a row. */
  noteRequest(): void {
    this.fetches.noteRequest();
  }

  /** Answers when VS Code asks for children. */
  trackFetch(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    return this.fetches.track(parent, fetch);
  }

  /** @param nodes of the top; undefined for the whole tree */
  invalidate(nodes: readonly Node[] | undefined): void {
    if (nodes === undefined) this.isAllPending = true;
    else for (const node of nodes) this.pending.set(node.id, node);
    this.flush();
  }

  /** What VS Code hides it need not be told of, and would forget the selection over. */
  set visible(visible: boolean) {
    this.isVisible = visible;
    if (visible) this.target.resume();
  }

  /** To be called when VS Code was told something else of the view that it takes as one with changes of the tree. */
  noteViewUpdate(): void {
    this.throttle.recordFire();
  }

  /** Resolves when VS Code was told of every change and has taken it in, hidden or not: only then can it reveal any row. */
  async whenIdle(): Promise<void> {
    this.activeReveals += 1;
    try {
      this.flush();
      while (this.hasPending) await next(this.drained.event);
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
    // VS Code asks for everything when it first shows the tree: there is nothing to tell it before.
    if (!this.target.isRequested()) this.clearPending();
    const listens = (this.isVisible || this.activeReveals > 0) && this.fetches.whenSettled === undefined;
    if (this.hasPending && listens && this.throttle.canFire()) {
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
    const tops = new Set(this.target.roots().map(({ id }) => id));
    for (const id of this.pending.keys()) if (!tops.has(id)) this.pending.delete(id);
    const [first, another] = [...this.pending.values()].filter((node) => !this.fetches.isPendingWithin(node));
    if (first === undefined) return;
    // Refreshing one group, VS Code (1.100.3, 1.139.1) stops highlighting the selected rows below a selected one in it.
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
