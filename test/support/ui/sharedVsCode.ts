import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { handOver, runFindings, lookForKeys, lookForKeysIn, lookForUnhandled } from '../runFindings';
import {
  launchBrowser,
  newest,
  openWindow,
  projectRoot,
  startServer,
  Workbench,
  type VsCodeServer,
  type VsCodeWindow,
  type WindowOptions,
} from '../host';

export type Place = Pick<WindowOptions, 'folder' | 'workspaceFile' | 'viewport'>;

export interface OpenWindow {
  readonly window: VsCodeWindow;
  readonly workbench: Workbench;
}

/** The VS Code of this process: one server and one browser for all suites, and the window that one test leaves to the next. */
export class SharedVsCode {
  private kept: (OpenWindow & { readonly at: string }) | undefined;
  private tests = 0;

  private constructor(
    readonly server: VsCodeServer,
    readonly browser: Browser,
    readonly profile: string,
  ) {}

  static async start(): Promise<SharedVsCode> {
    const version = process.env['AIPLOYEES_VSCODE'] ?? newest.version;
    const vsix = await packagedExtension();
    const profile = await mkdtemp(join(tmpdir(), 'aiployees-ui-'));
    const server = await startServer({ version, userDataDir: profile, vsix, builtinExtensions: 'for tests' });
    return new SharedVsCode(server, await launchBrowser(), profile);
  }

  /** One that no test before had. */
  nextTitle(): string {
    return `Test ${++this.tests}`;
  }

  /** A window with no state and no secrets. */
  async open(place: Place): Promise<OpenWindow> {
    await this.closeKept();
    const window = await openWindow({ server: this.server, browser: this.browser, ...place });
    const workbench = new Workbench(window);
    await workbench.containerIcon.waitFor();
    return { window, workbench };
  }

  /** Puts away what was done in a window, for the next test there. */
  async keep(open: OpenWindow, place: Place): Promise<void> {
    await open.workbench.tidy();
    this.kept = { ...open, at: at(place) };
  }

  /** The window that was kept there; undefined where there is none. */
  async take(place: Place): Promise<OpenWindow | undefined> {
    const { kept } = this;
    if (kept?.at !== at(place)) return undefined;
    this.kept = undefined;
    if (place.viewport) await kept.window.page.setViewportSize(place.viewport);
    return kept;
  }

  /** Ends it, and looks for keys in all that it has written. */
  async dispose(): Promise<void> {
    await this.browser.close();
    await this.server.dispose();
    lookForKeys('what the server printed', this.server.log());
    await lookForKeysIn(this.profile);
    await lookForUnhandled(join(this.profile, 'logs'), 'aiployees-conversations');
    runFindings.profiles += 1;
    handOver();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 3 });
  }

  private async closeKept(): Promise<void> {
    await this.kept?.window.dispose();
    this.kept = undefined;
  }
}

// Each test file is a bundle of its own, so it can be in no module.
const name = Symbol.for('aiployees.sharedVsCode');
const holder = globalThis as unknown as Record<symbol, Promise<SharedVsCode> | undefined>;

export function sharedVsCode(): Promise<SharedVsCode> {
  return (holder[name] ??= SharedVsCode.start());
}

/** Ends it, where there is one: for whoever runs the tests, after the last. */
export async function endSharedVsCode(): Promise<void> {
  await (await holder[name])?.dispose();
  holder[name] = undefined;
}

const at = ({ folder, workspaceFile }: Place): string => workspaceFile ?? folder ?? '';

/** The `.vsix` that the environment names; that of `npm run package`, where a test is run by itself. */
export async function packagedExtension(): Promise<string> {
  const named = process.env['AIPLOYEES_VSIX'];
  if (named !== undefined) return named;
  const { name: extension, version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  return join(projectRoot, `${extension}-${version}.vsix`);
}
