import { roundTrip } from '../roundTrip';
import { type Clock, systemClock } from '../../core/util/abort';
import { type Disposable, Emitter, next } from '../../core/util/event';

/** What of a tree's node tells where it stands: as much as is needed to say when VS Code may be told of it. */
export interface TreePart {
  readonly id: string;
  /** Undefined at the top. */
  readonly parent: TreePart | undefined;
}

/**
 * Milliseconds in which VS Code takes all that it is told of a tree as one: the first at once, the rest only when nothing
 * more has come for so long. A little more than its 200.
 */
const together = 220;

/**
 * Keeps VS Code from keeping back what it is told of the tree: it would act on it in the middle of what it has asked for
 * since, and mix the two up.
 */
export class Pace implements Disposable {
  private last = -Infinity;
  private timer: Disposable | undefined;

  /** @param resume runs when something may be told, where it could not be told before */
  constructor(
    private readonly clock: Clock,
    private readonly resume: () => void,
  ) {}

  /** Whether VS Code acts at once on what it is told now; where not, `resume` runs as soon as it does. */
  allows(): boolean {
    const since = this.clock.now() - this.last;
    // Less than nothing where the clock was set back.
    if (since >= together || since < 0) return true;
    this.timer ??= this.clock.setTimeout(() => {
      this.timer = undefined;
      this.resume();
    }, together - since);
    return false;
  }

  /** To be called when VS Code was told something. */
  told(): void {
    this.last = this.clock.now();
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
export class Traffic implements Disposable {
  /**
   * Ids of the nodes that VS Code may wait within: of all that it asked for since the window last waited for nothing.
   * It may wait for several answers in one batch, so they all count until the last one has arrived.
   */
  private readonly waiting = new Set<string>();
  /** Whether VS Code may wait for the top of the tree. */
  private isTopWaiting = false;
  private unanswered = 0;
  private busy = false;
  private catchingUp: Promise<void> | undefined;
  private disposed = false;
  private readonly settled = new Emitter<void>();
  /** Fires when the window has taken in what it was given: it waits for less then, or for nothing. */
  readonly onDidCatchUp = this.settled.event;

  /** @param roundTrip sends something to VS Code's window, after all that was sent before, and resolves when that has answered */
  constructor(private readonly roundTrip: () => Promise<void>) {}

  /**
   * Resolves when the window has taken in what it was given, requests to the server aside; undefined where it has. Until
   * then VS Code 1.100 knows no selection: told of a group, it forgets the rows in it and asks for them again.
   */
  get caughtUp(): Promise<void> | undefined {
    return this.catchingUp;
  }

  /** To be called when VS Code asks for something. */
  asked(): void {
    this.busy = true;
    if (!this.disposed) this.catchingUp ??= this.catchUp();
  }

  /** Answers what VS Code asked for. */
  run<Node extends TreePart>(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    if (parent === undefined) this.isTopWaiting = true;
    for (let at: TreePart | undefined = parent; at !== undefined; at = at.parent) this.waiting.add(at.id);
    this.unanswered += 1;
    this.asked();
    const answer = fetch();
    const answered = (): void => {
      this.unanswered -= 1;
      this.asked();
    };
    answer.then(answered, answered);
    return answer;
  }

  /** Whether VS Code waits for anything. */
  get isWaiting(): boolean {
    return this.isTopWaiting || this.waiting.size > 0;
  }

  /** Whether VS Code waits for something in a node, or for the whole tree. */
  isWaitingWithin(node: TreePart): boolean {
    return this.isTopWaiting || this.waiting.has(node.id);
  }

  dispose(): void {
    this.disposed = true;
    this.settled.dispose();
  }

  private async catchUp(): Promise<void> {
    do {
      this.busy = false;
      for (let count = 0; count < roundTrips; count += 1) await this.roundTrip();
    } while (this.busy);
    this.catchingUp = undefined;
    if (this.unanswered === 0) {
      this.waiting.clear();
      this.isTopWaiting = false;
    }
    this.settled.fire();
    // A listener may have refreshed rows at once: VS Code then knows no selection again, and whoever waits must go on waiting.
    await this.caughtUp;
  }
}

export interface Told<Node extends TreePart> {
  /** Whether VS Code has asked for the tree since it was last told all of it. */
  isAsked(): boolean;
  /** What is at the top of the tree now. */
  tops(): readonly Node[];
  /** Has VS Code ask again for these nodes and what is in them, or for everything. */
  tell(nodes: Node[] | undefined): void;
  /** Runs when something may be told that could not be told before, to find out what is due by now. */
  resume(): void;
}

/** How often it is looked for the row of a command: each look waits for a few messages to the window and back. */
const mostLooks = 25;

/**
 * When VS Code is told what. One thing at a time, and nothing while VS Code takes something in: refreshing two groups,
 * VS Code 1.100 draws rows of the one that the other has just replaced, and then draws the list no more.
 */
export class Telling<Node extends TreePart> implements Disposable {
  private readonly traffic = new Traffic(roundTrip);
  private readonly pace = new Pace(systemClock, () => this.told.resume());
  /** Nodes of the top, by id, to be told again as soon as VS Code does not wait for what is in them. */
  private readonly due = new Map<string, Node>();
  /** The whole tree is to be told again as soon as VS Code waits for nothing. */
  private allIsDue = false;
  private readonly nothingIsDue = new Emitter<void>();
  private isVisible = true;
  /** How many rows are selected. */
  countSelected = (): number => 0;
  private revealing = 0;

  constructor(private readonly told: Told<Node>) {
    this.traffic.onDidCatchUp(() => {
      if (this.isDue) this.told.resume();
    });
  }

  /** Resolves when VS Code has taken in what it was given, and knows again which rows are selected; undefined where it does. */
  get caughtUp(): Promise<void> | undefined {
    return this.traffic.caughtUp;
  }

  /**
   * What is selected where VS Code runs a row's command: it does so with that row selected. Where nothing seems to be, a
   * slow window has yet to ask again for the rows that VS Code 1.100 forgot.
   */
  async acted<Row>(selection: () => readonly Row[]): Promise<readonly Row[]> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      await this.caughtUp;
      const selected = selection();
      if (selected.length > 0) return selected;
      this.asked();
    }
    return [];
  }

