import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { projectRoot } from './host/paths';

/** Bytes of all that is loaded at activation, and with the first look at the tree. */
export const extensionBudget = 100_000;
/** Bytes of the `.vsix`. */
export const packageBudget = 380_000;

/** Loads an extension without a VS Code, and prints the files that this loaded beside it, as JSON. */
const loading = `
  const Module = require('node:module');
  const anything = new Proxy(class {}, { get: (target, name) => (name in target ? target[name] : anything) });
  const load = Module._load;
  Module._load = (request, ...others) => (request === 'vscode' ? anything : load(request, ...others));
  require(process.argv[1]);
  console.log(JSON.stringify(Object.keys(require.cache)));
`;

/** The built files that come with a file, itself among them: no part that is loaded when it is first used. */
export function loadedWith(file: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', loading, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} can't be loaded: ${stderr}`);
  return JSON.parse(stdout) as string[];
}

/** What activation loads, and what the first look at the tree loads beside it. */
export const firstLoaded = {
  activation: join(projectRoot, 'dist', 'extension.js'),
  app: join(projectRoot, 'dist', 'app.js'),
} as const;

export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Bytes that a `.vsix` of what is built now would have, give or take a few: what ships, compressed, and the entries' names. */
export async function packedBytes(): Promise<number> {
  const { listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  const entry = (file: string): number =>
    2 * file.length + 100 + deflateRawSync(readFileSync(join(projectRoot, file))).length;
  return files.reduce((sum, file) => sum + entry(file), 0);
}
