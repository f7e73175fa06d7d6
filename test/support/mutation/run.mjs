// npm run mutation -- FOLDER…: changes src/core/FOLDER in a thousand small ways, one at a time, and tells which of them no test
// of test/core notices. Not a part of npm test: it takes minutes for each folder. Stryker is installed on first use, apart
// from the project's packages.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing } from '../run/install.mjs';
import { exitCodeOf, npm, rootPath, run } from '../run/process.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const home = join(rootPath, '.vscode-test', 'mutation');
const core = join(rootPath, 'src', 'core');
const named = process.argv.slice(2);

/** Folders or files under src/core, as patterns. */
function patterns() {
  if (named.length === 0) return ['src/core/**/*.ts'];
  return named.map((name) => {
    if (existsSync(join(core, `${name}.ts`))) return `src/core/${name}.ts`;
    if (existsSync(join(core, name))) return `src/core/${name}/**/*.ts`;
    throw new Error(`There is no src/core/${name}.`);
  });
}

async function installStryker() {
  const lock = readFileSync(join(here, 'package-lock.json'), 'utf8');
  const installed = join(home, 'installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(here, file), join(home, file));
  await run(...npm('ci', '--prefix', home, '--no-audit', '--no-fund'));
  writeFileSync(installed, lock);
}

/** @returns {import('@stryker-mutator/api/core').PartialStrykerOptions} */
function configuration() {
  const results = `test-results/mutation/${named.length === 0 ? 'core' : named.join('-').replaceAll('/', '-')}`;
  return {
    mutate: patterns(),
    testRunner: 'mocha',
    plugins: ['@stryker-mutator/mocha-runner'],
    mochaOptions: { spec: ['out/test/core/**/*.test.cjs'] },
    buildCommand: 'node esbuild.mjs --tests',
    ignorePatterns: ['.vscode-test', 'dist', 'out', 'test-results', '*.vsix', '.github'],
    // Its own: a run clears it away when it ends, and another may still be going on.
    tempDirName: `.vscode-test/mutation/work-${process.pid}`,
    // So the copy finds Stryker's mocha before the project's: tests that import it must get the one that runs them.
    symlinkNodeModules: false,
    coverageAnalysis: 'perTest',
    // A change of what is made as a file is loaded is every test's: each would take minutes.
    ignoreStatic: true,
    concurrency: Number(process.env.AIPLOYEES_MUTATION_WORKERS ?? Math.max(1, availableParallelism() - 1)),
    // Its warnings are that it can't tell where in out/ a test came from.
    logLevel: 'error',
    reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false, allowEmojis: false },
    htmlReporter: { fileName: `${results}.html` },
    jsonReporter: { fileName: `${results}.json` },
    allowConsoleColors: false,
    disableTypeChecks: false,
    checkers: [],
    allowEmpty: false,
  };
}

try {
  await installMissing();
  const settings = configuration();
  await installStryker();
  const file = join(home, 'settings.json');
  writeFileSync(file, JSON.stringify(settings, undefined, 2));
  process.exitCode = await exitCodeOf(process.execPath, [
    join(home, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'),
    'run',
    file,
  ]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
