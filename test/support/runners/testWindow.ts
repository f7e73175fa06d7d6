// A VS Code for extension tests: its server from npm, its window in a headless browser. Ends with the tests' exit code.
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { newest } from '../host/packages';
import { testResults } from '../host/paths';
import { startServer } from '../host/server';
import { openWindow } from '../host/window';

/** How long a window may say nothing before it counts as stuck. */
const silence = 120_000;

const { values } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

/** Takes what the workbench reports through the two functions that it looks for on its page. */
async function listen(page: Page): Promise<() => Promise<number>> {
  let finish: (code: number) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const code = new Promise<number>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  code.catch(() => undefined);
  const stuck = setTimeout(() => fail(new Error(`The window has said nothing for ${silence / 1000} s.`)), silence);
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
  const server = await startServer({
    version: process.env['AIPLOYEES_VSCODE'] ?? newest.version,
    userDataDir: text('user-data-dir'),
    extensionsDir: text('extensions-dir'),
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
      throw new Error(`The server ended in the middle of the tests:\n${server.log()}`);
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
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
