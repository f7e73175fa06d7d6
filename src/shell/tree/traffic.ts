import type { Disposable } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { TreePart } from './treePart';

/**
 * How often something is sent to VS Code's window and back, with nothing asked meanwhile, before the window counts as
 * having taken in what it was given. The first may overtake an answer; the window asks for what it shows open in it from
 * a timer of its own, which the others leave time to fire.
 */
const roundTrips = 4;

interface Fetching {
  readonly node: TreePart | undefined;
  /** What VS Code asked for right after this was answered: it may wait for both in one answer. */
  readonly followers: Fetching[];
  answered: boolean;
}

/**
 * What goes between VS Code's window and the tree. While the window waits for children, or is about to ask for what is in
 * them, their parents are not told anew: VS Code 1.100 then asks a second time and refuses both answers ("Element with
 * id … is already registered"), or asks for the children of a row that it has just forgotten, and leaves it empty.
 */
export class Traffic implements Disposable {
  private readonly running = new Set<Fetching>();
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
    const fetching: Fetching = { node: parent, followers: [], answered: false };
    for (const each of this.running) if (each.answered) each.followers.push(fetching);
    this.running.add(fetching);
    this.asked();
    const answer = fetch();
    const answered = (): void => {
      fetching.answered = true;
      this.asked();
    };
    answer.then(answered, answered);
    return answer;
  }

  /** Whether VS Code waits for anything. */
  get isWaiting(): boolean {
    return this.running.size > 0;
  }

  /** Whether VS Code waits for something in a node, or for the whole tree. */
  isWaitingWithin(node: TreePart): boolean {
    return [...this.running].some((fetching) => isWithin(fetching.node, node));
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
    const over = [...this.running].filter(isOver);
    for (const each of over) this.running.delete(each);
    this.settled.fire();
  }
}

function isOver({ answered, followers }: Fetching): boolean {
  return answered && followers.every(isOver);
}

/** @param node none for the root, which all others are waited for with */
function isWithin(node: TreePart | undefined, ancestor: TreePart): boolean {
  if (node === undefined) return true;
  for (let at: TreePart | undefined = node; at !== undefined; at = at.parent) if (at.id === ancestor.id) return true;
  return false;
}
