import type { Workbench } from '../workbench/workbench';

/** Simulates that the window loses or gets the focus: an automated browser never takes the focus away. */
export async function setWindowFocus({ page }: Workbench, focused: boolean): Promise<void> {
  await page.evaluate((has) => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => has });
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, focused);
}

export async function refocus(workbench: Workbench): Promise<void> {
  await setWindowFocus(workbench, false);
  await setWindowFocus(workbench, true);
}
