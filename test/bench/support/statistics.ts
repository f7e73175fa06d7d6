/** How often each figure is measured at the least, in turns with its control. */
export const repeats = 11;

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param part 0 to 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return below + (above - below) * (place - Math.floor(place));
}

type Measured<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** Measures several things in turns, so that what slows the machine down for a while slows down all of them. */
export async function inTurns<Name extends string>(
  measures: Readonly<Record<Name, () => Promise<number> | number>>,
  times = repeats,
): Promise<Measured<Name>> {
  const names = Object.keys(measures) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // The first turn warms up, and is not counted.
  for (let turn = 0; turn <= times; turn += 1) {
    for (const name of turn % 2 === 0 ? names : [...names].reverse()) {
      const value = await measures[name]();
      if (turn > 0) found[name].push(value);
    }
  }
  return found;
}

/** Milliseconds that work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of processor time that work takes: what else the machine does meanwhile adds nothing to it. */
export async function cpuTimed(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** The longest time that the process was not free for anything else while work was done, in milliseconds. */
export async function longestBlock(work: () => unknown): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let over = false;
  const watch = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(watch);
  };
  setImmediate(watch);
  await new Promise((resolve) => setImmediate(resolve));
  last = performance.now();
  longest = 0;
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  over = true;
  return Math.max(longest, performance.now() - last);
}
