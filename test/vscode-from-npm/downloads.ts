import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, runNpm } from './commands';
import type { PinnedPackage } from './versions';
import { downloads } from '../support/paths';

const stagingPrefix = '.staging-';

/**
 * Creates `.vscode-test/NAME` once. `fill` works in a temporary folder, which is renamed when it is complete: a killed run
 * leaves no incomplete folder, and of two concurrent runs the later one discards its copy.
 */
export async function madeOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const target = join(downloads, name);
  if (existsSync(target)) return target;
  await mkdir(downloads, { recursive: true });
  await removeAbandoned();
  const staging = join(downloads, `${stagingPrefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(staging);
  try {
    await fill(staging);
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** Downloads a package, checks its hash, and unpacks its folder `inside` into `folder`. */
export async function unpackPackage(pinned: PinnedPackage, inside: string, folder: string): Promise<void> {
  const spec = `${pinned.name}@${pinned.version}`;
  await runNpm(['pack', spec, '--pack-destination', folder], folder);
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack ${spec} left no tarball.`);
  const file = join(folder, tarball);
  const found = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (found !== pinned.integrity) {
    throw new Error(`${spec} is not the package that was pinned: ${found} instead of ${pinned.integrity}.`);
  }
  await runCommand('tar', ['-xzf', file, '-C', folder, `--strip-components=${inside.split('/').length}`, inside]);
  await rm(file);
}

async function removeAbandoned(): Promise<void> {
  for (const entry of await readdir(downloads)) {
    if (!entry.startsWith(stagingPrefix)) continue;
    const owner = Number(entry.slice(stagingPrefix.length).split('-')[0]);
    if (!isAlive(owner)) await rm(join(downloads, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
