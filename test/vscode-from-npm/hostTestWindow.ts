// A VS Code for host tests: its server from npm, its window in a headless browser. Exits with the tests' exit code.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { newest } from './versions';
import { testResults } from '../support/paths';
import { startServer } from './server';
import { openWindow } from './window';

/** A window that logs nothing for this time hangs. */
const maxSilenceMs = 120_000;

const { values } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});

/** Exposes the two functions that VS Code calls with the log and the exit code of its tests. */
async function listen(page: Page): Promise<() => Promise<number>> {
  let finish: (code: number) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const code = new Promise<number>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  code.catch(() => undefined);
  const stuck = setTimeout(
    () => fail(new Error(`The window has logged nothing for ${maxSilenceMs / 1000} s.`)),
    maxSilenceMs,
  );
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    stuck.refresh();
    const print = type === 'error' ? console.error : console.log;
    print(
      ...args.filter(
        (argument, index) => index === 0 || typeof argument !== 'string' || !argument.startsWith('color:'),
      ),
    );
  });
  await page.exposeFunction('codeAutomationExit', (exitCode: number) => finish(exitCode));
  page.on('crash', () => fail(new Error('The page crashed.')));
  return () => code.finally(() => clearTimeout(stuck));
}

async function main(): Promise<number> {
  const text = (name: keyof typeof values): string => {
    const value = values[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`--${name} is missing.`);
  };
  // Two versions run at the same time, so each gets its own profile.
  const profile = await mkdtemp(join(tmpdir(), 'aiployees-host-'));
  const server = await startServer({
    version: process.env['AIPLOYEES_VSCODE'] ?? newest.version,
    userDataDir: profile,
    smokeDriver: true,
    builtinExtensions: 'for tests',
  });
  const browser = await launchBrowser();
  try {
    let exitCode: (() => Promise<number>) | undefined;
    const window = await openWindow({
      server,
      browser,
      extensionDevelopmentPath: text('extensionDevelopmentPath'),
      extensionTestsPath: text('extensionTestsPath'),
      prepare: async (page) => void (exitCode = await listen(page)),
    });
    const died = server.ended.then((): never => {
      throw new Error(`The server ended during the tests:\n${server.log()}`);
    });
    try {
      return (await Promise.race([exitCode?.(), died])) ?? 1;
    } catch (error) {
      await window.screenshot(join('host', `stuck-${server.version}`));
      console.error(window.console.join('\n'), `\nSee ${testResults}.`);
      throw error;
    }
  } finally {
    await browser.close();
    await server.dispose();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
