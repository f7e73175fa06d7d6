import type { Step } from './plan';

/**
 * Leaves out steps as long as what is left still finds the same: halves first, then smaller parts, then single steps.
 * @param finds plays the steps @param maxTries how often at most
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
