import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/**
 * The project's folder, whether this runs from `out/`, from the sources, or from a bundle that was started in the
 * project.
 */
export const projectRoot = findRoot(__dirname) ?? resolve(process.cwd());

/** Downloads and files of runs; ignored by git, and can be deleted at any time. */
export const downloads = join(projectRoot, '.vscode-test');

/** Screenshots and logs of failed tests. */
export const testResults = join(projectRoot, 'test-results');

/** The `.vsix` in AIPLOYEES_VSIX, or else the one that `npm run package` creates. */
export async function packagedExtension(): Promise<string> {
  const named = process.env['AIPLOYEES_VSIX'];
  if (named !== undefined) return named;
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8');
  const { name, version } = JSON.parse(text) as { name: string; version: string };
  return join(projectRoot, `${name}-${version}.vsix`);
}

function findRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'esbuild.mjs')) && existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
