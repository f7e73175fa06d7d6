import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';
import type { SampleServer } from '../sampleServer';

/** Sample servers accept every well-formed key by default. */
const sampleKey = '7|a-key-of-the-tests';

/** Sets the API key by the command, and clears the notification that confirms it. */
export async function signIn(workbench: Workbench, key = sampleKey): Promise<void> {
  await workbench.run('AIployees: Set API Key…');
  await workbench.quick.submit(key);
  await workbench.notifications.read('API key saved for');
  await workbench.notifications.clear();
}

/** Signs in and opens the view, which sends the first list request. */
export async function showConversations(workbench: Workbench): Promise<void> {
  await signIn(workbench);
  await workbench.openContainer();
}

/** Types a filter line and applies it. */
export async function applyFilterLine(workbench: Workbench, line: string): Promise<void> {
  await workbench.run('AIployees: Filter Conversations…');
  await workbench.quick.submit(line);
  await workbench.quick.widget.waitFor({ state: 'hidden' });
}

export async function expectStatusBarText(workbench: Workbench, text: string): Promise<void> {
  await workbench.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text }).first().waitFor();
}

export async function expectRowDescription(
  { tree }: Workbench,
  label: string | RegExp,
  description: string,
): Promise<void> {
  await eventually(async () => assert.equal((await tree.read(label)).description, description));
}

export async function expectRowSelected({ tree }: Workbench, label: string | RegExp): Promise<void> {
  await eventually(async () => assert.equal((await tree.read(label)).selected, true));
}

/** Scrolls the tree down until a row is on the screen. */
export async function scrollTo({ tree, page }: Workbench, label: string | RegExp): Promise<void> {
  await page.locator('.part.sidebar .customview-tree').hover();
  await eventually(async () => {
    const found = (await tree.rows()).some((row) =>
      typeof label === 'string' ? row.label === label : label.test(row.label),
    );
    if (found) return;
    await page.mouse.wheel(0, 700);
    assert.fail(`There is no row "${label}" above here.`);
  });
}

/** Returns type and page of each list request in order: "test 1", "widget 1", "- 2" (no type). */
export function listRequests(server: SampleServer): string[] {
  return server
    .listQueries()
    .map(({ type, page, cursor }) => `${type ?? '-'} ${page ?? (cursor === undefined ? '1' : 'on')}`);
}

/** Waits until the window's storage contains the text: VS Code writes it with a delay. */
export async function waitForStoredText({ page }: Workbench, text: string): Promise<void> {
  await eventually(async () => {
    const stored = await page.evaluate(async () => {
      const read = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(new Error(String(request.error)));
        });
      const values: unknown[] = [];
      for (const { name } of await indexedDB.databases()) {
        if (name?.startsWith('vscode-web-state-db') !== true) continue;
        const database = await read(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
          const all: unknown[] = await read(database.transaction(store).objectStore(store).getAll());
          values.push(...all);
        }
        database.close();
      }
      return values.map(String);
    });
    assert.ok(
      stored.some((value) => value.includes(text)),
      `${text} is not kept yet.`,
    );
  });
}
