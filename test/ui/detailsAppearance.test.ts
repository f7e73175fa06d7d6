import assert from 'node:assert/strict';
import { fixtures } from '../../src/sample/conversations/fixtures';
import type { SampleConversation } from '../../src/sample/wire';
import { barriers } from '../support/ui/axe';
import { connect, person, waitForTranscript } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

test.describe('The conversation panel in the themes of VS Code', () => {
  test.use({ sample: 'empty' });
  let ada: SampleConversation;

  test.beforeEach(async ({ server }) => {
    const history = [...fixtures.plainTextError.turns(), ...fixtures.jsonStringResult.turns()];
    ada = person(server, 'Ada', { variables: { plan: 'gold' }, history });
  });

  test('follows a change of theme immediately, and is accessible in every theme', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    const page = await waitForTranscript(workbench, ada);
    for (const call of await page.locator('.call > summary').all()) await call.click();
    await page.locator('.call-body').nth(1).waitFor();
    const appearances = new Set<string>();
    for (const [theme, kind] of [
      ['dark', 'vscode-dark'],
      ['light', 'vscode-light'],
      ['highContrastDark', 'vscode-high-contrast'],
      ['highContrastLight', 'vscode-high-contrast-light'],
    ] as const) {
      await workbench.switchTheme(theme);
      await expect.poll(() => page.locator('body').getAttribute('data-vscode-theme-kind')).toBe(kind);
      assert.deepEqual(await barriers(page), [], theme);
      appearances.add(
        await page
          .locator('.call')
          .first()
          .evaluate((call) => {
            const { color, backgroundColor } = getComputedStyle(document.body);
            return `${color} on ${backgroundColor}, ruled ${getComputedStyle(call).borderTopColor}`;
          }),
      );
    }
    assert.equal(appearances.size, 4, [...appearances].join('\n'));
    assert.equal(await page.locator('.call[open]').count(), 2);
  });
});
