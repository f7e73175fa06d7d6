import type { Locator } from 'playwright-core';
import type { Workbench } from '../workbench/workbench';

/** The modal question on the screen that says this. */
export async function question({ page }: Workbench, words: string | RegExp): Promise<Locator> {
  const dialog = page.locator('.monaco-dialog-box').filter({ hasText: words, visible: true });
  await dialog.waitFor();
  return dialog;
}

/** Waits for a question, and answers it with one of its buttons. @returns what it said */
export async function answer(workbench: Workbench, words: string | RegExp, button: string): Promise<string> {
  const dialog = await question(workbench, words);
  const said = await dialog.innerText();
  // This very one: the next may say the same.
  const shown = await dialog.elementHandle();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await shown?.waitForElementState('hidden');
  return said;
}
