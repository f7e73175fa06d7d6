// Coverage of what ran in Node and in extension hosts, as a part of npm test.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rootPath } from '../run/process.mjs';
import { collect } from './collect.mjs';
import { floors } from './floors.mjs';
import { byRoom, coverageMap, table, writePages } from './report.mjs';
import { sources } from './sources.mjs';

/**
 * Begins to measure a run.
 * @param folder where processes write what they ran
 */
export function measuring(folder) {
  mkdirSync(folder, { recursive: true });
  return {
    /** Environment of tests in plain Node. */
    node: { NODE_V8_COVERAGE: folder },
    /** Environment of tests with a VS Code, whose extension hosts are measured. */
    hosts: { AIPLOYEES_HOST_COVERAGE: folder },
    /** Prints the table and writes the pages. Throws where a whole run is below the floors. */
    tell: (whole) => tell(folder, whole),
  };
}

function tell(folder, whole) {
  const all = sources();
  const { hits, processes } = collect(folder, all);
  if (processes === 0) throw new Error('no process has written what it ran');
  const map = coverageMap(all, hits);
  const shares = byRoom(map);
  rmSync(join(rootPath, 'test-results', 'coverage'), { recursive: true, force: true });
  const page = writePages(map);
  console.log(`${table(shares)}\nFrom ${processes} processes; line by line in ${relative(rootPath, page)}`);
  const low = Object.keys(floors).filter((kind) => shares.total[kind] < floors[kind]);
  if (whole && low.length > 0) {
    throw new Error(low.map((kind) => `${shares.total[kind]} % of the ${kind} were run, ${floors[kind]} % is the floor`).join('; '));
  }
}

// What an earlier run has left: node test/support/coverage/measure.mjs FOLDER
if (process.argv[1]?.endsWith('measure.mjs') && process.argv[2]) tell(process.argv[2], false);
