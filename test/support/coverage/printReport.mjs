// node test/support/coverage/printReport.mjs FOLDER: reports an existing folder of NODE_V8_COVERAGE.
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rootPath } from '../run/process.mjs';
import { collect } from './collect.mjs';
import { floors } from './floors.mjs';
import { summarizeByFolder, coverageMap, table, writePages } from './report.mjs';
import { sources } from './sources.mjs';

/** Prints the table and writes the pages. Throws if a whole run is below the floors. */
export function printReport(folder, whole) {
  const all = sources();
  const { hits, processes, broken } = collect(folder, all);
  for (const file of broken) console.error(`${file} was not written to its end.`);
  if (processes === 0) throw new Error('no process has written what it ran');
  const map = coverageMap(all, hits);
  const shares = summarizeByFolder(map);
  rmSync(join(rootPath, 'test-results', 'coverage'), { recursive: true, force: true });
  const page = writePages(map);
  console.log(`${table(shares)}\nFrom ${processes} processes; line by line in ${relative(rootPath, page)}`);
  const low = Object.keys(floors).filter((kind) => shares.total[kind] < floors[kind]);
  if (whole && low.length > 0) {
    throw new Error(
      low.map((kind) => `${shares.total[kind]} % of the ${kind} were run, ${floors[kind]} % is the floor`).join('; '),
    );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) printReport(process.argv[2], false);
