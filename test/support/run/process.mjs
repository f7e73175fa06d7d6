import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = new URL('../../../', import.meta.url);
export const rootPath = fileURLToPath(root);

/** The command that runs npm, whether this was started by it or by hand. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
}

/** The command that runs a tool of this project's packages. */
export function tool(script, ...args) {
  return [process.execPath, [fileURLToPath(new URL(`node_modules/${script}`, root)), ...args]];
}

/** The command that runs a script of this project. */
export function script(path, ...args) {
  return [process.execPath, [fileURLToPath(new URL(path, root)), ...args]];
}

/**
 * Runs a command in the project's folder, its output shown. Resolves with its exit code; a signal counts as 1.
 * @param name stands before each line of output, to tell commands apart that run at the same time
 */
export function exitCodeOf(command, args, env = {}, name = undefined) {
  return new Promise((resolve, reject) => {
    const stdio = name === undefined ? 'inherit' : ['inherit', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: rootPath, stdio, env: { ...process.env, ...env } });
    if (name !== undefined) showLines(child, () => name);
    child.on('error', (cause) => reject(new Error(`${command} could not be started.`, { cause })));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Shows what a process prints, each line behind the name that it goes by at the time. */
export function showLines(child, name) {
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => console.log(`[${name()}] ${line}`));
  }
}

/** Runs a command as above; a failure is an error. */
export async function run(command, args, env) {
  const code = await exitCodeOf(command, args, env);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}.`);
}

/** Works through jobs, as many at a time as there are processors, but two at least: each spends some of its time on waiting. */
export async function inParallel(jobs) {
  const left = [...jobs];
  const worker = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await job();
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}
