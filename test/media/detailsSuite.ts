import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode-from-npm/browser';
import { DetailsPage, PageServer, type OpenOptions } from './detailsPage';

export interface DetailsSuite {
  /** New page for the running test. */
  readonly details: DetailsPage;
  /** Closes it and opens another. */
  reopen(options: OpenOptions): Promise<void>;
  /** Opens every tool call and waits for the content, which is rendered after the click. */
  openAll(): Promise<void>;
  /** Text of the first matching element. */
  text(selector: string): Promise<string>;
  focusedText(): Promise<string>;
  focusedId(): Promise<string>;
  scrollTop(): Promise<number>;
}

/** Provides one browser for the suite and a new page for each test. */
export function useDetailsPage(): DetailsSuite {
  let browser: Browser;
  let server: PageServer;
  let details: DetailsPage;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), PageServer.start()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    details = await DetailsPage.open(browser, server);
  });
  afterEach(async () => {
    await details.close();
  });

  return {
    get details() {
      return details;
    },
    async reopen(options) {
      await details.close();
      details = await DetailsPage.open(browser, server, options);
    },
    async openAll() {
      for (const summary of await details.page.locator('.call:not([open]) > summary').elementHandles())
        await summary.click();
      await details.page.locator('.call:not(:has(> .call-body))').waitFor({ state: 'detached' });
    },
    text: async (selector) => (await details.page.locator(selector).first().textContent()) ?? '',
    focusedText: () => details.page.evaluate(() => document.activeElement?.textContent ?? ''),
    focusedId: () => details.page.evaluate(() => document.activeElement?.id ?? ''),
    scrollTop: () => details.page.evaluate(() => Math.round(window.scrollY)),
  };
}
