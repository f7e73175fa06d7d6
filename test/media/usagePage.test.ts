import assert from 'node:assert/strict';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { stringify } from '../../src/core/util/exactJson';
import type { UsageHostMessage, UsageLine, UsageState } from '../../src/protocol/usage';
import { createPageHtml } from '../../src/shell/webview/pageHtml';
import { launchBrowser } from '../vscode-from-npm/browser';
import { projectRoot } from '../support/paths';
import { installWebviewStub } from './detailsPage';
import { themes } from './themes';

const theme = 'vscode-light';

describe('usage page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let html: string;
  let page: Page;

  before(async () => {
    const options = { absWorkingDir: projectRoot, bundle: true, write: false, logLevel: 'warning' } as const;
    const [, files] = await Promise.all([
      launchBrowser().then((launched) => (browser = launched)),
      build({
        ...options,
        entryPoints: { usage: 'media/usage/main.ts', 'usage-style': 'media/usage/style.css' },
        outdir: 'dist',
        format: 'iife',
        loader: { '.svg': 'text' },
      }),
    ]);
    const contentOf = (end: string): string => files.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    html = createPageHtml({
      script: contentOf('usage.js'),
      style: contentOf('.css'),
      nonce: 'nonce-of-the-test',
      language: 'en',
    });
  });
  after(() => browser?.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 350, height: 900 } });
    await page.addInitScript(installWebviewStub, { colors: themes[theme], theme });
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto('http://127.0.0.1/');
    await post({ type: 'language', contents: {}, language: 'en' });
  });
  afterEach(() => page.close());

  const post = (message: UsageHostMessage): Promise<void> =>
    page.evaluate((sent) => {
      const taken = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
      window.postMessage(sent, '*');
      return taken.then(() => undefined);
    }, stringify(message));

  const lineOf = (label: string, day?: string): UsageLine => ({
    label,
    day,
    values: [12345, 234567, 1234.56],
    cells: ['12,345', '234,567', '$1,234.56'],
  });

  /** @param days `YYYY-MM-DD` */
  const showDays = (...days: readonly string[]): Promise<void> => {
    const usage: UsageState = {
      covers: 'Based on 12,345 loaded conversations.',
      loadAll: undefined,
      notes: [],
      totals: [{ name: 'Conversations', value: '12,345' }],
      lines: {
        day: days.map((day) => lineOf(day, day)),
        type: [lineOf('WhatsApp')],
        assistant: [lineOf('Clinic Desk of the Charlottenburg practice')],
      },
    };
    return post({ type: 'usage', usage });
  };

  const headings: readonly (readonly [string, readonly string[]])[] = [
    ['By Day', ['2026-11-01', '2026-11-30']],
    ['By Week', ['2026-01-01', '2026-11-30']],
    ['By 4 Weeks', ['2024-01-01', '2026-11-30']],
  ];
  for (const [heading, days] of headings)
    it(`shows the heading ${heading} above the bars of ${days.join(' to ')}`, async () => {
      await showDays(...days);
      assert.equal(await page.locator('h2').first().innerText(), heading.toUpperCase());
    });

  it('shows every column completely at a width of 350 pixels', async () => {
    await showDays('2026-11-29', '2026-11-30');
    await page.getByText('Table (2)').click();
    const tables = await page.locator('table').evaluateAll((all) =>
      all.map((table) => ({
        scrolls: (table.parentElement?.scrollWidth ?? 0) - (table.parentElement?.clientWidth ?? 0),
        cut: [...table.querySelectorAll<HTMLElement>('th, td:not(.bar-cell, .bar-head)')]
          .filter((cell) => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth)
          .map((cell) => cell.textContent),
      })),
    );
    assert.deepEqual(tables, Array(3).fill({ scrolls: 0, cut: [] }));
    assert.deepEqual(await page.locator('thead').first().locator('th').allInnerTexts(), [
      'Day',
      'Conversations',
      'Messages',
      'Cost',
    ]);
  });
});
