import type { Workbench } from '../workbench/workbench';

/** Trusts the window's folder, which opens in Restricted Mode. */
export async function trustFolder(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.run('Workspaces: Manage Workspace Trust');
  const editor = page.locator('.workspace-trust-editor');
  await editor.getByRole('button', { name: 'Trust', exact: true }).click();
  await page.locator('.part.statusbar').getByText('Restricted Mode').waitFor({ state: 'hidden' });
  // A modal editor of 1.139.1, which Escape doesn't close.
  const close = page.locator('.monaco-modal-editor-block, .modal-editor-part').getByRole('button', { name: /^Close/ });
  if (await close.first().isVisible()) await close.first().click();
  else await workbench.run('View: Close Editor');
  await editor.waitFor({ state: 'hidden' });
}
