import type { Locator } from 'playwright-core';
import type { Workbench } from '../support/workbench/workbench';
import { expect, test } from '../support/ui/fixtures';

const broken = `assistant: Clinic Desk
vars: { name: Ines }
tests:
  - description: greets
    turns:
      - user: +491711234
        assert:
          - { type: contain, value: Hello }
          - { type: javascript, value: 'true' }
`;

test.describe('Conversation test files', () => {
  test.use({ reuseWindow: true, folder: async ({ workspace }, use) => use(workspace.path) });
  test.beforeEach(({ workspace }) => workspace.write('clinic.conversation.yaml', broken));

  const openFile = async (workbench: Workbench, name: string): Promise<void> => {
    const { page } = workbench;
    await workbench.run('View: Show Explorer');
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).dblclick();
    await page.locator('.part.editor .tab').filter({ hasText: name }).waitFor();
  };
  const problems = ({ page }: Workbench): Locator => page.locator('.markers-panel-container .monaco-list-row');

  test('show problems at their places, and new ones while typing', async ({ workbench }) => {
    const { page } = workbench;
    await openFile(workbench, 'clinic');
    await workbench.run('View: Focus Problems');
    await expect(problems(workbench).filter({ hasText: 'vars' })).toContainText(
      "vars isn't a key that's known here. Did you mean variables?",
    );
    await expect(problems(workbench).filter({ hasText: 'vars' })).toContainText('[Ln 2, Col 1]');
    const type = problems(workbench).filter({ hasText: 'Did you mean contains?' });
    await expect(type).toContainText('[Ln 8, Col 21]');
    await expect(problems(workbench).filter({ hasText: "test files can't run code" })).toContainText('[Ln 9, Col 21]');
    await expect(page.locator('.part.editor .squiggly-error')).toHaveCount(3);

    await page.locator('.part.editor .view-line').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('bananas: 1\n');
    await expect(problems(workbench).filter({ hasText: 'bananas' })).toContainText('[Ln 1, Col 1]');
    await expect(type).toContainText('[Ln 9, Col 21]');
  });

  test('complete keys and types, and describe them', async ({ workbench }) => {
    const { page } = workbench;
    await openFile(workbench, 'clinic');
    await page.locator('.part.editor .view-line').first().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('          - type: not-tool-u');
    const suggestion = page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: 'not-tool-used' });
    await expect(async () => {
      if (!(await suggestion.isVisible())) await workbench.run('Trigger Suggest');
      await suggestion.waitFor({ timeout: 2000 });
    }).toPass();
    await suggestion.click();
    await expect.poll(() => workbench.editorText()).toContain('- type: not-tool-used');

    await page
      .locator('.part.editor .view-line span')
      .filter({ hasText: /^assistant$/ })
      .first()
      .hover();
    await expect(page.locator('.monaco-hover').filter({ visible: true })).toContainText(
      "The assistant's name. If several share it, enter name and id.",
    );
  });
});
