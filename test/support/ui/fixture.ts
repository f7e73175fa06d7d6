import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lookForKeys } from '../runFindings';
import {
  changeSettings,
  openWindow,
  testResults,
  usualViewport,
  Workbench,
  type VsCodeServer,
  type VsCodeWindow,
  type WindowOptions,
} from '../host';
import { readScreen } from './screen';
import { sharedVsCode, type OpenWindow, type Place, type SharedVsCode } from './sharedVsCode';

type Settings = Readonly<Record<string, unknown>>;

export interface SuiteOptions {
  /** Settings of the window, asked for before each test: a function may name a server that a `before` hook started. */
  readonly settings?: Settings | (() => Settings);
  /** Absolute path of a folder to open, or what tells it before each test. */
  readonly folder?: string | (() => string) | undefined;
  /** Absolute path of a `.code-workspace` file to open instead. */
  readonly workspaceFile?: string | undefined;
  readonly viewport?: WindowOptions['viewport'];
  /**
   * `fresh`, the default: each test has a window in which nothing was done before. `tidied`: the window goes on to the next
   * test, also of another suite, all put away and the view asking for a key, which takes a third of the time.
   * For suites each of whose tests has a server of its own: to the extension that is an account that it does not know.
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
 * Gives the suite that calls it the packaged extension in the VS Code of this process, and each test a window. Of a failed test
 * a screenshot, the page's console and the server's logs are kept in `test-results/ui/`.
 */
export function useVsCode(options: SuiteOptions = {}): VsCodeSuite {
  let shared: SharedVsCode | undefined;
  let place: Place = {};
  let open: OpenWindow | undefined;
  const more: VsCodeWindow[] = [];

  before('start VS Code', async function () {
    this.timeout(300_000);
    shared = await sharedVsCode();
  });

  beforeEach('open a window', async () => {
    const { viewport, workspaceFile } = options;
    const folder = typeof options.folder === 'function' ? options.folder() : options.folder;
    place = {
      viewport: viewport ?? usualViewport,
      ...(folder !== undefined && { folder }),
      ...(workspaceFile !== undefined && { workspaceFile }),
    };
    const settings = typeof options.settings === 'function' ? options.settings() : (options.settings ?? {});
    // Nothing else tells when a window that is open already has taken in what was written to the file.
    const title = there(shared).nextTitle();
    await changeSettings(there(shared).server, { ...settings, 'window.title': title }, 'instead of all');
    open = options.window === 'tidied' ? await there(shared).take(place) : undefined;
    if (open) return begin(open, title);
    open = await there(shared).open(place);
    const { page } = open.window;
    page.on('request', (request) =>
      lookForKeys('a request of the window', `${request.url()} ${request.postData() ?? ''}`),
    );
  });

  /** The next test in a window that was tidied. */
  async function begin({ window, workbench }: OpenWindow, title: string): Promise<void> {
    try {
      await window.page.waitForFunction((expected) => document.title === expected, title);
      await workbench.asksForKey();
      window.forgetConsole();
    } catch (error) {
      await keepEvidence(join('ui', window.server.version, `before ${title}`), window);
      await window.dispose();
      open = undefined;
      throw error;
    }
  }

  afterEach('close or tidy the window', async function () {
    const failed = this.currentTest?.state === 'failed';
    const title = this.currentTest?.fullTitle() ?? '';
    if (failed && open) {
      const { window } = open;
      const name = join('ui', window.server.version, title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 150));
      await keepEvidence(name, window);
      const error: unknown = this.currentTest?.err;
      // Its report ends with what the error has beside its message.
      if (error instanceof Error) Object.assign(error, { screen: await readScreen(window.page).catch(String) });
      for (const [index, each] of more.entries()) await keepEvidence(`${name}-${index + 2}`, each);
    }
    if (open) await lookForKeysInWindow(open.workbench, title);
    for (const each of more.splice(0)) await each.dispose();
    if (open && options.window === 'tidied' && !failed) await there(shared).keep(open, place);
    else await open?.window.dispose();
    open = undefined;
  });

  return {
    get workbench() {
      return there(open).workbench;
    },
    get window() {
      return there(open).window;
    },
    get server() {
      return there(shared).server;
    },
    async secondWindow() {
      const { context } = there(open).window;
      const second = await openWindow({ server: there(shared).server, browser: there(shared).browser, context });
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

/** The page and its frames, what it keeps, what it wrote, and the clipboard. */
async function lookForKeysInWindow(workbench: Workbench, test: string): Promise<void> {
  const { page, window } = workbench;
  for (const frame of page.frames()) lookForKeys(`a page after "${test}"`, await frame.content().catch(() => ''));
  lookForKeys(`the console after "${test}"`, window.console.join('\n'));
  lookForKeys(
    `what the browser keeps after "${test}"`,
    await page.evaluate(() => JSON.stringify(localStorage)).catch(() => ''),
  );
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
