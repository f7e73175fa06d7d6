import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

/** A point in the empty editor area, which has no hover. */
const nothingThere = { x: 1000, y: 500 };

/** VS Code's hover: tooltips of rows, and of the parts of a quick pick's rows. */
export class Hover {
  readonly contents: Locator;

  constructor(private readonly page: Page) {
    this.contents = page
      .locator('.workbench-hover .hover-contents, .monaco-hover .hover-contents')
      .filter({ visible: true })
      .last();
  }

  /** Moves the mouse over the element until a new hover is visible. */
  async over(element: Locator): Promise<Locator> {
    await this.leave();
    await element.hover();
    await this.contents.waitFor({ timeout: 5000 });
    return this.contents;
  }

  /** Moves the mouse away until no hover is visible. */
  async leave(): Promise<void> {
    await eventually(async () => {
      await this.page.mouse.move(nothingThere.x, nothingThere.y);
      try {
        await this.contents.waitFor({ state: 'hidden', timeout: 1000 });
      } catch (error) {
        // A hover that appears while the mouse leaves stays until the mouse has been over it.
        await this.contents.hover({ timeout: 1000 });
        throw error;
      }
    });
  }
}
