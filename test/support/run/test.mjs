// npm test [-- core|host|ui] [--vscode VERSION] [--grep TEXT]: everything that must hold before a change is done. Installs
// missing packages first, so this file imports only modules of Node.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMeasuring } from '../coverage/measure.mjs';
import { installMissing } from './install.mjs';
import { exitCodeOf, inParallel, root, rootPath, script, tool } from './process.mjs';

const pinned = JSON.parse(readFileSync(new URL('test/vscode-from-npm/versions.json', root), 'utf8'));
const [oldest, newest] = [pinned.oldest.version, pinned.newest.version];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { vscode: { type: 'string' }, grep: { type: 'string' } },
});
const parts = ['core', 'host', 'ui'];
const unknown = positionals.find((part) => !parts.includes(part));
if (unknown !== undefined || ![undefined, oldest, newest].includes(values.vscode)) {
  console.error(`Usage: npm test [-- ${parts.join('|')}] [--vscode ${oldest}|${newest}] [--grep TEXT]`);
  process.exit(2);
}
const wants = (part) => positionals.length === 0 || positionals.includes(part);
const versions = values.vscode === undefined ? [oldest, newest] : [values.vscode];
const grep = values.grep === undefined ? [] : ['--grep', values.grep];

const sum = { passed: 0, failed: 0, skipped: 0 };
const timings = [];
const failures = [];
const scratch = mkdtempSync(join(tmpdir(), 'aiployees-test-'));
const measured = startMeasuring(join(scratch, 'coverage'));

/**
 * Runs one step. A step that fails counts as a failed test, and the run continues.
 * @param name prefix of its output if it runs at the same time as others
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
 * Runs a test runner, and adds up its counts.
 * @param results file that the runner writes its counts to
 * @param readCounts reads the counts from the parsed file
 */
async function tests(title, command, env, results, readCounts = (counts) => counts, name = undefined) {
  await step(
    title,
    async () => {
      rmSync(results, { force: true });
      const code = await exitCodeOf(...command, env, name);
      const counts = readCounts(JSON.parse(readFileSync(results, 'utf8')));
      for (const key of Object.keys(sum)) sum[key] += counts[key];
      failures.push(...counts.failures.map((failure) => `${title}: ${failure}`));
      if (counts.passed + counts.failed === 0 && grep.length === 0) throw new Error('no test ran');
      if (code !== 0 && counts.failed === 0) throw new Error(`exit code ${code} although no test failed`);
    },
    name,
  );
}

function mochaTests(title, command, env, name) {
  const results = join(scratch, `${title.replaceAll(/\W+/g, '-')}.json`);
  return tests(title, command, { ...env, AIPLOYEES_TEST_RESULTS: results }, results, undefined, name);
}

/** The counts in a report of Playwright's JSON reporter. */
function playwrightCounts({ stats, suites, errors }) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const failed = suites.flatMap(specs).filter(({ ok }) => !ok);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: [
      ...failed.map(({ file, line, title, tests: [test] }) => `[${test.projectName}] ${file}:${line} ${title}`),
      ...errors.map(({ message }) => message),
    ],
  };
}

async function everything() {
  if (!(await step('install', installMissing))) return;
  if (!(await step('build', () => succeed(script('esbuild.mjs', '--tests'))))) return;
  const jobs = [];
  if (wants('core')) {
    const mocha = tool('mocha/bin/mocha.js', ...grep);
    jobs.push(() => mochaTests('core tests', mocha, measured.node, 'core'));
  }
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
    for (const version of versions) {
      const command = tool('@vscode/test-cli/out/bin.mjs', '--label', version, ...grep);
      jobs.push(() => mochaTests(`host tests in VS Code ${version}`, command, measured.hosts, `${version} host`));
    }
  }
  if (jobs.length > 0) await step('checks, core and host tests', () => inParallel(jobs));
  if (wants('ui')) {
    const projects = versions.flatMap((version) => ['--project', version]);
    const command = tool('@playwright/test/cli.js', 'test', '--forbid-only', ...projects, ...grep);
    const env = { ...measured.hosts, ...(values.vscode === undefined ? {} : { AIPLOYEES_ALL_FILES: '1' }) };
    await tests('UI tests', command, env, join(rootPath, 'test-results', 'ui.json'), playwrightCounts);
  }
  const whole = positionals.length === 0 && values.vscode === undefined;
  if (grep.length === 0) await step('coverage', () => measured.report(whole));
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
