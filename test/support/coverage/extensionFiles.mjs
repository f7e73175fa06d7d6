// Which of the scripts that a process ran are ours.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootPath } from '../run/process.mjs';

/** The extension as it is installed: packed from dist, where the maps of its entry and of its parts are. */
const installed = /\/extensions\/[^/]+aiployees[^/]*\/dist\/((?:[\w-]+\/)*[\w-]+\.c?js)$/;

/** The file that a script of this address was built as; undefined where it is none of ours. */
export function findFile(url) {
  if (!url.startsWith('file:')) return undefined;
  const packed = installed.exec(url)?.[1];
  if (packed !== undefined) return join(rootPath, 'dist', packed);
  const file = fileURLToPath(url);
  const path = relative(rootPath, file).replaceAll('\\', '/');
  return /^(?:dist|out\/test)\/.*\.c?js$/.test(path) ? file : undefined;
}
