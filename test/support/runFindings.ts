import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Findings of all workers of a run in the windows and profiles that they used. */
export interface Findings {
  readonly keys: readonly string[];
  /** Places that contain a key. */
  readonly leaks: readonly string[];
  /** Uncaught errors and rejections of the extension, from VS Code's logs. */
  readonly unhandledErrors: readonly string[];
}

/** Keys that the servers of this process have received. No other place may contain them. */
const keys = new Set<string>();
const leaks = new Set<string>();
const unhandledErrors: string[] = [];

export function noteKey(authorization: string | undefined): void {
  const key = /^Bearer (?:\d+\|)?(.{8,})$/.exec(authorization ?? '')?.[1];
  if (key !== undefined) keys.add(key);
}

/** Searches for all keys so far, also in URL encoding and Base64. */
export function findKeys(place: string, content: string | Buffer): void {
  for (const key of keys) {
    const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64').slice(0, -4)];
    if (forms.some((form) => content.includes(form))) leaks.add(`${place}: ${key}`);
  }
}

/** Searches the files of a profile, except installed extensions. */
export async function findKeysIn(profile: string): Promise<void> {
  for (const entry of await readdir(profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.startsWith(join(profile, 'extensions'))) continue;
    const path = join(entry.parentPath, entry.name);
    findKeys(path, await readFile(path));
  }
}

/** Searches the logs of the extension hosts. An entry ends before the next line that starts with a date. */
export async function findUnhandledErrors(logs: string): Promise<void> {
  for (const path of await readdir(logs, { recursive: true })) {
    if (!path.endsWith('exthost.log')) continue;
    const entries = (await readFile(join(logs, path), 'utf8')).split(/\n(?=\d{4}-\d\d-\d\d )/);
    const ofExtension = (entry: string): boolean =>
      entry.includes('[error]') && entry.includes('aiployees-conversations');
    unhandledErrors.push(...entries.filter(ofExtension));
  }
}

/** Saves the findings of this process for the tests of the whole run. */
export async function saveFindings(): Promise<void> {
  const findings: Findings = { keys: [...keys], leaks: [...leaks], unhandledErrors };
  await writeFile(join(findingsFolder(), `${process.pid}.json`), JSON.stringify(findings));
}

/** The findings of all workers. */
export async function readFindings(): Promise<Findings> {
  const folder = findingsFolder();
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
  const all = texts.map((text) => JSON.parse(text) as Findings);
  return {
    keys: all.flatMap((each) => each.keys),
    leaks: all.flatMap((each) => each.leaks),
    unhandledErrors: all.flatMap((each) => each.unhandledErrors),
  };
}

/** Created by the global setup of a run. */
function findingsFolder(): string {
  const folder = process.env['AIPLOYEES_RUN_FINDINGS'];
  if (folder === undefined) throw new Error('AIPLOYEES_RUN_FINDINGS is not set.');
  return folder;
}
