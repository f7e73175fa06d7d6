import type { Locator } from 'playwright-core';
import type { Workbench } from '../workbench/workbench';

/** Waits for a modal dialog with this text. */
export async function waitForQuestion({ page }: Workbench, text: string | RegExp): Promise<Locator> {
  const dialog = page.locator('.monaco-dialog-box').filter({ hasText: text, visible: true });
  await dialog.waitFor();
  return dialog;
}

/** Waits for a dialog, presses one of its buttons, and returns its text. */
export async function answer(workbench: Workbench, text: string | RegExp, button: string): Promise<string> {
  const dialog = await waitForQuestion(workbench, text);
  const message = await dialog.innerText();
  // The next dialog may have the same text.
  const shown = await dialog.elementHandle();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await shown?.waitForElementState('hidden');
  return message;
}
