import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { eventually } from './eventually';
import { Hover } from './hover';
import { chooseMenuItem, menuItems } from './menu';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { findPane, Tree, type ViewName } from './tree';
import { changeSettings, type VsCodeWindow } from '../../vscode-from-npm/window';

export const themes = {
  light: { name: 'Default Light Modern', className: 'vs' },
  dark: { name: 'Default Dark Modern', className: 'vs-dark' },
  highContrastDark: { name: 'Default High Contrast', className: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', className: 'hc-light' },
} as const;

/** Page object of a VS Code window. */
export class Workbench {
  readonly page: Page;
  readonly quick: QuickInput;
  readonly tree: Tree;
  /** Search results. The view exists only while there are results. */
  readonly results: Tree;
  readonly notifications: Notifications;
  readonly hover: Hover;
  /** The extension's icon in the activity bar. It appears when VS Code has read the extension's manifest. */
  readonly containerIcon: Locator;
  /** Text that the test itself has written to the clipboard. */
  writtenToClipboard: string | undefined;
  private readonly sideBar: Locator;

  constructor(readonly window: VsCodeWindow) {
    this.page = window.page;
    this.quick = new QuickInput(this.page);
    this.tree = new Tree(this.page);
    this.results = new Tree(this.page, 'searchResults');
    this.notifications = new Notifications(this.page);
    this.hover = new Hover(this.page);
    this.containerIcon = this.page
      .locator('.part.activitybar .action-item')
      .filter({ has: this.page.locator('a[aria-label^="AIployees"]') });
    this.sideBar = this.page.locator('.part.sidebar');
  }

  /** Runs a command from the palette by its label, `Category: Title`. */
  run(command: string): Promise<void> {
    return this.quick.run(command);
  }

  /** Opens the extension's view container, unless it is open. */
  async openContainer(): Promise<void> {
    await this.containerIcon.waitFor();
    const container = this.page.locator('[id="workbench.view.extension.aiployees"]');
    // A reloaded window opens the container with a delay: a click at that moment would close it.
    await eventually(async () => {
      if (!(await container.isVisible())) await this.containerIcon.click();
      await container.waitFor({ timeout: 2000 });
    });
  }

  viewTitle(): Promise<string> {
    return this.sideBar.locator('.composite.title h2').innerText();
  }

  /** Returns the tooltips of the visible icons in the view's title. */
  async titleActions(): Promise<string[]> {
    const actions = this.sideBar.locator('.composite.title .title-actions .action-label').filter({ visible: true });
    return actions.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
  }

  async titleAction(tooltip: string): Promise<void> {
    await this.sideBar.locator('.composite.title .title-actions').getByRole('button', { name: tooltip }).click();
  }

  /** Chooses an item of the `...` menu in the view's title. */
  async moreAction(item: string): Promise<void> {
    await this.titleMenu().click();
    await chooseMenuItem(this.page, item);
  }

  async moreActions(): Promise<string[]> {
    await this.titleMenu().click();
    return menuItems(this.page);
  }

  /** Returns the message above the conversations; empty if there is none. */
  async viewMessage(): Promise<string> {
    return this.readMessage('conversations');
  }

  /** Returns the message above the search results; empty if there is none. */
  async resultsMessage(): Promise<string> {
    return this.readMessage('searchResults');
  }

  /** Returns text and buttons of the welcome view; undefined if it isn't visible. */
  async welcome(): Promise<{ text: string; buttons: string[] } | undefined> {
    const content = this.sideBar.locator('.welcome-view-content').filter({ visible: true });
    const [text] = await content.allInnerTexts();
    return text === undefined ? undefined : { text, buttons: await content.getByRole('button').allInnerTexts() };
  }

  /** Opens the view, and waits until it shows only the welcome view of an account without an API key. */
  async expectKeyPrompt(): Promise<void> {
    await this.openContainer();
    await eventually(async () => {
      assert.deepEqual(await this.tree.rows(), []);
      assert.ok((await this.welcome())?.buttons.includes('Set API Key'));
    });
  }

  async pressWelcomeButton(label: string): Promise<void> {
    await this.sideBar.locator('.welcome-view-content').getByRole('button', { name: label }).click();
  }

  /** Titles of the open editors, from left to right. */
  async editorTitles(): Promise<string[]> {
    return this.page.locator('.part.editor .tab .label-name').allInnerTexts();
  }

  /** Titles in italics: previews, which the next opened editor replaces. */
  async previewTitles(): Promise<string[]> {
    return this.page.locator('.part.editor .tab .monaco-icon-label.italic .label-name').allInnerTexts();
  }

  async editorAction(tooltip: string): Promise<void> {
    await this.page.locator('.part.editor .editor-actions').getByRole('button', { name: tooltip }).first().click();
  }

  /** Waits for the visible webview, and returns its innermost frame. */
  async detailsFrame(): Promise<Frame> {
    return eventually(async () => {
      for (const outer of await this.page.locator('iframe.webview').all()) {
        if (!(await outer.isVisible())) continue;
        const shell = await (await outer.elementHandle())?.contentFrame();
        const inner = await shell?.$('iframe#active-frame');
        const frame = await inner?.contentFrame();
        if (frame && (await frame.locator('body').count()) > 0) return frame;
      }
      throw new Error('No webview is on the screen.');
    });
  }

  /** Changes settings of all windows of the server. */
  async changeSettings(change: Readonly<Record<string, unknown>>): Promise<void> {
    // The title shows that the window has read the settings file.
    const title = `${await this.page.title()}*`;
    await changeSettings(this.window.server, { ...change, 'window.title': title });
    await this.page.waitForFunction((expected) => document.title === expected, title);
  }

  async switchTheme(theme: keyof typeof themes): Promise<void> {
    await this.changeSettings({ 'workbench.colorTheme': themes[theme].name });
    await this.page.locator(`.monaco-workbench.${themes[theme].className}`).waitFor();
  }

  readClipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async writeClipboard(text: string): Promise<void> {
    this.writtenToClipboard = text;
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Saves a screenshot of the window for the docs. */
  async saveScreenshot(path: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }

  /** Returns the visible text of the active text editor. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.part.editor .editor-instance .view-lines .view-line').filter({ visible: true });
    await lines.first().waitFor();
    const rows = await lines.evaluateAll((elements) =>
      elements.map((element) => ({
        top: Number.parseFloat((element as HTMLElement).style.top),
        text: element.textContent ?? '',
      })),
    );
    return rows
      .sort((a, b) => a.top - b.top)
      .map((row) => row.text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /**
   * Closes dialogs, quick input, editors, and notifications; clears filter, selection, and results; leaves sample
   * data.
   */
  async tidy(): Promise<void> {
    const question = this.page.locator('.monaco-dialog-box').filter({ visible: true });
    await eventually(async () => {
      if (await question.isVisible()) await this.press('Escape');
      assert.equal(await question.isVisible(), false);
    });
    await this.quick.cancel();
    await this.run('View: Close All Editors');
    await this.page.locator('.part.editor .tab').first().waitFor({ state: 'detached' });
    await this.openContainer();
    if ((await this.results.rows()).length > 0) {
      await this.run('AIployees: Clear Search Results');
      // Without results, the heading of the first view disappears.
      await eventually(async () => assert.ok((await this.titleActions()).some((action) => action.startsWith('Find'))));
    }
    await this.tree.settle();
    if ((await this.viewMessage()).includes('Following')) {
      await this.run('AIployees: Stop Following');
      await eventually(async () => assert.ok(!(await this.viewMessage()).includes('Following')));
    }
    const offered = await this.titleActions();
    for (const action of ['Clear Filter', 'Exit Sample Data'].filter((each) => offered.includes(each))) {
      await this.titleAction(action);
      await eventually(async () => assert.ok(!(await this.titleActions()).includes(action)));
    }
    await this.notifications.clear();
    this.writtenToClipboard = undefined;
  }

  private async readMessage(view: ViewName): Promise<string> {
    const message = findPane(this.page, view)
      .locator('.tree-explorer-viewlet-tree-view > .message')
      .filter({ visible: true });
    return (await message.allInnerTexts())[0] ?? '';
  }

  private titleMenu(): Locator {
    return this.sideBar.locator('.composite.title .codicon-toolbar-more').filter({ visible: true });
  }
}
