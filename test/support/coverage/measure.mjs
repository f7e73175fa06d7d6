// Coverage of what ran in Node and in extension hosts, as a part of npm test. Only Node's own modules here: packages may have
// to be installed first.
import { mkdirSync } from 'node:fs';

/**
 * Begins to measure a run.
 * @param folder where processes write what they ran
 */
export function startMeasuring(folder) {
  mkdirSync(folder, { recursive: true });
  return {
    /** Environment of tests in plain Node. */
    node: { NODE_V8_COVERAGE: folder },
    /** Environment of tests with a VS Code, whose extension hosts are measured. */
    hosts: { AIPLOYEES_HOST_COVERAGE: folder },
    /** Prints what was run, and writes pages of it. Throws where a whole run is below the floors. */
    async report(whole) {
      const { printReport } = await import('./printReport.mjs');
      printReport(folder, whole);
    },
  };
}
