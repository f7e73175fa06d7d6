import { appendFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { handOverKeys, keysOfTheRun, lookForKeys, lookForKeysIn } from '../canaryKeys';
import {
  changeSettings,
  launchBrowser,
  newest,
  openWindow,
  projectRoot,
  startServer,
  testResults,
  Workbench,
  type VsCodeServer,
  type VsCodeWindow,
  type WindowOptions,
} from '../host';

type Settings = Readonly<Record<string, unknown>>;

export interface SuiteOptions {
  /** Settings of the window, asked for before each test: a function may name a server that a `before` hook started. */
  readonly settings?: Settings | (() => Settings);
  /** Absolute path of a folder to open, or what tells it before each test. */
  readonly folder?: string | (() => string) | undefined;
  /** Absolute path of a `.code-workspace` file to open instead. */
  readonly workspaceFile?: string | undefined;
  readonly viewport?: WindowOptions['viewport'];
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * `fresh`, the default: each test has a window in which nothing was done before. `tidied`: the window goes on to the next
   * test, its editors closed and its notifications cleared, and the view asks for a key, which takes half of the time or
   * less. For suites each of whose tests has a server of its own: to the extension that is an account that it does not know.
   */
  readonly window?: 'fresh' | 'tidied';
}

export interface VsCodeSuite {
  /** The window of the running test: fresh, with no state, no secrets and the extension installed. */
  readonly workbench: Workbench;
  readonly window: VsCodeWindow;
  readonly server: VsCodeServer;
  /** A second window with the same storage and secrets as the test's own. */
  secondWindow(): Promise<Workbench>;
}

/**
 * Gives the suite that calls it a VS Code with the packaged extension: one server for the suite, a fresh window for each
 * test. Of a failed test a screenshot, the page's console and the server's logs are kept in `test-results/ui/`.
 */
export function useVsCode(options: SuiteOptions = {}): VsCodeSuite {
  const version = process.env['AIPLOYEES_VSCODE'] ?? newest.version;
  let profile: string | undefined;
  let server: VsCodeServer | undefined;
  let browser: Browser | undefined;
  let window: VsCodeWindow | undefined;
  let workbench: Workbench | undefined;
  let tests = 0;
  const more: VsCodeWindow[] = [];

  before('start VS Code', async function () {
    this.timeout(300_000);
    profile = await mkdtemp(join(tmpdir(), 'aiployees-ui-'));
    const vsix = process.env['AIPLOYEES_VSIX'] ?? (await packagedExtension());
    server = await startServer({
      version,
      userDataDir: profile,
      vsix,
      builtinExtensions: 'for tests',
      ...(options.env ? { env: options.env } : {}),
    });
    browser = await launchBrowser();
  });

  beforeEach('open a window', async () => {
    const settings = typeof options.settings === 'function' ? options.settings() : (options.settings ?? {});
    // Nothing else tells when a window that is open already has taken in what was written to the file.
    const title = `Test ${++tests}`;
    await changeSettings(there(server), { ...settings, 'window.title': title }, 'instead of all');
    if (workbench) {
      await workbench.page.waitForFunction((expected) => document.title === expected, title);
      return workbench.asksForKey();
    }
    const { workspaceFile, viewport } = options;
    const folder = typeof options.folder === 'function' ? options.folder() : options.folder;
    window = await openWindow({
      server: there(server),
      browser: there(browser),
      ...(folder === undefined ? {} : { folder }),
      ...(workspaceFile === undefined ? {} : { workspaceFile }),
      ...(viewport === undefined ? {} : { viewport }),
    });
    workbench = new Workbench(window);
    window.page.on('request', (request) => lookForKeys('a request of the window', `${request.url()} ${request.postData() ?? ''}`));
    await workbench.containerIcon.waitFor();
  });

  afterEach('close or tidy the window', async function () {
    const failed = this.currentTest?.state === 'failed';
    const title = this.currentTest?.fullTitle() ?? '';
    if (failed && window) {
      const name = join('ui', version, title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 150));
      await keepEvidence(name, window);
      for (const [index, each] of more.entries()) await keepEvidence(`${name}-${index + 2}`, each);
    }
    if (workbench && window) await lookForKeysInWindow(workbench, title);
    for (const each of more.splice(0)) await each.dispose();
    if (options.window === 'tidied' && !failed) return workbench?.tidy();
    await closeWindow();
  });

  async function closeWindow(): Promise<void> {
    await window?.dispose();
    window = workbench = undefined;
  }

  after('end VS Code', async () => {
    await closeWindow();
    await browser?.close();
    await server?.dispose();
    if (server) lookForKeys('what the server printed', server.log());
    if (profile !== undefined) {
      await lookForKeysIn(profile);
      keysOfTheRun.profiles += 1;
      handOverKeys();
    }
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  });

  return {
    get workbench() {
      return there(workbench);
    },
    get window() {
      return there(window);
    },
    get server() {
      return there(server);
    },
    async secondWindow() {
      const { context } = there(window);
      const second = await openWindow({ server: there(server), browser: there(browser), context });
      more.push(second);
      const itsWorkbench = new Workbench(second);
      await itsWorkbench.containerIcon.waitFor();
      return itsWorkbench;
    },
  };
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Only inside a test is there a VS Code.');
  return value;
}

/** The `.vsix` of `npm run package`, where a test is run by itself. */
async function packagedExtension(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Record<string, string>;
  return join(projectRoot, `${name}-${version}.vsix`);
}

/** The page and its frames, what it keeps, what it wrote, and the clipboard. */
async function lookForKeysInWindow(workbench: Workbench, test: string): Promise<void> {
  const { page, window } = workbench;
  for (const frame of page.frames()) lookForKeys(`a page after "${test}"`, await frame.content().catch(() => ''));
  lookForKeys(`the console after "${test}"`, window.console.join('\n'));
  lookForKeys(`what the browser keeps after "${test}"`, await page.evaluate(() => JSON.stringify(localStorage)).catch(() => ''));
  const clipboard = await workbench.readClipboard().catch(() => '');
  if (clipboard !== workbench.writtenToClipboard) lookForKeys(`the clipboard after "${test}"`, clipboard);
}

async function keepEvidence(name: string, window: VsCodeWindow): Promise<void> {
  await window.screenshot(name);
  const file = join(testResults, `${name}.log`);
  await mkdir(join(file, '..'), { recursive: true });
  await rm(file, { force: true });
  await appendFile(file, `== page\n${window.console.join('\n')}\n== server\n${window.server.log()}\n`);
  const logs = join(window.server.userDataDir, 'logs');
  const paths = await readdir(logs, { recursive: true }).catch(() => []);
  for (const path of paths.filter((each) => each.includes('aiployees') && each.endsWith('.log'))) {
    await appendFile(file, `== ${path}\n${await readFile(join(logs, path), 'utf8')}\n`);
  }
}
