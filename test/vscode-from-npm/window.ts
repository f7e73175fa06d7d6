import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { testResults } from '../support/paths';
import { persistSecrets } from './secretKey';
import type { VsCodeServer } from './server';

export interface WindowOptions {
  readonly server: VsCodeServer;
  readonly browser: Browser;
  /** Absolute path of the folder to open. Empty window by default. */
  readonly folder?: string | undefined;
  /** Absolute path of a `.code-workspace` file to open instead of a folder. */
  readonly workspaceFile?: string | undefined;
  /** Absolute path of an extension's folder. Needs a server with the smoke test driver. */
  readonly extensionDevelopmentPath?: string;
  /** Absolute path of a module whose `run` VS Code calls in its extension host. */
  readonly extensionTestsPath?: string;
  /** User settings in addition to `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether secrets survive a reload of the page, as in the desktop version. True by default. */
  readonly secretsPersist?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Runs before the page is opened, for example to expose functions on it. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** Context of another window, with its cookies and storage. The window doesn't close it. */
  readonly context?: BrowserContext;
}

export interface VsCodeWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: VsCodeServer;
  /** Console output of the page so far. */
  readonly console: readonly string[];
  /** Clears `console`. */
  forgetConsole(): void;
  /** Saves a screenshot as `test-results/NAME.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Reloads the page like `Developer: Reload Window`, and waits for the workbench. */
  reload(): Promise<void>;
  dispose(): Promise<void>;
}

export const usualViewport = { width: 1280, height: 900 };

/** Switches off what a window shows by itself and no test needs. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'editor.accessibilitySupport': 'off',
  'git.enabled': false,
};

/** Opens a VS Code window in a browser tab and waits for its workbench. */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const { server } = options;
  await writeSettings(join(server.userDataDir, 'User', 'settings.json'), { ...quietSettings, ...options.settings });
  const context = options.context ?? (await newContext(options));
  const page = await context.newPage();
  const lines: string[] = [];
  page.on('console', (message) => lines.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => lines.push(`[pageerror] ${error.stack ?? error.message}`));
  await options.prepare?.(page);
  await page.goto(windowAddress(options));
  await waitForWorkbench(page);
  return {
    page,
    context,
    server,
    console: lines,
    forgetConsole: () => void lines.splice(0),
    async screenshot(name) {
      const path = join(testResults, `${name}.png`);
      await mkdir(dirname(path), { recursive: true });
      await page.screenshot({ path });
      return path;
    },
    async reload() {
      await page.reload();
      await waitForWorkbench(page);
    },
    dispose: () => (options.context ? page.close() : context.close()),
  };
}

/**
 * Changes settings of a running server; `undefined` removes one. They go to the machine settings file, which VS Code
 * watches reliably in every version, and which overrides user settings. It can't hold `application`-scoped settings.
 */
export async function changeSettings(
  server: VsCodeServer,
  change: Readonly<Record<string, unknown>>,
  mode: 'beside the others' | 'instead of all' = 'beside the others',
): Promise<void> {
  const file = join(server.userDataDir, 'Machine', 'settings.json');
  const before = mode === 'instead of all' ? '{}' : await readFile(file, 'utf8').catch(() => '{}');
  await writeSettings(file, { ...(JSON.parse(before) as object), ...change });
}

async function writeSettings(file: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

async function newContext(options: WindowOptions): Promise<BrowserContext> {
  const { server, browser } = options;
  const context = await browser.newContext({
    viewport: options.viewport ?? usualViewport,
    reducedMotion: 'reduce',
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  if (options.secretsPersist !== false) await persistSecrets(context, server.url);
  return context;
}

function windowAddress(options: WindowOptions): string {
  const authority = `127.0.0.1:${options.server.port}`;
  const remote = (path: string): string => `vscode-remote://${authority}${path}`;
  const payload: [string, string][] = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (options.extensionDevelopmentPath !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(options.extensionDevelopmentPath)]);
  }
  if (options.extensionTestsPath !== undefined)
    payload.push(['extensionTestsPath', remote(options.extensionTestsPath)]);
  const { folder, workspaceFile } = options;
  const query = new URLSearchParams(
    workspaceFile !== undefined ? { workspace: workspaceFile } : folder !== undefined ? { folder } : { ew: 'true' },
  );
  query.set('payload', JSON.stringify(payload));
  return `${options.server.url}/?${query.toString()}`;
}

async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: 60_000 });
}
