import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';

export interface PickRow {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** Words of the separator that begins above this row. */
  readonly separator: string;
  readonly focused: boolean;
  /** Undefined where the pick has no check boxes. */
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

  /** Runs a command by the words that the palette shows, `Category: Title`. Fails where the palette does not offer it. */
  async run(title: string): Promise<void> {
    // The palette lists what is there when it opens: a window that is still starting has to be asked again.
    await eventually(async () => {
      await this.openPalette(title);
      await this.found(title).waitFor({ timeout: 1500 });
      await this.found(title).click();
      // Where rows moved under the click, nothing was chosen.
      await this.palette.waitFor({ state: 'hidden', timeout: 2000 });
    });
  }

  /** Runs a command as `run` does, if the palette offers it. @returns whether it does */
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
      // For words of no command the palette shows others that are like them.
      const found = await eventually(async () => {
        const now = await labels();
        if (now === '' || now === before) throw new Error(`The palette has not answered "${title}".`);
        return now.split('\n');
      });
      if (!found.includes(title)) {
        await this.cancel();
        return false;
      }
      await this.found(title).click({ timeout: 2000 });
      await this.palette.waitFor({ state: 'hidden', timeout: 2000 });
      return true;
    });
  }

  /** The palette's labels for what was typed, once it has settled: to see what is offered and what is not. */
  async offered(typed: string): Promise<string[]> {
    await this.openPalette(typed);
    const labels = await eventually(async () => {
      const rows = await this.rows();
      if (rows.length === 0) throw new Error(`The palette has not answered "${typed}".`);
      return rows.map((row) => row.label);
    });
    await this.cancel();
    return labels.filter((label) => label.toLowerCase().includes(typed.toLowerCase()));
  }

  /** Waits for a quick pick or input box; tells its title, placeholder, message, value and whether it masks. */
  async shown(): Promise<{ title: string; placeholder: string; message: string; value: string; masked: boolean }> {
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
      masked: type === 'password',
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
          // A row that had one before keeps it, hidden.
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

  /** Waits for the row with exactly this label and takes it. */
  async choose(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** The row with exactly this label. */
  row(label: string): Locator {
    return this.list.filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) }).first();
  }

  /** Replaces what stands in the input. */
  async type(text: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(text);
  }

  /** Replaces what stands in the input and accepts it. */
  async submit(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Closes it as Escape does. */
  async cancel(): Promise<void> {
    // A key pressed while one input closes and the next one opens is lost with the first.
    await eventually(async () => {
      if (await this.widget.isVisible()) await this.page.keyboard.press('Escape');
      await this.widget.waitFor({ state: 'hidden', timeout: 2000 });
    });
  }

  private get palette(): Locator {
    return this.widget.locator('input[placeholder^="Type the name of a command"]');
  }

  /** The row as it was found by what was typed: in the list of before it may stand elsewhere. */
  private found(label: string): Locator {
    return this.row(label).filter({ has: this.page.locator('.highlight') });
  }

  private async openPalette(typed: string): Promise<void> {
    await this.leaveWebview();
    // A key pressed while another input closes can be lost with it.
    await eventually(async () => {
      if (await this.widget.isVisible()) await this.cancel();
      await this.page.keyboard.press('F1');
      await this.palette.waitFor({ timeout: 2000 });
    });
    await this.palette.fill(`>${typed}`);
  }

  /**
   * When it closes, the palette gives the focus back to where it was. A webview takes it by a message to its page: on a busy
   * machine that comes when the next input is open, and closes it.
   */
  private async leaveWebview(): Promise<void> {
    const inWebview = await this.page.evaluate(() => document.activeElement?.tagName === 'IFRAME');
    if (inWebview) await this.page.locator('.part.activitybar .action-item[tabindex="0"]').first().focus();
  }
}

async function visibleText(locator: Locator): Promise<string> {
  return (await locator.filter({ visible: true }).allInnerTexts())[0] ?? '';
}
