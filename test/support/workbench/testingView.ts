import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from './eventually';
import { chooseMenuItem } from './menu';
import type { Workbench } from './workbench';

/** Page object of VS Code's Testing view. */
export class TestingView {
  private readonly rows: Locator;

  constructor(private readonly workbench: Workbench) {
    this.rows = workbench.page.locator('.test-explorer-tree .monaco-list-row');
  }

  async open(): Promise<void> {
    await this.workbench.run('Testing: Focus on Test Explorer View');
    await this.rows.first().waitFor();
  }

  /** The accessible name starts with the label; the text ends with the duration. */
  row(label: string): Locator {
    return this.workbench.page.locator(`.test-explorer-tree .monaco-list-row[aria-label^="${label} ("]`);
  }

  /** Expands a file, which then shows its description. */
  async expand(path: string, description: string): Promise<void> {
    await this.row(path).locator('.monaco-tl-twistie').click();
    await this.row(description).waitFor();
  }

  async rowsAre(labels: readonly string[]): Promise<void> {
    await eventually(async () => {
      const shown = await this.rows.locator('.label').allInnerTexts();
      assert.deepEqual(
        shown.map((text) => text.trim()),
        labels,
      );
    });
  }

  /** Runs a test, or all tests of a file, by its inline button. */
  async run(label: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).getByRole('button', { name: 'Run Test', exact: true }).click();
  }

  /** Chooses an item of a test's context menu. */
  async choose(label: string, item: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    await chooseMenuItem(this.workbench.page, item);
  }

  /** @param state as in the accessible name, such as `Passed` */
  async stateIs(label: string, state: string): Promise<void> {
    await eventually(async () => {
      const name = (await this.row(label).getAttribute('aria-label')) ?? '';
      assert.ok(name.includes(`(${state})`), name);
    });
  }

  async errorIs(text: RegExp): Promise<void> {
    await eventually(async () => {
      const shown = await this.rows.locator('.error').allInnerTexts();
      assert.ok(
        shown.some((each) => text.test(each.trim())),
        shown.join(' | '),
      );
    });
  }

  /** Opens a test's file at its line. */
  async openSource(label: string): Promise<void> {
    await this.row(label).dblclick();
    await this.workbench.page.locator('.part.editor .view-line').first().waitFor();
  }

  /** Waits for text that VS Code shows next to a line of the editor, such as a failure. */
  async lineShows(line: string, text: string): Promise<void> {
    const editor = this.workbench.page.locator('.part.editor .editor-instance');
    const inView = editor.locator('.view-line').filter({ hasText: line }).first();
    await eventually(async () => {
      const [at, shown] = [await inView.boundingBox(), await editor.getByText(text).first().boundingBox()];
      assert.ok(at !== null && shown !== null && Math.abs(at.y - shown.y) < at.height / 2, `${text} isn't at ${line}`);
    });
  }
}
