// Which user tests run where, and in which order.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootPath } from './process.mjs';

const folder = join(rootPath, 'test', 'ui');

/** The file that tells of all the others. It runs when they have ended. */
export const wholeRun = 'wholeRun';

/**
 * One job for each file and version, the longest first, so that none is left to run alone at the end. A file is about as
 * long as it has tests.
 */
export function userTestJobs(versions, run) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts') && file !== `${wholeRun}.test.ts`);
  const jobs = files.flatMap((file) => {
    const tests = readFileSync(join(folder, file), 'utf8').split(/^\s*it\(/m).length - 1;
    return versions.map((version) => ({ tests, job: () => run(version, file.replace('.test.ts', '')) }));
  });
  return jobs.sort((one, other) => other.tests - one.tests).map(({ job }) => job);
}
