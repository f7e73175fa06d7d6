import type { Locator } from 'playwright-core';
import type { Workbench } from '../workbench/workbench';

/** Waits for a modal dialog with this text. */
export async function question({ page }: Workbench, words: string | RegExp): Promise<Locator> {
  const dialog = page.locator('.monaco-dialog-box').filter({ hasText: words, visible: true });
  await dialog.waitFor();
  return dialog;
}

/** Waits for a dialog, presses one of its buttons, and returns its text. */
export async function answer(workbench: Workbench, words: string | RegExp, button: string): Promise<string> {
  const dialog = await question(workbench, words);
  const said = await dialog.innerText();
  // The next dialog may have the same text.
  const shown = await dialog.elementHandle();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await shown?.waitForElementState('hidden');
  return said;
}
