import assert from 'node:assert/strict';
import { eventually } from '../workbench/eventually';
import type { Workbench } from '../workbench/workbench';

const category = 'AIployees: ';

/** VS Code's own commands for each view. */
const ofVsCode: readonly string[] = ['Focus on Conversations View', 'Focus on Search Results View'];

/** Returns the titles of the extension's commands in the palette, in order. */
export async function offeredCommands({ page, quick }: Workbench): Promise<string[]> {
  // A closing input can swallow the key.
  await eventually(async () => {
    if (await quick.widget.isVisible()) await quick.cancel();
    await page.keyboard.press('F1');
    await quick.input.waitFor({ timeout: 2000 });
  });
  await quick.type(`>${category}`);
  const titles = new Set<string>();
  let focused = '';
  // The list contains only the visible rows: page through all of them.
  for (;;) {
    const rows = await eventually(async () => {
      const shown = await quick.rows();
      const own = shown.filter(({ label }) => label.startsWith(category));
      assert.ok(own.length > 0 && own.length === shown.length, 'the palette has not settled');
      const now = shown.find((row) => row.focused)?.label;
      assert.ok(now !== undefined, 'no command is focused');
      return { ours: own, now };
    });
    for (const { label } of rows.ours) titles.add(label.slice(category.length));
    if (rows.now === focused) break;
    focused = rows.now;
    // Unlike the arrow keys, PageDown stops at the end.
    await page.keyboard.press('PageDown');
  }
  await quick.cancel();
  return [...titles].filter((title) => !ofVsCode.includes(title));
}
