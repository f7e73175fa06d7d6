import type { Step } from './plan';

/**
 * Removes steps as long as the rest has the same finding: first halves, then smaller parts, then single steps.
 * @param finds runs the steps
 * @param maxTries limits the number of runs
 */
export async function shrink(
  steps: readonly Step[],
  finds: (steps: readonly Step[]) => Promise<boolean>,
  maxTries: number,
): Promise<readonly Step[]> {
  let shortest = steps;
  let tries = 0;
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = shortest.length - size; from > -size; from -= size) {
      if (tries === maxTries) return shortest;
      tries += 1;
      const rest = shortest.filter((_, index) => index < from || index >= from + size);
      if (rest.length < shortest.length && (await finds(rest))) shortest = rest;
    }
  }
  return shortest;
}