  /** To be called when VS Code asks for a row. */
  asked(): void {
    this.traffic.asked();
  }

  /** Answers when VS Code asks for children. */
  answer(parent: Node | undefined, fetch: () => Promise<Node[]>): Promise<Node[]> {
    return this.traffic.run(parent, fetch);
  }

  /** @param nodes of the top; undefined for the whole tree */
  isOutOfDate(nodes: readonly Node[] | undefined): void {
    if (nodes === undefined) this.allIsDue = true;
    else for (const node of nodes) this.due.set(node.id, node);
    this.tellWhatIsDue();
  }

  /** What VS Code hides it need not be told of, and would forget the selection over. */
  set visible(visible: boolean) {
    this.isVisible = visible;
    if (visible) this.told.resume();
  }

  /** To be called when VS Code was told something else of the view that it takes as one with changes of the tree. */
  alsoTold(): void {
    this.pace.told();
  }

  /** Resolves when VS Code was told of every change and has taken it in, hidden or not: only then can it reveal any row. */
  async upToDate(): Promise<void> {
    this.revealing += 1;
    try {
      this.tellWhatIsDue();
      while (this.isDue) await next(this.nothingIsDue.event);
      await this.traffic.caughtUp;
    } finally {
      this.revealing -= 1;
    }
  }

  dispose(): void {
    this.traffic.dispose();
    this.pace.dispose();
    this.nothingIsDue.dispose();
  }

  private get isDue(): boolean {
    return this.allIsDue || this.due.size > 0;
  }

  private tellWhatIsDue(): void {
    // VS Code asks for everything when it first shows the tree: there is nothing to tell it before.
    if (!this.told.isAsked()) this.nothingMoreIsDue();
    const listens = (this.isVisible || this.revealing > 0) && this.traffic.caughtUp === undefined;
    if (this.isDue && listens && this.pace.allows()) {
      if (this.allIsDue) this.tellAll();
      else this.tellTop();
    }
    if (!this.isDue) this.nothingIsDue.fire();
  }

  private tellAll(): void {
    if (this.traffic.isWaiting) return;
    this.nothingMoreIsDue();
    this.tell(undefined);
  }

  private tellTop(): void {
    const tops = new Set(this.told.tops().map(({ id }) => id));
    for (const id of this.due.keys()) if (!tops.has(id)) this.due.delete(id);
    const [first, another] = [...this.due.values()].filter((node) => !this.traffic.isWaitingWithin(node));
    if (first === undefined) return;
    // Refreshing one group, VS Code (1.100.3, 1.139.1) stops highlighting the selected rows below a selected one in it.
    if ((another !== undefined || this.countSelected() > 1) && !this.traffic.isWaiting) return this.tellAll();
    this.due.delete(first.id);
    this.tell([first]);
  }

  private tell(nodes: Node[] | undefined): void {
    this.pace.told();
    this.told.tell(nodes);
    this.traffic.asked();
  }

  private nothingMoreIsDue(): void {
    this.allIsDue = false;
    this.due.clear();
  }
}
