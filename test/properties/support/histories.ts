import { basename } from 'node:path';
import fc, { type IAsyncProperty, type IProperty } from 'fast-check';

/** Runs per property. To repeat a failure, pass its printed seed and path to `fc.assert`. */
export const runs = Number(process.env['AIPLOYEES_HISTORIES'] ?? 500);

let historyCount = 0;
beforeEach(function () {
  // Generous for busy machines. Histories that never end fail by their number of requests.
  this.currentTest?.timeout(60_000 + 100 * runs);
});

/** Checks a property with random histories. @returns the number of histories */
export async function histories<T>(property: IAsyncProperty<T> | IProperty<T>, numRuns = runs): Promise<number> {
  await fc.assert(property, { numRuns });
  historyCount += numRuns;
  return numRuns;
}

after(() => {
  if (historyCount > 0)
    process.stdout.write(`    ${historyCount} histories checked by ${basename(__filename, '.cjs')}\n`);
});
