import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The project's folder, whether this runs from `out/`, from the sources, or bundled elsewhere and started in the project. */
export const projectRoot = findRoot(__dirname) ?? resolve(process.cwd());

/** Everything downloaded or written by a run; ignored by git, free to be deleted at any time. */
export const downloads = join(projectRoot, '.vscode-test');

/** Screenshots and logs of what failed. */
export const testResults = join(projectRoot, 'test-results');

function findRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'esbuild.mjs')) && existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
