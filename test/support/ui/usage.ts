import type { Frame } from 'playwright-core';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';

/** Opens the usage panel, and waits for its sums. */
export async function showUsage(workbench: Workbench): Promise<Frame> {
  await workbench.run('Aiployees: Show Usage');
  return usagePage(workbench);
}

/** The page of the usage panel on the screen, once it has said what it covers. */
export function usagePage(workbench: Workbench): Promise<Frame> {
  return eventually(async () => {
    const frame = await workbench.detailsFrame();
    await frame.locator('.covers').filter({ hasText: 'conversation' }).waitFor({ timeout: 1000 });
    return frame;
  });
}

/** A table's rows by their cells. */
export async function tableRows(page: Frame, section: 'By Day' | 'By Type' | 'By Assistant'): Promise<string[][]> {
  const rows = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: section }) })
    .locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('th, td:not(.bar-cell)')].map((cell) => cell.textContent ?? '')),
  );
}
