import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
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
  message: 'Server error (500) while reading the transcript.',
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

describe('the page of the details panel keeps nobody out', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  for (const theme of [
    'vscode-dark',
    'vscode-light',
    'vscode-high-contrast',
    'vscode-high-contrast-light',
  ] satisfies ThemeName[]) {
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
      await details.page
        .locator('.loading')
        .evaluate((element) => Promise.all(element.getAnimations().map(({ finished }) => finished)));
      assert.deepEqual(await barriers(details.page), [], 'loading');
      await details.show({ row, notices });
      assert.deepEqual(await barriers(details.page), [], 'notices');
      await details.show({ row, annotation: { label: 'bad', note: 'wrong slot' } });
      assert.deepEqual(await barriers(details.page), [], 'a label and a note');
      await details.page.getByRole('button', { name: 'Edit Note' }).click();
      assert.deepEqual(await barriers(details.page), [], 'a note that is written');
      await details.show({ row, annotation: { label: 'bad', note: 'wrong slot' }, unkeptNote: 'wrong slot, again' });
      await details.page.getByRole('alert').filter({ visible: true }).waitFor();
      assert.deepEqual(await barriers(details.page), [], 'a note that could not be kept');
      await details.show({ row, transcript: transcript([]), number: 2 });
      assert.deepEqual(await barriers(details.page), [], 'nothing said');
      await details.show({
        row,
        transcript: clinic,
        number: 3,
        composer: { draft: 'Hi', number: 0, sending: false, problem: 'It did not arrive.' },
      });
      assert.deepEqual(await barriers(details.page), [], 'a place to write');
      await details.page.locator('h1').click();
      await details.page.keyboard.press('?');
      await details.page.getByRole('dialog').waitFor();
      assert.deepEqual(await barriers(details.page), [], 'the list of keys');
    });

    it(`in ${theme}: where reading failed, the conversation is gone or elsewhere; at a place that was searched for; raw, alone and as sent`, async () => {
      await suite.reopen({ theme });
      const { details } = suite;
      const { page } = details;
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const notice of [failed, missing, elsewhere]) {
        await details.show({ row, notices: [notice] });
        await page.getByText(notice.message).waitFor();
        assert.deepEqual(await barriers(page), [], notice.message);
        await details.show({ row, transcript: clinic, number: 1, notices: [notice] });
        assert.deepEqual(await barriers(page), [], `above what was read: ${notice.message}`);
      }
      await details.show({ id: 'unlisted', notices: [missing] });
      assert.deepEqual(await barriers(page), [], 'no row');

      await details.show({ row, transcript: clinic, number: 1 });
      await details.tell({ type: 'goTo', number: 1, place: { part: 'result', turn: 2, call: 0, found: 'slots' } });
      await page.waitForFunction(() => (CSS.highlights.get('found')?.size ?? 0) > 0);
      assert.deepEqual(await barriers(page), [], 'a mark');
      await page.getByRole('button', { name: 'Plain Text' }).click();
      assert.deepEqual(await barriers(page), [], 'as sent');
      await page.getByRole('button', { name: 'Messages' }).click();
      assert.deepEqual(await barriers(page), [], 'messages alone');
      await page.getByRole('button', { name: 'Raw' }).click();
      await details.tell({
        type: 'raw',
        number: 1,
        raw: { status: true, history: [{ role: 'user', content: '11:40 please.' }] },
      });
      await page.locator('.raw').getByText('history').waitFor();
      assert.deepEqual(await barriers(page), [], 'raw');
    });
  }
});
