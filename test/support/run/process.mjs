import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = new URL('../../../', import.meta.url);
export const rootPath = fileURLToPath(root);

/** Returns the command that runs npm, also if npm didn't start this process. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith('.js') ? [process.execPath, [cli, ...args]] : ['npm', args];
}

/** Returns the command that runs a script of a package. */
export function tool(script, ...args) {
  return [process.execPath, [fileURLToPath(new URL(`node_modules/${script}`, root)), ...args]];
}

/** Returns the command that runs a script of this project. */
export function script(path, ...args) {
  return [process.execPath, [fileURLToPath(new URL(path, root)), ...args]];
}

/**
 * Runs a command in the project's folder, and resolves with its exit code. A signal counts as 1.
 * @param name prefix of its output if it runs at the same time as others
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

/** Prints the output of a process with a prefix before each line. */
export function showLines(child, name) {
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (line) => console.log(`[${name()}] ${line}`));
  }
}

/** Runs a command. Throws if the exit code isn't 0. */
export async function run(command, args, env) {
  const code = await exitCodeOf(command, args, env);
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}.`);
}

/** Runs jobs in parallel: one per processor, at least two, because each spends some time waiting. */
export async function inParallel(jobs) {
  const left = [...jobs];
  const worker = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await job();
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}
