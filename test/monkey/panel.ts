import type { Frame } from 'playwright-core';
import type { VsCodeWindow } from '../vscode-from-npm/window';

export interface ShownPage {
  readonly id: string;
  readonly title: string;
  /** Texts of the turns; undefined if the page has none. */
  readonly texts: readonly string[] | undefined;
  readonly errors: readonly string[];
}

/** The visible conversation panel. */
export class Panel {
  constructor(private readonly window: Pick<VsCodeWindow, 'page' | 'console'>) {}

  /** Its innermost frame; undefined if there is no panel. */
  async frame(): Promise<Frame | undefined> {
    for (const outer of await this.window.page.$$('iframe.webview')) {
      if (!(await outer.isVisible().catch(() => false))) continue;
      const shell = await outer.contentFrame();
      const inner = await shell?.$('iframe#active-frame');
      const frame = await inner?.contentFrame();
      if (frame) return frame;
    }
    return undefined;
  }

  /** Returns the page's content; undefined if there is no panel. */
  async read(): Promise<ShownPage | undefined> {
    const frame = await this.frame();
    // The page may be closed while it is read.
    return frame?.evaluate(readPage).catch(() => undefined);
  }

  /** Describes how far VS Code has loaded an empty page: its frames, and the console lines about webviews. */
  async describe(): Promise<string> {
    const outers = await this.window.page.$$('iframe.webview');
    const frames = outers.map(async (outer) => {
      const shell = await outer.contentFrame();
      const inside = await shell?.evaluate(describeShell).catch(String);
      return `${(await outer.isVisible()) ? 'visible' : 'hidden'} ${await outer.getAttribute('class')}: ${inside ?? 'no document'}`;
    });
    const console = this.window.console.filter((line) => /webview|service worker/i.test(line)).slice(-5);
    return ['frames:', ...(await Promise.all(frames)), 'console:', ...console].join(' | ');
  }

  /** Focuses the page. @returns whether there is one */
  async focus(): Promise<boolean> {
    const id = (await this.closeShortcuts())?.locator('.id code');
    if (id === undefined || (await id.count()) === 0) return false;
    await id.click();
    return true;
  }

  /** Sends a message to the conversation. @returns whether it can receive one */
  async send(text: string): Promise<boolean> {
    const message = (await this.closeShortcuts())?.locator('.composer textarea');
    if (message === undefined || (await message.count()) === 0 || !(await message.isEditable())) return false;
    await message.fill(text);
    await message.press('Enter');
    return true;
  }

  /** Closes the list of keyboard shortcuts, which may cover the page, and returns the frame. */
  private async closeShortcuts(): Promise<Frame | undefined> {
    const frame = await this.frame();
    const close = frame?.locator('dialog[open] button');
    if (close !== undefined && (await close.count()) > 0) await close.last().click();
    return frame;
  }
}

/** Runs in the document that VS Code loads pages into. */
function describeShell(): string {
  const frames = [...document.querySelectorAll('iframe')].map(
    ({ id, contentDocument }) => `${id} ${contentDocument?.readyState} ${contentDocument?.body?.innerText.length}`,
  );
  return `${document.readyState}, worker ${navigator.serviceWorker.controller?.state}, ${frames.join(', ')}`;
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
