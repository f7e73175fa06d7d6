import { readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import Mocha from 'mocha';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Title and error of each test that failed, for the end of a long run, where they are not searched for. */
  readonly failures: readonly string[];
}

/** Where a run leaves its counts (JSON) for whoever started it, and which tests it is asked for. */
export const runEnvironment = { results: 'AIPLOYEES_TEST_RESULTS', grep: 'AIPLOYEES_TEST_GREP' } as const;

/**
 * Runs these files of tests, and every `*.test.cjs` under those that are folders, found by looking, so that none can be left
 * out. Writes the counts where it is told, or where the environment says.
 */
export async function runMocha(
  paths: readonly string[],
  timeout: number,
  results = process.env[runEnvironment.results],
): Promise<Counts> {
  const grep = process.env[runEnvironment.grep];
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout,
    forbidOnly: true,
    ...(grep === undefined ? {} : { grep }),
  });
  for (const file of paths.flatMap((path) => (statSync(path).isDirectory() ? testFiles(path) : [path])))
    mocha.addFile(file);
  await mocha.loadFilesAsync();
  const failed: { readonly title: string; readonly error: unknown }[] = [];
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const running = mocha.run(() => resolve(running));
    running.on('fail', (test, error: unknown) => failed.push({ title: test.fullTitle(), error }));
  });
  // A runner goes on listening for what nobody catches: the next file's would be laid to a test of this one.
  mocha.dispose();
  const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
  // Only now: a hook after the test may have added to its error.
  const told = failed.map(({ title, error }) => `${title}\n${inspect(error, { depth: 3 })}`);
  const counts: Counts = { passed: passes, failed: failures, skipped: pending, failures: told };
  if (results !== undefined) await writeFile(results, JSON.stringify(counts));
  return counts;
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.cjs'))
    .sort()
    .map((path) => join(folder, path));
}
