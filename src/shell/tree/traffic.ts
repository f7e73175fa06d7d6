import type { Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { TreePart } from './treePart';

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
