// Coverage of Node and extension hosts, as a part of npm test. Imports only Node's own modules, because packages may not be
// installed yet.
import { mkdirSync } from 'node:fs';

/**
 * Starts to measure a run.
 * @param folder for the coverage files of all processes
 */
export function startMeasuring(folder) {
  mkdirSync(folder, { recursive: true });
  return {
    /** Environment of tests in plain Node. */
    node: { NODE_V8_COVERAGE: folder },
    /** Environment of tests with a VS Code, whose extension hosts are measured. */
    hosts: { AIPLOYEES_HOST_COVERAGE: folder },
    /** Prints the coverage, and writes pages with it. Throws if a whole run is below the floors. */
    async report(whole) {
      const { printReport } = await import('./printReport.mjs');
      printReport(folder, whole);
    },
  };
}
