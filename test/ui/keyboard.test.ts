import assert from 'node:assert/strict';
import type { SampleConversation } from '../../src/sample/wire';
import type { Workbench } from '../support/workbench/workbench';
import { person, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

test.describe('Working without a mouse', () => {
  test.use({ sample: 'empty' });
  let ada: SampleConversation;
  test.beforeEach(async ({ server }) => {
    ada = person(server, 'Ada');
  });

  /** Runs a command without the mouse. */
  async function run({ page, quick }: Workbench, command: string): Promise<void> {
    await expect(async () => {
      if (!(await quick.input.isVisible())) await page.keyboard.press('F1');
      await quick.input.fill(`>${command}`, { timeout: 2000 });
      const rows = await quick.rows();
      assert.equal(rows.find(({ focused }) => focused)?.label, command);
    }).toPass();
    await page.keyboard.press('Enter');
  }

  /** Presses a key until the condition holds. */
  async function pressUntil({ page }: Workbench, key: string, so: () => Promise<boolean>): Promise<void> {
    for (let pressed = 0; pressed < 40; pressed++) {
      if (await so()) return;
      await page.keyboard.press(key);
    }
    assert.fail(`${key} leads nowhere.`);
  }

  test('leads from the welcome view to a transcript and its ID, with names for a screen reader', async ({
    workbench,
  }) => {
    const { page, quick, tree } = workbench;
    await run(workbench, 'AIployees: Focus on Conversations View');
    await expect.poll(() => workbench.welcome()).toBeTruthy();
    const readFocusedText = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await pressUntil(workbench, 'Tab', async () => (await readFocusedText()).trim() === 'Set API Key');
    await page.keyboard.press('Enter');
    assert.equal((await quick.readState()).isMasked, true);
    await page.keyboard.type('7|a-key-of-the-tests');
    await page.keyboard.press('Enter');
    await workbench.notifications.read('API key saved for');

    await tree.read('Clinic Desk');
    await run(workbench, 'AIployees: Focus on Conversations View');
    const row = async (): Promise<string> => (await tree.rows()).find((each) => each.focused)?.label ?? '';
    await tree.hasFocus();
    await pressUntil(workbench, 'ArrowDown', async () => (await row()) === 'Clinic Desk');
    await page.keyboard.press('ArrowRight');
    await tree.read('Ada');
    await pressUntil(workbench, 'ArrowDown', async () => (await row()) === 'Ada');
    const spoken = (await tree.rows()).map(({ ariaLabel }) => ariaLabel);
    assert.deepEqual(spoken.slice(0, 2), ['Test, 1', 'Clinic Desk, 1']);
    assert.match(spoken[2] ?? '', /^Ada, Clinic Desk, Test, .+, 1 message$/);

    await page.keyboard.press('ControlOrMeta+c');
    await expect.poll(() => workbench.readClipboard()).toBe(ada.id);
    await workbench.writeClipboard('');
    await page.keyboard.press('Enter');
    const frame = await waitForTranscript(workbench, ada);
    await expect.poll(() => frame.evaluate(() => document.hasFocus())).toBe(true);
    await page.keyboard.press('j');
    await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('turn-1');
    const readFocusedLabel = (): Promise<string> =>
      frame.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    await pressUntil(workbench, 'Shift+Tab', async () => (await readFocusedLabel()) === 'Copy Conversation ID');
    await page.keyboard.press('Enter');
    await expect.poll(() => workbench.readClipboard()).toBe(ada.id);
  });
});
