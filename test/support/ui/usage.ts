import type { Frame } from 'playwright-core';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';

/** Opens the usage panel, and waits for its totals. */
export async function showUsage(workbench: Workbench): Promise<Frame> {
  await workbench.run('AIployees: Show Usage');
  return usagePage(workbench);
}

/** Waits until the visible usage panel has its totals, and returns its page. */
export function usagePage(workbench: Workbench): Promise<Frame> {
  return eventually(async () => {
    const frame = await workbench.detailsFrame();
    await frame.locator('.covers').filter({ hasText: 'conversation' }).waitFor({ timeout: 1000 });
    return frame;
  });
}

/** Returns the cells of each row. */
export async function tableRows(page: Frame, section: 'By Day' | 'By Type' | 'By Assistant'): Promise<string[][]> {
  const rows = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: section }) })
    .locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('th, td:not(.bar-cell)')].map((cell) => cell.textContent ?? '')),
  );
}
