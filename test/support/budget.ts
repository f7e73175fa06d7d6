import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { projectRoot } from './host/paths';

/** Bytes of all that is loaded before `activate()` can run. */
export const activationBudget = 100_000;
/** Bytes of the `.vsix`. */
export const packageBudget = 300_000;

/** Loads an extension without a VS Code, and prints the files that this loaded beside it, as JSON. */
const loading = `
  const Module = require('node:module');
  const anything = new Proxy(class {}, { get: (target, name) => (name in target ? target[name] : anything) });
  const load = Module._load;
  Module._load = (request, ...others) => (request === 'vscode' ? anything : load(request, ...others));
  require(process.argv[1]);
  console.log(JSON.stringify(Object.keys(require.cache)));
`;

/** The built files that come with the extension's main file, itself among them: no part that is loaded when it is first used. */
export function loadedAtActivation(main: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', loading, main], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${main} can't be loaded: ${stderr}`);
  return JSON.parse(stdout) as string[];
}

export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Bytes that a `.vsix` of what is built now would have, give or take a few: what ships, compressed, and the entries' names. */
export async function packedBytes(): Promise<number> {
  const { listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  const entry = (file: string): number => 2 * file.length + 100 + deflateRawSync(readFileSync(join(projectRoot, file))).length;
  return files.reduce((sum, file) => sum + entry(file), 0);
}
