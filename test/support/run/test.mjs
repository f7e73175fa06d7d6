// npm test [-- core|host|ui] [--vscode VERSION] [--grep TEXT]: everything that must hold before a change is done. Only
// Node's own modules are needed to begin; what is missing is installed first.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measuring } from '../coverage/measure.mjs';
import { installMissing } from './install.mjs';
import { exitCodeOf, inParallel, rootPath, script, tool } from './process.mjs';
import { runUserTests, wholeRun } from './userTests.mjs';

const versions = ['1.100.3', '1.139.1'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { vscode: { type: 'string' }, grep: { type: 'string' } },
});
const parts = ['core', 'host', 'ui'];
const unknown = positionals.find((part) => !parts.includes(part));
if (unknown !== undefined || (values.vscode !== undefined && !versions.includes(values.vscode))) {
  console.error(`Usage: npm test [-- ${parts.join('|')}] [--vscode ${versions.join('|')}] [--grep TEXT]`);
  process.exit(2);
}
const wants = (part) => positionals.length === 0 || positionals.includes(part);
const chosenVersions = values.vscode === undefined ? versions : [values.vscode];

const sum = { passed: 0, failed: 0, skipped: 0 };
const timings = [];
const failures = [];
const only = values.grep === undefined ? {} : { AIPLOYEES_TEST_GREP: values.grep };
const scratch = mkdtempSync(join(tmpdir(), 'aiployees-test-'));
const measured = measuring(join(scratch, 'coverage'));

/**
 * Runs one step under a heading. One that throws or ends badly counts as a failed test, and the run goes on.
 * @param name given where it runs beside others: its time is told at once
 */
async function step(title, work, name = undefined) {
  const began = Date.now();
  console.log(`${name === undefined ? '\n' : ''}== ${title}`);
  try {
    await work();
    return true;
  } catch (error) {
    console.error(`${title} failed: ${error.message}`);
    failures.push(`${title} failed: ${error.message}`);
    sum.failed += 1;
    return false;
  } finally {
    const time = `${Math.round((Date.now() - began) / 100) / 10} s`;
    if (name === undefined) timings.push(`${title} ${time}`);
    else console.log(`[${name}] took ${time}`);
  }
}

async function succeed(command, env, name) {
  const code = await exitCodeOf(...command, env, name);
  if (code !== 0) throw new Error(`exit code ${code}`);
}

/**
 * Runs tests and adds up what they counted.
 * @param run is given the path for their counts, and resolves with an exit code
 * @param name stands before each line of their output
 */
async function tests(title, run, name = undefined) {
  await step(
    title,
    async () => {
      const results = join(scratch, `${title.replaceAll(/\W+/g, '-')}.json`);
      const code = await run(results);
      const counts = readCounts(results);
      if (!counts) throw new Error(`it ended with exit code ${code} before it could count its tests`);
      for (const key of Object.keys(sum)) sum[key] += counts[key];
      failures.push(...counts.failures.map((failure) => `${title}: ${failure}`));
      if (counts.passed + counts.failed === 0 && values.grep === undefined) throw new Error('no test ran');
      if (code !== 0 && counts.failed === 0) throw new Error(`exit code ${code} although no test failed`);
    },
    name,
  );
}

/** What runs tests in a process of their own. */
function inProcess(command, env, name) {
  return (results) => exitCodeOf(...command, { ...env, ...only, AIPLOYEES_TEST_RESULTS: results }, name);
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function everything() {
  if (!(await step('install', installMissing))) return;
  if (!(await step('build', () => succeed(script('esbuild.mjs', '--tests'))))) return;
  const jobs = [];
  if (wants('core'))
    jobs.push(() =>
      tests('core tests', inProcess(script('out/test/support/runners/nodeTests.cjs'), measured.node, 'core'), 'core'),
    );
  if (positionals.length === 0) {
    const check = (title, command) => jobs.push(() => step(title, () => succeed(command, {}, title), title));
    check('lint', tool('eslint/bin/eslint.js', '.'));
    check('format', tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'));
    for (const [title, project] of [
      ['src', '.'],
      ['media', 'media'],
      ['test', 'test'],
    ]) {
      check(`types of ${title}`, tool('typescript/bin/tsc', '-p', project));
    }
  }
  if (wants('host')) {
    for (const version of chosenVersions) {
      const env = { AIPLOYEES_VSCODE: version, ...measured.hosts };
      const run = inProcess(script('out/test/support/runners/hostTests.cjs'), env, `${version} host`);
      jobs.push(() => tests(`host tests in VS Code ${version}`, run, `${version} host`));
    }
  }
  if (jobs.length > 0) await step('checks, core and host tests', () => inParallel(jobs));
  if (wants('ui')) await userTests();
  const whole = positionals.length === 0 && values.vscode === undefined;
  if (values.grep === undefined) await step('coverage', () => measured.tell(whole));
}

async function userTests() {
  let vsix = '';
  const packed = await step('package', async () => {
    const { makeVsix } = await import('./package.mjs');
    vsix = await makeVsix();
  });
  if (!packed) return;
  rmSync(join(rootPath, 'test-results', 'ui'), { recursive: true, force: true });
  const keys = join(scratch, 'keys');
  mkdirSync(keys);
  const envOf = (version) => ({
    ...{ AIPLOYEES_VSCODE: version, AIPLOYEES_VSIX: vsix, AIPLOYEES_RUN_FINDINGS: keys, ...only },
    ...(version === versions.at(-1) ? measured.hosts : {}),
  });
  const tell = (version, file, run) => tests(`user tests in VS Code ${version}: ${file}`, run, `${version} ${file}`);
  await step('user tests', () => runUserTests(chosenVersions, envOf, tell));
  const newest = chosenVersions.at(-1);
  const last = inProcess(
    script('out/test/support/runners/uiTests.cjs', wholeRun),
    envOf(newest),
    `${newest} ${wholeRun}`,
  );
  await tell(newest, wholeRun, last);
}

await everything();
rmSync(scratch, { recursive: true, force: true });
if (sum.passed + sum.failed === 0) {
  console.error('No test ran.');
  sum.failed = 1;
}
if (failures.length > 0) console.log(`\n== failed\n${failures.join('\n\n')}`);
console.log(`\n${timings.join(', ')}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
process.exitCode = sum.failed === 0 ? 0 : 1;
