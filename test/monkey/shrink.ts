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
  let kept = steps;
  let tries = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = kept.length - size; from > -size; from -= size) {
      if (tries === maxTries) return kept;
      tries += 1;
      const rest = kept.filter((_, index) => index < from || index >= from + size);
      if (rest.length < kept.length && (await finds(rest))) kept = rest;
    }
  }
  return kept;
}
