import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What is known of a run as a whole. Each test file is a bundle of its own, so it can be in no module; and where files run in
 * processes of their own, each leaves what it knows in the folder that the environment names.
 */
interface RunFindings {
  /** Keys. */
  readonly secrets: Set<string>;
  /** Places where a key was found that has no business there. */
  readonly found: string[];
  /** What the extension threw, or rejected, where nobody caught it: VS Code's words for it. */
  readonly unhandled: string[];
  profiles: number;
}

const handedOver = process.env['AIPLOYEES_RUN_FINDINGS'];
const name = Symbol.for('aiployees.runFindings');
const holder = globalThis as unknown as Record<symbol, RunFindings | undefined>;
export const runFindings: RunFindings = (holder[name] ??= {
  secrets: new Set(),
  found: [],
  unhandled: [],
  profiles: 0,
});

/** Remembers the key that a server was shown: from now on it must be found nowhere else. */
export function noteKey(authorization: string | undefined): void {
  const secret = /^Bearer (?:\d+\|)?(.{8,})$/.exec(authorization ?? '')?.[1];
  if (secret !== undefined) runFindings.secrets.add(secret);
}

/** Looks for every key so far, also as it stands in an address. */
export function lookForKeys(place: string, content: string | Buffer): void {
  for (const secret of runFindings.secrets) {
    for (const written of new Set([
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').slice(0, -4),
    ])) {
      if (content.includes(written)) runFindings.found.push(`${place}: ${secret}`);
    }
  }
}

/** Leaves what this process knows to the one that tells of the whole run. */
export function handOver(): void {
  const { secrets, found, unhandled, profiles } = runFindings;
  if (handedOver !== undefined)
    writeFileSync(
      join(handedOver, `${process.pid}.json`),
      JSON.stringify({ secrets: [...secrets], found, unhandled, profiles }),
    );
}

/** Takes what other processes have left. */
export function takeOver(): void {
  for (const file of handedOver === undefined ? [] : readdirSync(handedOver)) {
    const { secrets, found, unhandled, profiles } = JSON.parse(
      readFileSync(join(handedOver ?? '', file), 'utf8'),
    ) as Omit<RunFindings, 'secrets'> & { secrets: string[] };
    for (const secret of secrets) runFindings.secrets.add(secret);
    runFindings.found.push(...found);
    runFindings.unhandled.push(...unhandled);
    runFindings.profiles += profiles;
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

/** Looks through the logs of extension hosts for what nobody caught: each entry goes on until the next line with a time. */
export async function lookForUnhandled(logs: string, extension: string): Promise<void> {
  const paths = await readdir(logs, { recursive: true }).catch(() => []);
  for (const path of paths.filter((each) => each.endsWith('exthost.log'))) {
    const entries = (await readFile(join(logs, path), 'utf8')).split(/\n(?=\d{4}-\d\d-\d\d )/);
    runFindings.unhandled.push(...entries.filter((entry) => entry.includes('[error]') && entry.includes(extension)));
  }
}
