import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SampleConversation } from '../../src/sample/wire';
import { projectRoot } from '../support/paths';
import type { SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import {
  connect,
  keepOpen,
  waitForPage,
  person,
  expectTexts,
  startEmptyServer,
  tabOf,
  timesRead,
  waitForTranscript,
} from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { waitForStoredEditors } from '../support/ui/storedEditors';

const readBefore = 'This conversation was loaded earlier. Set an API key to reload it.';

test.describe('Conversation panels after a reload', () => {
  // Only a window with a folder restores its editors.
  test.use({ sample: 'empty', folder: join(projectRoot, 'test', 'fixtures') });
  let other: SampleServer;
  let ada: SampleConversation;
  let ben: SampleConversation;

  test.beforeEach(async ({ server }) => {
    other = await startEmptyServer();
    const call = { name: 'look_up', arguments: { shelf: 7 }, result: { found: true } };
    const turns = Array.from({ length: 60 }, (_, index) => ({ role: 'user', content: `Line ${index}` }));
    ada = person(server, 'Ada', {
      history: [...turns, { role: 'assistant', content: 'Yes.', function_calls: [call] }],
    });
    ben = person(server, 'Ben');
  });
  test.afterEach(() => other.close());

  test('reopen with their scroll position, open cards, and draft', async ({ server, workbench, window }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ben');
    await waitForTranscript(workbench, ben);
    await keepOpen(workbench);
    await workbench.tree.click('Ada');
    const before = await waitForTranscript(workbench, ada);
    await before.locator('.call > summary').click();
    await before.locator('.call-body').waitFor();
    const scroll = await before.evaluate(() => Math.round(scrollY));
    assert.notEqual(scroll, 0);
    await before.getByRole('textbox', { name: 'Type a message to the assistant' }).fill('Not sent yet');
    await waitForStoredEditors(
      workbench,
      ...[
        `"id":"${ben.id}"`,
        `"id":"${ada.id}"`,
        `"scroll":${scroll}`,
        '"open":["60.0"]',
        `["${ada.id}","Not sent yet"]`,
      ],
    );

    await window.reload();
    const after = await waitForTranscript(workbench, ada);
    await after.locator('.call[open] > .call-body').waitFor();
    await expect.poll(() => after.evaluate(() => Math.round(scrollY))).toBe(scroll);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben), tabOf(ada)]);
    assert.equal(timesRead(server, ada), 2);
    const message = after.getByRole('textbox', { name: 'Type a message to the assistant' });
    await expect.poll(() => message.inputValue()).toBe('Not sent yet');
    await expect.poll(() => message.evaluate((element) => element === document.activeElement)).toBe(true);

    const newcomer = person(server, 'Cleo');
    await workbench.openContainer();
    await workbench.run('AIployees: Refresh');
    await workbench.tree.click('Cleo');
    await waitForTranscript(workbench, newcomer);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben), tabOf(newcomer)]);
  });

  test('name their account while another one is current, and send it no request', async ({
    server,
    workbench,
    window,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    const page = await waitForTranscript(workbench, ada);
    await workbench.changeSettings({ 'aiployees.baseUrl': other.url });
    await expectTexts(page, '.notices .notice p', [readBefore]);
    await signIn(workbench);
    const belongs = `This conversation is on ${new URL(server.url).host}`;
    const expectNotice = (frame: typeof page): Promise<void> =>
      expect(async () =>
        assert.ok((await frame.locator('.notices .notice p').innerText({ timeout: 1000 })).startsWith(belongs)),
      ).toPass();
    await expectNotice(page);
    assert.equal(await page.locator('.turn').count(), 61);
    await waitForStoredEditors(workbench, ada.id);
    const commands = [
      'Copy as JSON',
      'Copy as cURL',
      'Open as Markdown',
      'Rerun as Test Conversation',
      'Send Message…',
    ];
    const refusal = `This conversation is on ${new URL(server.url).host}`;
    for (const command of commands) {
      await workbench.run(`AIployees: ${command}`);
      await workbench.notifications.takeFromList(refusal);
    }
    // Reopening doesn't reload it.
    await workbench.run('AIployees: Open Conversation');
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ada)]);
    assert.deepEqual(
      other.requests.filter((request) => JSON.stringify(request).includes(ada.id)),
      [],
    );

    await window.reload();
    const after = await waitForPage(workbench, ada);
    await expectNotice(after);
    await expectTexts(after, '.notices .notice button', ['Switch Account']);
    assert.equal(await after.locator('.turn').count(), 0);
    assert.equal(timesRead(server, ada), 1);
    assert.equal(timesRead(other, ada), 0);

    await workbench.changeSettings({ 'aiployees.baseUrl': server.url });
    await waitForTranscript(workbench, ada);
    await expectTexts(after, '.notices .notice', []);
  });

  test('ask for an API key if it was cleared', async ({ workbench, window }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ben');
    const page = await waitForTranscript(workbench, ben);
    await workbench.run('AIployees: Clear API Key');
    await expectTexts(page, '.notices .notice p', [readBefore]);
    await expectTexts(page, '.text', ['Hello Ben.']);
    await waitForStoredEditors(workbench, ben.id);

    await window.reload();
    const after = await waitForPage(workbench, ben);
    await expectTexts(after, '.notices .notice p', ['Set an API key to load this conversation.']);
    await expectTexts(after, '.text', []);
    await after.getByRole('button', { name: 'Set API Key' }).click();
    await workbench.quick.submit('7|a-key-of-the-tests');
    await expectTexts(after, '.text', ['Hello Ben.']);
    await expectTexts(after, '.notices .notice', []);
  });
});
