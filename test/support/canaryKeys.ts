import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What is known of the keys of a run. Each test file is a bundle of its own, so it can be in no module; and where files run in
 * processes of their own, each leaves what it knows in the folder that the environment names.
 */
interface Run {
  readonly secrets: Set<string>;
  /** Places where a key was found that has no business there. */
  readonly found: string[];
  profiles: number;
}

const handedOver = process.env['AIPLOYEES_KEYS_OF_THE_RUN'];
const name = Symbol.for('aiployees.keysOfTheRun');
const holder = globalThis as unknown as Record<symbol, Run | undefined>;
export const keysOfTheRun: Run = (holder[name] ??= { secrets: new Set(), found: [], profiles: 0 });

/** Remembers the key that a server was shown: from now on it must be found nowhere else. */
export function noteKey(authorization: string | undefined): void {
  const secret = /^Bearer (?:\d+\|)?(.{8,})$/.exec(authorization ?? '')?.[1];
  if (secret !== undefined) keysOfTheRun.secrets.add(secret);
}

/** Looks for every key so far, also as it stands in an address. */
export function lookForKeys(place: string, content: string | Buffer): void {
  for (const secret of keysOfTheRun.secrets) {
    for (const written of new Set([secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, -4)])) {
      if (content.includes(written)) keysOfTheRun.found.push(`${place}: ${secret}`);
    }
  }
}

/** Leaves what this process knows to the one that tells of the whole run. */
export function handOverKeys(): void {
  const { secrets, found, profiles } = keysOfTheRun;
  if (handedOver !== undefined) writeFileSync(join(handedOver, `${process.pid}.json`), JSON.stringify({ secrets: [...secrets], found, profiles }));
}

/** Takes what other processes have left. */
export function takeKeys(): void {
  for (const file of handedOver === undefined ? [] : readdirSync(handedOver)) {
    const { secrets, found, profiles } = JSON.parse(readFileSync(join(handedOver ?? '', file), 'utf8')) as { secrets: string[]; found: string[]; profiles: number };
    for (const secret of secrets) keysOfTheRun.secrets.add(secret);
    keysOfTheRun.found.push(...found);
    keysOfTheRun.profiles += profiles;
  }
}

/** Looks through every file of a folder but those of installed extensions. One that isn't there holds none. */
export async function lookForKeysIn(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile() || entry.parentPath.startsWith(join(folder, 'extensions'))) continue;
    const path = join(entry.parentPath, entry.name);
    lookForKeys(path, await readFile(path));
  }
}
