import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { projectRoot } from './paths';

/** Bytes of the `.vsix`. */
export const packageBudget = 380_000;

/** esbuild's metafile of the app: https://esbuild.github.io/api/#metafile. */
interface Metafile {
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The files of the app and its chunks, by path from the project's folder. */
export function appOutputs(): Metafile['outputs'] {
  const { outputs } = JSON.parse(readFileSync(join(projectRoot, 'dist', 'app.meta.json'), 'utf8')) as Metafile;
  return Object.fromEntries(Object.entries(outputs).filter(([path]) => path.endsWith('.js')));
}

/** The built files that a file of the app imports, including itself, without chunks that `import()` loads later. */
export function loadedWith(file: string): readonly string[] {
  const outputs = appOutputs();
  const loaded = new Set([relative(projectRoot, file)]);
  for (const path of loaded) {
    const imported = outputs[path]?.imports ?? [];
    for (const { path: to, kind, external } of imported)
      if (kind === 'import-statement' && external !== true) loaded.add(to);
  }
  return [...loaded].map((path) => join(projectRoot, path));
}

/** The files that activation loads, and the files that the first display of the tree loads in addition. */
export const firstLoaded = {
  activation: join(projectRoot, 'dist', 'extension.cjs'),
  app: join(projectRoot, 'dist', 'app.js'),
} as const;

export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Estimates the bytes of a `.vsix` of the current build: the compressed files, and their names. */
export async function packedBytes(): Promise<number> {
  const { listFiles, PackageManager } = await import('@vscode/vsce');
  const files = await listFiles({ cwd: projectRoot, packageManager: PackageManager.None });
  const entry = (file: string): number =>
    2 * file.length + 100 + deflateRawSync(readFileSync(join(projectRoot, file))).length;
  return files.reduce((sum, file) => sum + entry(file), 0);
}
