import type { Frame, Page } from 'playwright-core';

/** What a panel shows. */
export interface ShownPage {
  readonly id: string;
  readonly title: string;
  /** Texts of the turns; undefined while there are none on the page. */
  readonly texts: readonly string[] | undefined;
  readonly errors: readonly string[];
}

/** The conversation panel on the screen. */
export class Panel {
  constructor(private readonly page: Page) {}

  /** Its innermost frame; undefined if there is no panel. */
  async frame(): Promise<Frame | undefined> {
    for (const outer of await this.page.$$('iframe.webview')) {
      if (!(await outer.isVisible().catch(() => false))) continue;
      const shell = await outer.contentFrame();
      const inner = await shell?.$('iframe#active-frame');
      const frame = await inner?.contentFrame();
      if (frame) return frame;
    }
    return undefined;
  }

  /** What it shows; undefined if there is no panel. */
  async read(): Promise<ShownPage | undefined> {
    const frame = await this.frame();
    // A page may go away while it is read.
    return frame?.evaluate(readPage).catch(() => undefined);
  }

  /** Gives its page the keyboard. @returns whether there is one */
  async focus(): Promise<boolean> {
    const id = (await this.closeShortcuts())?.locator('.id code');
    if (id === undefined || (await id.count()) === 0) return false;
    await id.click();
    return true;
  }

  /** Writes a message to the conversation that it shows. @returns whether that can be written to */
  async send(text: string): Promise<boolean> {
    const message = (await this.closeShortcuts())?.locator('.composer textarea');
    if (message === undefined || (await message.count()) === 0 || !(await message.isEditable())) return false;
    await message.fill(text);
    await message.press('Enter');
    return true;
  }

  /** Its frame, without the list of keyboard shortcuts that may cover the page. */
  private async closeShortcuts(): Promise<Frame | undefined> {
    const frame = await this.frame();
    const close = frame?.locator('dialog[open] button');
    if (close !== undefined && (await close.count()) > 0) await close.last().click();
    return frame;
  }
}

/** Runs in the panel's page. */
function readPage(): ShownPage | undefined {
  const id = document.querySelector('.id code')?.textContent;
  if (id === undefined || id === null) return undefined;
  const turns = document.querySelector('.turns');
  return {
    id,
    title: document.querySelector('h1')?.textContent ?? '',
    texts:
      turns === null
        ? undefined
        : [...turns.querySelectorAll('.turn')].map((turn) => turn.querySelector('.text')?.textContent ?? ''),
    errors: [...document.querySelectorAll('.notice.error')]
      .filter((notice) => notice.checkVisibility())
      .map((notice) => notice.textContent),
  };
}
