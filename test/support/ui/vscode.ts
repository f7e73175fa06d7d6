import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, ViewportSize } from '@playwright/test';
import { changeSettings, openWindow, type VsCodeWindow } from '../../vscode-from-npm/window';
import { newest } from '../../vscode-from-npm/versions';
import { packagedExtension } from '../paths';
import { startServer, type VsCodeServer } from '../../vscode-from-npm/server';
import { Workbench } from '../workbench/workbench';
import { findKeys, findKeysIn, findUnhandledErrors, saveFindings } from '../runFindings';

export type Settings = Readonly<Record<string, unknown>>;

interface Place {
  readonly folder: string | undefined;
  readonly workspaceFile: string | undefined;
  readonly viewport: ViewportSize;
}

/** The VS Code server of a worker, whose tests open their windows in it one after the other. */
export class VsCode {
  /** The window of the last test, tidied for the next one. */
  private tidied: { readonly workbench: Workbench; readonly path: string } | undefined;
  private path = '';
  private tests = 0;

  private constructor(
    readonly server: VsCodeServer,
    private readonly browser: Browser,
  ) {}

  static async start(version: string, browser: Browser): Promise<VsCode> {
    const server = await startServer({
      version,
      userDataDir: await mkdtemp(join(tmpdir(), 'aiployees-ui-')),
      vsix: await packagedExtension(),
      builtinExtensions: 'for tests',
      coverage: version === newest.version,
    });
    return new VsCode(server, browser);
  }

  /** Opens a window without state and secrets, or takes the tidied one if it shows the same folder. */
  async openWindow(options: {
    readonly place: Place;
    readonly settings: Settings;
    readonly reuse: boolean;
  }): Promise<Workbench> {
    const { place, settings, reuse } = options;
    const { tidied } = this;
    this.path = place.workspaceFile ?? place.folder ?? '';
    this.tidied = undefined;
    // The title shows that an open window has read the settings file.
    const title = `Test ${++this.tests}`;
    await changeSettings(this.server, { ...settings, 'window.title': title }, 'instead of all');
    if (reuse && tidied?.path === this.path) {
      const { page, forgetConsole } = tidied.workbench.window;
      await page.setViewportSize(place.viewport);
      await page.waitForFunction((expected) => document.title === expected, title);
      await tidied.workbench.expectKeyPrompt();
      forgetConsole();
      return tidied.workbench;
    }
    await tidied?.workbench.window.dispose();
    const { folder, workspaceFile, viewport } = place;
    const window = await openWindow({ server: this.server, browser: this.browser, viewport, folder, workspaceFile });
    window.page.on('request', (request) =>
      findKeys('a request of the window', `${request.url()} ${request.postData() ?? ''}`),
    );
    return waitForStart(window);
  }

  /** Opens a window with the storage and secrets of another one. */
  async openSecondWindow({ context }: VsCodeWindow): Promise<Workbench> {
    return waitForStart(await openWindow({ server: this.server, browser: this.browser, context }));
  }

  /** Looks for keys in the window of a test, then closes the window, or tidies it for the next test. */
  async closeWindow(workbench: Workbench, test: { readonly title: string; readonly reuse: boolean }): Promise<void> {
    await findKeysInWindow(workbench, test.title);
    if (!test.reuse) return workbench.window.dispose();
    await workbench.tidy();
    this.tidied = { workbench, path: this.path };
  }

  /** Returns the logs of the page, the server, and the extension by name. */
  async logs({ window }: Workbench): Promise<readonly (readonly [string, string])[]> {
    const folder = join(this.server.userDataDir, 'logs');
    const paths = (await readdir(folder, { recursive: true })).filter((path) => /aiployees.*\.log$/.test(path));
    const logs = paths.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const);
    return [
      ['console.log', window.console.join('\n')],
      ['server.log', this.server.log()],
      ...(await Promise.all(logs)),
    ];
  }

  /** Stops the server, and looks for keys in everything that it has written. */
  async dispose(): Promise<void> {
    const { userDataDir } = this.server;
    await this.tidied?.workbench.window.dispose();
    await this.server.dispose();
    findKeys('the output of the server', this.server.log());
    await findKeysIn(userDataDir);
    await findUnhandledErrors(join(userDataDir, 'logs'));
    await saveFindings();
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function waitForStart(window: VsCodeWindow): Promise<Workbench> {
  const workbench = new Workbench(window);
  await workbench.containerIcon.waitFor();
  return workbench;
}

/** Looks through the page and its frames, its storage, its console, and the clipboard. */
async function findKeysInWindow(workbench: Workbench, test: string): Promise<void> {
  const { page, window } = workbench;
  for (const frame of page.frames()) findKeys(`a page after "${test}"`, await frame.content().catch(() => ''));
  findKeys(`the console after "${test}"`, window.console.join('\n'));
  const storage = await page.evaluate(() => JSON.stringify(localStorage)).catch(() => '');
  findKeys(`the browser's storage after "${test}"`, storage);
  const clipboard = await workbench.readClipboard().catch(() => '');
  if (clipboard !== workbench.writtenToClipboard) findKeys(`the clipboard after "${test}"`, clipboard);
}
