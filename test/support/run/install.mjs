// This runs before packages are installed, so it imports only modules of Node.
import { readFileSync } from 'node:fs';
import { root, run, npm } from './process.mjs';

/** Runs `npm ci` if node_modules doesn't match package-lock.json. */
export async function installMissing() {
  const reason = whatIsMissing();
  if (reason === undefined) return;
  console.log(`Installing packages (${reason}).`);
  await run(...npm('ci', '--no-audit', '--no-fund'));
}

function whatIsMissing() {
  const wanted = readPackages('package-lock.json');
  const present = readPackages('node_modules/.package-lock.json');
  if (!present) return 'there are none';
  for (const [path, { version, optional, link }] of Object.entries(wanted ?? {})) {
    if (path === '' || optional || link) continue;
    if (present[path]?.version !== version) return `${path.replace(/^node_modules\//, '')} ${version} is missing`;
  }
  return undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(new URL(file, root), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} can't be read.`, { cause: error });
  }
}
