import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { barriers } from '../support/ui/axe';
import { clinic, conversation, transcript } from './conversations';
import { useDetailsPage } from './detailsSuite';
import type { ThemeName } from './themes';

const row = conversation({ customer: { name: 'Ines M.', phone: '+49 30 1234' }, variables: { plan: 'gold', address: { city: 'Berlin', geo: [1, 2] } } });
const notices = (['error', 'warning', 'info'] as const).map((severity) => ({
  severity,
  message: `This is worth knowing: ${severity}.`,
  actions: [{ action: 'retry', label: 'Retry' } as const],
}));

describe('the page of the details panel keeps nobody out', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  for (const theme of ['vscode-dark', 'vscode-light', 'vscode-high-contrast', 'vscode-high-contrast-light'] satisfies ThemeName[]) {
    it(`in ${theme}: with a transcript, while loading, without one, with its keys listed`, async () => {
      await suite.reopen({ theme });
      const { details } = suite;
      await details.page.emulateMedia({ reducedMotion: 'reduce' });
      await details.show({ row, transcript: clinic });
      await suite.openAll();
      await details.page.locator('.json-branch > summary').first().click();
      await details.page.locator('.json-children').first().waitFor();
      assert.deepEqual(await barriers(details.page), [], 'a transcript');
      await details.show({ row, busy: true });
      // It fades in late, and axe counts what is half seen as pale.
      await details.page.locator('.loading').evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
      assert.deepEqual(await barriers(details.page), [], 'loading');
      await details.show({ row, notices });
      assert.deepEqual(await barriers(details.page), [], 'notices');
      await details.show({ row, annotation: { label: 'bad', note: 'wrong slot' } });
      assert.deepEqual(await barriers(details.page), [], 'a label and a note');
      await details.page.getByRole('button', { name: 'Edit Note' }).click();
      assert.deepEqual(await barriers(details.page), [], 'a note that is written');
      await details.show({ row, transcript: transcript([]), number: 2 });
      assert.deepEqual(await barriers(details.page), [], 'nothing said');
      await details.show({ row, transcript: clinic, number: 3, composer: { draft: 'Hi', number: 0, sending: false, problem: 'It did not arrive.' } });
      assert.deepEqual(await barriers(details.page), [], 'a place to write');
      await details.page.locator('h1').click();
      await details.page.keyboard.press('?');
      await details.page.getByRole('dialog').waitFor();
      assert.deepEqual(await barriers(details.page), [], 'the list of keys');
    });
  }
});
