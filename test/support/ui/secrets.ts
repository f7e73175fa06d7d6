import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../workbench/workbench';

/** Returns the files of the profile (settings, state, logs) that contain the text. */
export async function filesWith({ window }: Workbench, text: string): Promise<string[]> {
  const folder = window.server.userDataDir;
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // Installed extensions aren't user data.
    if (!entry.isFile() || entry.parentPath.startsWith(join(folder, 'extensions'))) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

/** Returns the places that contain the text: the page, its frames, the console, the clipboard, and files. */
export async function placesWith(workbench: Workbench, text: string): Promise<string[]> {
  const { page, window } = workbench;
  const frames = await Promise.all(
    page
      .frames()
      .map(async (frame) => [`frame ${frame.url().slice(0, 60)}`, await frame.content().catch(() => '')] as const),
  );
  const places: readonly (readonly [string, string])[] = [
    ...frames,
    ['address', page.url()],
    ['console', window.console.join('\n')],
    ['server', window.server.log()],
    ['clipboard', await workbench.readClipboard()],
  ];
  return [
    ...places.filter(([, content]) => content.includes(text)).map(([name]) => name),
    ...(await filesWith(workbench, text)),
  ];
}

/** Returns the extension's log of this profile. */
export async function logText({ window }: Workbench): Promise<string> {
  const logs = join(window.server.userDataDir, 'logs');
  const paths = (await readdir(logs, { recursive: true })).filter((path) => path.endsWith('AIployees.log')).sort();
  return (await Promise.all(paths.map((path) => readFile(join(logs, path), 'utf8')))).join('\n');
}

/** Returns the visible part of the log in the output panel. */
export async function shownLog({ page }: Workbench): Promise<string> {
  const lines = await page.locator('.part.panel .view-lines .view-line').allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}
