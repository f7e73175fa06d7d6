import { basename } from 'node:path';
import fc, { type IAsyncProperty, type IProperty } from 'fast-check';

/** So many unless the environment asks for more. A failure prints its seed and path: give both to `fc.assert` to see it again. */
export const runs = Number(process.env['AIPLOYEES_HISTORIES'] ?? 500);

let tried = 0;
beforeEach(function () {
  // For a machine that has much else to do; a history that never ends is found by its own count of requests.
  this.currentTest?.timeout(60_000 + 100 * runs);
});

/** Tries a property and counts what was tried. @returns how many histories that were */
export async function histories<T>(property: IAsyncProperty<T> | IProperty<T>, numRuns = runs): Promise<number> {
  await fc.assert(property, { numRuns });
  tried += numRuns;
  return numRuns;
}

after(() => {
  if (tried > 0) process.stdout.write(`    ${tried} histories tried by ${basename(__filename, '.cjs')}\n`);
});
