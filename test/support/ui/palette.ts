import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';

const category = 'Aiployees: ';

/** What VS Code itself offers for every view. */
const ofVsCode: readonly string[] = ['Focus on Conversations View', 'Focus on Search Results View'];

/** Titles of the extension's commands that the palette offers now, in their order there. */
export async function offeredCommands({ page, quick }: Workbench): Promise<string[]> {
  // A key pressed while another input closes can be lost with it.
  await eventually(async () => {
    if (await quick.widget.isVisible()) await quick.cancel();
    await page.keyboard.press('F1');
    await quick.input.waitFor({ timeout: 2000 });
  });
  await quick.type(`>${category}`);
  const titles = new Set<string>();
  let focused = '';
  // The list holds no more rows than are on the screen: it is gone through from top to bottom.
  for (;;) {
    const rows = await eventually(async () => {
      const shown = await quick.rows();
      const ours = shown.filter(({ label }) => label.startsWith(category));
      assert.ok(ours.length > 0 && ours.length === shown.length, 'the palette has not settled');
      const now = shown.find((row) => row.focused)?.label;
      assert.ok(now !== undefined, 'no command is focused');
      return { ours, now };
    });
    for (const { label } of rows.ours) titles.add(label.slice(category.length));
    if (rows.now === focused) break;
    focused = rows.now;
    // Unlike the arrows it does not go round at the end.
    await page.keyboard.press('PageDown');
  }
  await quick.cancel();
  return [...titles].filter((title) => !ofVsCode.includes(title));
}
