// Recognizes the extension's files among all scripts of a process.
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootPath } from '../run/process.mjs';

/** The installed extension: packed from dist, which has the source maps of its entry and chunks. */
const installed = /\/extensions\/[^/]+aiployees[^/]*\/dist\/((?:[\w-]+\/)*[\w-]+\.c?js)$/;

/** Returns the built file of a script's URL; undefined if it isn't part of the extension. */
export function findFile(url) {
  if (!url.startsWith('file:')) return undefined;
  const packed = installed.exec(url)?.[1];
  if (packed !== undefined) return join(rootPath, 'dist', packed);
  const file = fileURLToPath(url);
  const path = relative(rootPath, file).replaceAll('\\', '/');
  return /^(?:dist|out\/test)\/.*\.c?js$/.test(path) ? file : undefined;
}
