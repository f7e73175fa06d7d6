/** Minimum number of measurements of each figure, in turns with its control. */
export const repeats = 11;

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param part from 0 to 1 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const position = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(position)] ?? NaN, sorted[Math.ceil(position)] ?? NaN];
  return below + (above - below) * (position - Math.floor(position));
}

type Measured<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** Measures several functions alternately, so that a temporary slowdown affects all of them. */
export async function measureAlternately<Name extends string>(
  measures: Readonly<Record<Name, () => Promise<number> | number>>,
  times = repeats,
): Promise<Measured<Name>> {
  const names = Object.keys(measures) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // The first round warms up and isn't counted.
  for (let round = 0; round <= times; round += 1) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const value = await measures[name]();
      if (round > 0) results[name].push(value);
    }
  }
  return results;
}

export async function measureMs(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Returns the processor time in milliseconds, which other processes don't affect. */
export async function measureCpuMs(work: () => unknown): Promise<number> {
  const startedAt = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}

/** Returns the longest time in milliseconds that the event loop was blocked during the work. */
export async function measureLongestBlockMs(work: () => unknown): Promise<number> {
  let maxMs = 0;
  let last = performance.now();
  let isDone = false;
  const watch = (): void => {
    const now = performance.now();
    maxMs = Math.max(maxMs, now - last);
    last = now;
    if (!isDone) setImmediate(watch);
  };
  setImmediate(watch);
  await new Promise((resolve) => setImmediate(resolve));
  last = performance.now();
  maxMs = 0;
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  isDone = true;
  return Math.max(maxMs, performance.now() - last);
}
