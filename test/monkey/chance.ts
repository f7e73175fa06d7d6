/** A small seeded generator (mulberry32): the same seed gives the same numbers on every machine. */
export class Chance {
  constructor(private state: number) {}

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return choose(items, this.next()) ?? items[0];
  }
}

/** Returns the item at this fraction of the list, `at` in [0, 1); undefined if it is empty. */
export function choose<T>(items: readonly T[], at: number): T | undefined {
  return items[Math.floor(at * items.length)];
}
