import assert from 'node:assert/strict';
import type { Notice } from '../../src/protocol/details';
import { barriers } from '../support/ui/axe';
import { clinic, conversation, transcript } from './conversations';
import { useDetailsPage } from './detailsSuite';
import type { ThemeName } from './themes';

const row = conversation({
  customer: { name: 'Ines M.', phone: '+49 30 1234' },
  variables: { plan: 'gold', address: { city: 'Berlin', geo: [1, 2] } },
});
const notices = (['error', 'warning', 'info'] as const).map((severity) => ({
  severity,
  message: `This is worth knowing: ${severity}.`,
  actions: [{ action: 'retry', label: 'Retry' } as const],
}));

const failed: Notice = {
  severity: 'error',
  message: "Couldn't load the transcript. Server error (500).",
  actions: [
    { action: 'retry', label: 'Retry' },
    { action: 'showLog', label: 'Show Log' },
  ],
};
const missing: Notice = {
  severity: 'warning',
  message: 'Conversation not found (404). It may have been deleted after the list was loaded.',
  actions: [{ action: 'retry', label: 'Retry' }],
};
const elsewhere: Notice = {
  severity: 'info',
  message: "This conversation is on call.example. You're viewing sample data.",
  actions: [{ action: 'leaveSampleData', label: 'Exit Sample Data' }],
};

describe('details page has no accessibility violations', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  for (const theme of [
    'vscode-dark',
    'vscode-light',
    'vscode-high-contrast',
    'vscode-high-contrast-light',
  ] satisfies ThemeName[]) {
    it(`while loading, with or without a transcript, and with the list of keyboard shortcuts (${theme})`, async () => {
      await suite.reopen({ theme });
      const { details } = suite;
      await details.page.emulateMedia({ reducedMotion: 'reduce' });
      await details.show({ row, transcript: clinic });
      await suite.openAll();
      await details.page.locator('.json-branch > summary').first().click();
      await details.page.locator('.json-children').first().waitFor();
      assert.deepEqual(await barriers(details.page), [], 'a transcript');
      await details.show({ row, busy: true });
      // axe reports low contrast while the text fades in.
      await details.page
        .locator('.loading')
        .evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
      assert.deepEqual(await barriers(details.page), [], 'loading');
      await details.show({ row, notices });
      assert.deepEqual(await barriers(details.page), [], 'notices');
      await details.show({ row, annotation: { label: 'bad', note: 'wrong slot' } });
      assert.deepEqual(await barriers(details.page), [], 'a label and a note');
      await details.page.getByRole('button', { name: 'Edit Note' }).click();
      assert.deepEqual(await barriers(details.page), [], 'editing a note');
      await details.show({ row, annotation: { label: 'bad', note: 'wrong slot' }, unsavedNote: 'wrong slot, again' });
      await details.page.getByRole('alert').filter({ visible: true }).waitFor();
      assert.deepEqual(await barriers(details.page), [], 'a note that failed to save');
      await details.show({ row, transcript: transcript([]), number: 2 });
      assert.deepEqual(await barriers(details.page), [], 'an empty transcript');
      await details.show({
        row,
        transcript: clinic,
        number: 3,
        composer: { draft: 'Hi', number: 0, sending: false, problem: 'It did not arrive.' },
      });
      assert.deepEqual(await barriers(details.page), [], 'a composer');
      await details.page.locator('h1').click();
      await details.page.keyboard.press('?');
      await details.page.getByRole('dialog').waitFor();
      assert.deepEqual(await barriers(details.page), [], 'the list of keyboard shortcuts');
    });

    it(`with a failed load, a missing or foreign conversation, a search result, and in each view mode (${theme})`, async () => {
      await suite.reopen({ theme });
      const { details } = suite;
      const { page } = details;
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const notice of [failed, missing, elsewhere]) {
        await details.show({ row, notices: [notice] });
        await page.getByText(notice.message).waitFor();
        assert.deepEqual(await barriers(page), [], notice.message);
        await details.show({ row, transcript: clinic, number: 1, notices: [notice] });
        assert.deepEqual(await barriers(page), [], `above a transcript: ${notice.message}`);
      }
      await details.show({ id: 'unlisted', notices: [missing] });
      assert.deepEqual(await barriers(page), [], 'no row');

      await details.show({ row, transcript: clinic, number: 1 });
      await details.post({ type: 'goTo', number: 1, place: { part: 'result', turn: 2, call: 0, found: 'slots' } });
      await page.waitForFunction(() => (CSS.highlights.get('found')?.size ?? 0) > 0);
      assert.deepEqual(await barriers(page), [], 'a highlight');
      await page.getByRole('button', { name: 'Plain Text' }).click();
      assert.deepEqual(await barriers(page), [], 'plain text');
      await page.getByRole('button', { name: 'Messages' }).click();
      assert.deepEqual(await barriers(page), [], 'only messages');
      await page.getByRole('button', { name: 'Raw' }).click();
      await details.post({
        type: 'raw',
        number: 1,
        raw: { status: true, history: [{ role: 'user', content: '11:40 please.' }] },
      });
      await page.locator('.raw').getByText('history').waitFor();
      assert.deepEqual(await barriers(page), [], 'raw');
    });
  }
});
