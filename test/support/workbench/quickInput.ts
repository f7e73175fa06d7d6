import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export interface PickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The accessible name. */
  readonly ariaLabel: string;
  /** Label of the separator above this row. */
  readonly separator: string;
  readonly focused: boolean;
  /** Undefined if the quick pick has no checkboxes. */
  readonly checked: boolean | undefined;
}

/** VS Code's quick input: the command palette, quick picks, input boxes. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  readonly list: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget').filter({ visible: true });
    this.input = this.widget.locator('.quick-input-filter input').filter({ visible: true });
    this.list = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** Runs a command by its label in the palette, `Category: Title`. Fails if the palette doesn't offer it. */
  async run(title: string): Promise<void> {
    // The palette lists the commands that exist when it opens: reopen it while the window starts.
    await eventually(async () => {
      await this.openPalette(title);
      await this.findHighlighted(title).waitFor({ timeout: 1500 });
      await this.findHighlighted(title).click();
      // Rows can move under the click, which then chooses nothing.
      await this.palette.waitFor({ state: 'hidden', timeout: 2000 });
    });
  }

  /** Runs a command like `run`. @returns whether the palette offers it */
  async runIfOffered(title: string): Promise<boolean> {
    const labels = (): Promise<string> =>
      this.list
        .locator('.label-name')
        .allInnerTexts()
        .then((rows) => rows.join('\n'));
    return eventually(async () => {
      await this.openPalette('');
      await this.list.first().waitFor({ timeout: 2000 });
      const before = await labels();
      await this.palette.fill(`>${title}`);
      // Without a match the palette shows similar commands.
      const found = await eventually(async () => {
        const now = await labels();
        if (now === '' || now === before) throw new Error(`The palette has not answered "${title}".`);
        return now.split('\n');
      });
      if (!found.includes(title)) {
        await this.cancel();
        return false;
      }
      await this.findHighlighted(title).click({ timeout: 2000 });
      await this.palette.waitFor({ state: 'hidden', timeout: 2000 });
      return true;
    });
  }

  /** Returns the palette's labels that contain the typed text. */
  async findCommands(typed: string): Promise<string[]> {
    await this.openPalette(typed);
    const labels = await eventually(async () => {
      const rows = await this.rows();
      if (rows.length === 0) throw new Error(`The palette has not answered "${typed}".`);
      return rows.map((row) => row.label);
    });
    await this.cancel();
    return labels.filter((label) => label.toLowerCase().includes(typed.toLowerCase()));
  }

  /** Waits for a quick pick or input box, and returns its properties. */
  async readState(): Promise<{
    title: string;
    placeholder: string;
    message: string;
    value: string;
    isMasked: boolean;
  }> {
    await this.input.waitFor();
    const [placeholder, type, value] = await Promise.all([
      this.input.getAttribute('placeholder'),
      this.input.getAttribute('type'),
      this.input.inputValue(),
    ]);
    return {
      title: (await visibleText(this.widget.locator('.quick-input-title'))).trim(),
      placeholder: placeholder ?? '',
      message: await visibleText(this.widget.locator('.quick-input-message')),
      value,
      isMasked: type === 'password',
    };
  }

  async rows(): Promise<PickRow[]> {
    return this.list.evaluateAll((elements) =>
      elements.map((element) => {
        const separator = element.querySelector<HTMLElement>('.quick-input-list-separator');
        return {
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          detail: element.querySelector('.quick-input-list-label-meta')?.textContent ?? '',
          ariaLabel: element.getAttribute('aria-label') ?? '',
          // A reused row keeps its old separator, hidden.
          separator: separator?.checkVisibility() === true ? (separator.textContent ?? '') : '',
          focused: element.classList.contains('focused'),
          checked:
            element.querySelector('.quick-input-list-entry.show-checkboxes, .show-checkboxes') ||
            element.closest('.show-checkboxes')
              ? element.getAttribute('aria-checked') === 'true' ||
                element.querySelector(
                  '.quick-input-list-checkbox[aria-checked="true"], .quick-input-list-checkbox.checked',
                ) !== null
              : undefined,
        };
      }),
    );
  }

  /** Clicks the row with exactly this label. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  row(label: string): Locator {
    return this.list.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  /** Replaces the value of the input. */
  async type(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
  }

  /** Replaces the value of the input and accepts it. */
  async submit(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Closes the input with Escape. */
  async cancel(): Promise<void> {
    // A closing input can swallow the key.
    await eventually(async () => {
      if (await this.widget.isVisible()) await this.page.keyboard.press('Escape');
      await this.widget.waitFor({ state: 'hidden', timeout: 2000 });
    });
  }

  private get palette(): Locator {
    return this.widget.locator('input[placeholder^="Type the name of a command"]');
  }

  /** The row with its match highlighted. The list for the previous text can contain the row elsewhere. */
  private findHighlighted(label: string): Locator {
    return this.row(label).filter({ has: this.page.locator('.highlight') });
  }

  private async openPalette(typed: string): Promise<void> {
    await this.leaveWebview();
    // A closing input can swallow the key.
    await eventually(async () => {
      if (await this.widget.isVisible()) await this.cancel();
      await this.page.keyboard.press('F1');
      await this.palette.waitFor({ timeout: 2000 });
    });
    await this.palette.fill(`>${typed}`);
  }

  /**
   * A closing palette returns the focus to the webview, which takes it by a message. On a busy machine that message can
   * arrive when the next input is open, and close it.
   */
  private async leaveWebview(): Promise<void> {
    const inWebview = await this.page.evaluate(() => document.activeElement?.tagName === 'IFRAME');
    if (inWebview) await this.page.locator('.part.activitybar .action-item[tabindex="0"]').first().focus();
  }
}

async function visibleText(locator: Locator): Promise<string> {
  return (await locator.filter({ visible: true }).allInnerTexts())[0] ?? '';
}
