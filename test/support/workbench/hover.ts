import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

/** A place in the empty editor area, where resting shows nothing. The title bar and the status bar have hovers of their own. */
const nothingThere = { x: 1000, y: 500 };

/** What VS Code shows where the mouse rests: tooltips of rows, and of the parts of a quick pick's rows. */
export class Hover {
  readonly contents: Locator;

  constructor(private readonly page: Page) {
    this.contents = page
      .locator('.workbench-hover .hover-contents, .monaco-hover .hover-contents')
      .filter({ visible: true })
      .last();
  }

  /** Rests on the element until its hover shows; one that was there before is gone by then. */
  async over(element: Locator): Promise<Locator> {
    await this.leave();
    await element.hover();
    await this.contents.waitFor({ timeout: 5000 });
    return this.contents;
  }

  /** Takes the mouse away, until no hover shows. */
  async leave(): Promise<void> {
    await eventually(async () => {
      await this.page.mouse.move(nothingThere.x, nothingThere.y);
      try {
        await this.contents.waitFor({ state: 'hidden', timeout: 1000 });
      } catch (error) {
        // One that came up just as the mouse left stays until the mouse has been on it.
        await this.contents.hover({ timeout: 1000 });
        throw error;
      }
    });
  }
}
