import { writeFile } from 'node:fs/promises';
import { test as base, type ViewportSize } from '@playwright/test';
import { newest } from '../../vscode-from-npm/versions';
import type { Workbench } from '../workbench/workbench';
import type { VsCodeWindow } from '../../vscode-from-npm/window';
import { browserOptions } from '../../vscode-from-npm/browser';
import { startSampleServer, type SampleServer, type SampleServerOptions } from '../sampleServer';
import { startEmptyServer } from './details';
import { TestFolder } from './testFolder';
import { VsCode, type Settings } from './vscode';

export { expect } from '@playwright/test';

/** Set with `test.use`. */
interface Options {
  /** Sample data of the test's server; `empty` starts without conversations. */
  sample: SampleServerOptions | 'empty';
  /** Settings of the window, in addition to the base URL of the test's server. */
  settings: Settings;
  /** Absolute path of the folder that the window opens. */
  folder: string | undefined;
  /** Absolute path of the `.code-workspace` file that the window opens instead of a folder. */
  workspaceFile: string | undefined;
  /**
   * Tidies the window after the test, and hands it to the next test, which takes a third of the time of a new one. A test
   * of how a window starts, or of what it stores, needs a new window.
   */
  reuseWindow: boolean;
}

interface Fixtures {
  /** A server with sample data, on a port that no earlier test has used: for the extension, a new account. */
  server: SampleServer;
  /** A VS Code window with the extension installed and no API key. */
  workbench: Workbench;
  window: VsCodeWindow;
  /** Opens a second window with the storage and secrets of the first. */
  openSecondWindow: () => Promise<Workbench>;
  /** An empty folder, to open with the option `folder`. */
  workspace: TestFolder;
}

interface WorkerFixtures {
  vscodeVersion: string;
  vscode: VsCode;
  workerFolder: TestFolder;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  sample: [{}, { option: true }],
  settings: [{}, { option: true }],
  folder: [undefined, { option: true }],
  workspaceFile: [undefined, { option: true }],
  reuseWindow: [false, { option: true }],
  vscodeVersion: [newest.version, { option: true, scope: 'worker' }],

  launchOptions: [async ({}, use) => use(await browserOptions()), { scope: 'worker', timeout: 300_000 }],

  vscode: [
    async ({ vscodeVersion, browser }, use) => {
      const vscode = await VsCode.start(vscodeVersion, browser);
      await use(vscode);
      await vscode.dispose();
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  server: async ({ sample }, use) => {
    const server = await (sample === 'empty' ? startEmptyServer() : startSampleServer(sample));
    await use(server);
    await server.close();
  },

  workbench: [
    async ({ vscode, server, settings, folder, workspaceFile, viewport, reuseWindow }, use, testInfo) => {
      const workbench = await vscode.openWindow({
        place: { folder, workspaceFile, viewport: viewport as ViewportSize },
        settings: { 'aiployees.baseUrl': server.url, ...settings },
        reuse: reuseWindow,
      });
      await use(workbench);
      // Close the server first, so that no pending response reaches the next test.
      await server.close();
      const isFailed = testInfo.status !== testInfo.expectedStatus;
      if (isFailed) {
        for (const [name, text] of await vscode.logs(workbench)) {
          const path = testInfo.outputPath(name.replaceAll('/', '-'));
          await writeFile(path, text);
          testInfo.attachments.push({ name, path, contentType: 'text/plain' });
        }
      }
      await vscode.closeWindow(workbench, { title: testInfo.titlePath.join(' › '), reuse: reuseWindow && !isFailed });
    },
    { timeout: 120_000 },
  ],

  window: async ({ workbench }, use) => use(workbench.window),

  openSecondWindow: async ({ vscode, window }, use) => {
    const opened: VsCodeWindow[] = [];
    await use(async () => {
      const workbench = await vscode.openSecondWindow(window);
      opened.push(workbench.window);
      return workbench;
    });
    for (const each of opened) await each.dispose();
  },

  workerFolder: [
    async ({}, use) => {
      const folder = await TestFolder.create();
      await use(folder);
      await folder.remove();
    },
    { scope: 'worker' },
  ],

  workspace: async ({ workerFolder }, use) => {
    await workerFolder.empty();
    await use(workerFolder);
  },
});
