import type { Workbench } from '../workbench/workbench';

/** Has VS Code believe that its window lost the focus, or has it again: an automated browser never takes it away. */
export async function setWindowFocus({ page }: Workbench, focused: boolean): Promise<void> {
  await page.evaluate((has) => {
    Object.defineProperty(document, 'hasFocus', { configurable: true, value: () => has });
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
    document.dispatchEvent(new Event('visibilitychange'));
  }, focused);
}

/** Away from the window and back. */
export async function refocus(workbench: Workbench): Promise<void> {
  await setWindowFocus(workbench, false);
  await setWindowFocus(workbench, true);
}
