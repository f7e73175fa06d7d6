import { after, afterEach, before, beforeEach } from 'mocha';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/host/browser';
import { DetailsPage, PageServer, type OpenOptions } from './detailsPage';

export interface DetailsSuite {
  /** The page of the running test, fresh. */
  readonly details: DetailsPage;
  /** Closes it and opens another. */
  reopen(options: OpenOptions): Promise<void>;
  /** Opens every card. A card builds its inside once the browser tells that it was opened: a moment after the click. */
  openAll(): Promise<void>;
  /** Text of the first element that the selector finds. */
  text(selector: string): Promise<string>;
  focusedText(): Promise<string>;
  focusedId(): Promise<string>;
  scrollTop(): Promise<number>;
}

/** Gives the suite that calls it one browser, and a fresh page for each test. */
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
