import type { Locator, Page } from 'playwright-core';

/** Chooses an item of the open menu by its label. */
export async function chooseMenuItem(page: Page, item: string): Promise<void> {
  // The accessible name can end with a keybinding, so match the label.
  const entry = openMenu(page)
    .getByRole('menuitem')
    .filter({ has: page.locator('.action-label').getByText(item, { exact: true }) });
  // A menu ignores a click right after it opened: hover with the mouse, and press Enter.
  await entry.hover();
  await openMenu(page).locator('.action-item.focused').getByText(item, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await openMenu(page).waitFor({ state: 'hidden' });
}

/** Chooses an item of a submenu of the open menu. */
export async function chooseSubmenuItem(page: Page, menu: string, item: string): Promise<void> {
  const entry = (label: string): Locator =>
    page
      .locator('.monaco-menu .action-item')
      .filter({ has: page.locator('.action-label').getByText(label, { exact: true }) });
  await entry(menu).first().hover();
  await entry(item).last().hover();
  await page.locator('.monaco-menu .action-item.focused').getByText(item, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await openMenu(page).waitFor({ state: 'hidden' });
}

/** Returns the labels of the open menu from top to bottom, and closes it. */
export async function menuItems(page: Page): Promise<string[]> {
  const labels = openMenu(page).locator('.action-label:not(.separator)');
  await labels.first().waitFor();
  const texts = await labels.evaluateAll((elements) =>
    elements.map((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''),
  );
  await page.keyboard.press('Escape');
  await openMenu(page).waitFor({ state: 'hidden' });
  return texts;
}

function openMenu(page: Page): Locator {
  return page.locator('.monaco-menu').filter({ visible: true }).first();
}
