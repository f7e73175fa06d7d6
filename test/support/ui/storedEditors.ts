import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';

/**
 * Waits until the stored state of VS Code and the extension contains these texts. In a browser, VS Code stores it every
 * few seconds, and a reload loses newer state.
 */
export async function waitForStoredEditors({ page }: Workbench, ...texts: readonly string[]): Promise<void> {
  await eventually(async () => {
    const stored = await page.evaluate(readStoredState);
    for (const text of texts) assert.ok(stored.includes(text), `"${text}" is not among what is kept: ${stored}`);
  });
}

/** Runs in the page. Removes the backslashes of JSON in JSON. */
async function readStoredState(): Promise<string> {
  const result = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('It could not be read.'));
    });
  const texts: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db')) continue;
    const database = await result(indexedDB.open(name));
    if (database.objectStoreNames.contains('ItemTable')) {
      const table = database.transaction('ItemTable').objectStore('ItemTable');
      texts.push(...(await result(table.getAll())).map(String));
    }
    database.close();
  }
  // The list of opened conversations is stored earlier than the editors.
  return texts
    .join('\n')
    .replaceAll('\\', '')
    .replace(/"aiployees\.recent":\[[^\]]*\]/g, '');
}
