import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually';
import { Hover } from './hover';
import { chooseMenuItem, menuItems } from './menu';

export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** The accessible name. */
  readonly ariaLabel: string;
  /** 1 for the children of the root. */
  readonly level: number;
  /** Undefined for a row without children. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
  readonly focused: boolean;
  /** Name of the codicon, or URL of the image, or an empty string. */
  readonly icon: string;
  /** CSS color of the icon. */
  readonly iconColor: string;
}

/** The views of the container. The second exists while there are search results. */
export type ViewName = 'conversations' | 'searchResults';

/** Returns the pane of a view. The heading of the search results is constant, the other can name an account. */
export function findPane(page: Page, view: ViewName): Locator {
  const results = '.pane-header[aria-label^="Search Results"]';
  return page.locator(
    `.part.sidebar .pane${view === 'searchResults' ? `:has(> ${results})` : `:not(:has(> ${results}))`}`,
  );
}

/** A tree view in the side bar. Only visible rows are in it. */
export class Tree {
  readonly rowElements: Locator;
  private readonly pane: Locator;

  constructor(
    private readonly page: Page,
    view: ViewName = 'conversations',
  ) {
    this.pane = findPane(page, view);
    this.rowElements = this.pane.locator('.customview-tree .monaco-list-row');
  }

  async rows(): Promise<TreeRow[]> {
    const rows = await this.rowElements.evaluateAll((elements) =>
      elements.map((element) => {
        const icon = element.querySelector<HTMLElement>('.custom-view-tree-node-item-icon');
        const codicon = icon ? /codicon-([\w-]+)/.exec(icon.className)?.[1] : undefined;
        const expanded = element.getAttribute('aria-expanded');
        return {
          top: element.getBoundingClientRect().top,
          label: element.querySelector('.label-name')?.textContent ?? '',
          description: element.querySelector('.label-description')?.textContent ?? '',
          ariaLabel: element.getAttribute('aria-label') ?? '',
          level: Number(element.getAttribute('aria-level')),
          expanded: expanded === null ? undefined : expanded === 'true',
          selected: element.classList.contains('selected'),
          focused: element.classList.contains('focused'),
          icon: codicon ?? icon?.style.backgroundImage ?? '',
          iconColor: icon ? getComputedStyle(icon).color : '',
        };
      }),
    );
    // The list reuses its elements: their order in the document isn't the visible order.
    return rows.sort((a, b) => a.top - b.top).map(({ top: _top, ...row }) => row);
  }

  /** Waits until the visible labels are exactly these, from top to bottom. */
  async showsLabels(labels: readonly string[]): Promise<void> {
    await eventually(async () =>
      assert.deepEqual(
        (await this.rows()).map((row) => row.label),
        labels,
      ),
    );
  }

  /** Waits until a row with a matching label is visible, and returns it. */
  async read(label: string | RegExp): Promise<TreeRow> {
    return eventually(async () => {
      const rows = await this.rows();
      const found = rows.find((row) => matches(row.label, label));
      if (found) return found;
      throw new assert.AssertionError({
        message: `No row "${label}" among:\n${rows.map((row) => `${'  '.repeat(row.level)}${row.label}  ${row.description}`).join('\n')}`,
      });
    });
  }

  /** The first row with this label. */
  row(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name');
    return this.rowElements
      .filter({
        has: typeof label === 'string' ? name.getByText(label, { exact: true }) : name.filter({ hasText: label }),
      })
      .first();
  }

  async click(label: string | RegExp, modifier?: 'Control' | 'Meta' | 'Shift'): Promise<void> {
    await this.row(label)
      .locator('.monaco-icon-label')
      .first()
      .click(modifier ? { modifiers: [modifier] } : {});
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.setExpanded(label, true);
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.setExpanded(label, false);
  }

  /**
   * Clears the selection and collapses all groups but the first, because VS Code reuses both states for later rows of the
   * same kind.
   */
  async settle(): Promise<void> {
    if ((await this.rows()).length === 0) return;
    await this.focus();
    await this.page.keyboard.press('Home');
    const groups = async (): Promise<TreeRow[]> => (await this.rows()).filter(({ level }) => level === 1);
    const [first] = await groups();
    if (first?.expanded === true) await this.collapse(first.label);
    for (const { label, expanded } of await groups()) if (expanded === true) await this.collapse(label);
    if (first?.expanded === true) await this.expand(first.label);
    await eventually(async () => {
      await this.page.keyboard.press('Escape');
      assert.ok(!(await this.rows()).some(({ selected }) => selected));
    });
  }

  /** Opens the context menu of a row and chooses an item by its label. */
  async contextMenu(label: string | RegExp, item: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    await chooseMenuItem(this.page, item);
  }

  /** Returns the labels of a row's context menu. */
  async contextMenuItems(label: string | RegExp): Promise<string[]> {
    await this.row(label).click({ button: 'right' });
    return menuItems(this.page);
  }

  /** Clicks an icon in a row, by its tooltip. */
  async inlineAction(label: string | RegExp, action: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).getByRole('button', { name: action }).click();
  }

  /** Returns the tooltips of the icons that a row shows under the mouse. */
  async inlineActions(label: string | RegExp): Promise<string[]> {
    await this.row(label).hover();
    return this.row(label)
      .locator('.actions .action-label')
      .filter({ visible: true })
      .evaluateAll((actions) => actions.map((action) => action.getAttribute('aria-label') ?? ''));
  }

  /** Returns the text of a row's hover. VS Code shows "Loading..." until the extension resolves it. */
  async tooltip(label: string | RegExp): Promise<string> {
    const hover = await new Hover(this.page).over(this.row(label).locator('.monaco-icon-label').first());
    return eventually(async () => {
      const text = await hover.innerText({ timeout: 1000 });
      assert.notEqual(text.trim(), 'Loading...');
      return text;
    });
  }

  /** Focuses the tree. */
  async focus(): Promise<void> {
    await this.pane.locator('.customview-tree .monaco-list').focus();
  }

  /** Waits until the pane contains the focus. */
  async hasFocus(): Promise<void> {
    const pane = await this.pane.elementHandle();
    await eventually(async () =>
      assert.equal(await pane?.evaluate((element) => element.contains(document.activeElement)), true),
    );
  }

  private async setExpanded(label: string | RegExp, expanded: boolean): Promise<void> {
    const row = this.row(label);
    if ((await row.getAttribute('aria-expanded')) === String(expanded)) return;
    await row.locator('.monaco-tl-twistie').click();
    await eventually(async () => assert.equal(await row.getAttribute('aria-expanded'), String(expanded)));
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
