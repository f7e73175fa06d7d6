import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import type { Fault } from '../support/sampleServer';
import {
  connect,
  waitForPage,
  person,
  expectTexts,
  timesRead,
  waitForTranscript,
  transcriptPath,
  showFacts,
} from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

test.describe('The conversation panel without a transcript', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let host: string;
  let ada: SampleConversation;
  let ben: SampleConversation;
  let empty: SampleConversation;

  test.beforeEach(async ({ server }) => {
    host = new URL(server.url).host;
    [ada, ben] = [person(server, 'Ada'), person(server, 'Ben')];
    empty = person(server, 'Nobody', { history: [] });
  });

  async function expectNotice(page: Frame, message: string | RegExp, ...buttons: readonly string[]): Promise<void> {
    await expect(async () => {
      const shown = await page.locator('.notices .notice p').allInnerTexts();
      assert.equal(shown.length, 1);
      if (typeof message === 'string') assert.equal(shown[0], message);
      else assert.match(shown[0] ?? '', message);
      assert.deepEqual(await page.locator('.notices .notice button').allInnerTexts(), buttons);
    }).toPass();
  }

  test('shows that it is loading, and that the transcript is empty', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const gate = server.hold(transcriptPath(ada));
    await workbench.tree.click('Ada');
    const page = await waitForPage(workbench, ada);
    await gate.waitForRequests();
    await expectTexts(page, '.loading', ['Loading…']);
    assert.equal(await page.locator('.transcript').getAttribute('aria-busy'), 'true');
    await showFacts(page);
    await expectTexts(page, '.fact dt', ['Messages', 'Cost', 'AI', 'Created', 'Updated', 'Customer']);
    gate.release();
    await expectTexts(page, '.text', ['Hello Ada.']);
    await page.locator('.loading').waitFor({ state: 'hidden' });

    await workbench.tree.click('Nobody');
    await waitForPage(workbench, empty);
    await expectTexts(page, '.transcript .quiet', ['This conversation has no messages.']);
  });

  test('reports a listed conversation as not found, until Retry finds it', async ({ server, workbench }) => {
    server.updateConversation(ben.id, { detailMissing: true });
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ben');
    const page = await waitForPage(workbench, ben);
    await expectNotice(
      page,
      'Conversation not found (404). It may have been deleted after the list was loaded.',
      'Retry',
    );
    await page.getByRole('button', { name: 'Retry' }).click();
    await server.waitForResponses(transcriptPath(ben), 2);
    await expectNotice(page, /Conversation not found/, 'Retry');
    server.updateConversation(ben.id, { detailMissing: false });
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectTexts(page, '.text', ['Hello Ben.']);
    await expectTexts(page, '.notices .notice', []);
  });

  test('shows the failure and a remedy, and keeps the loaded transcript', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const fail = (fault: Fault): void => {
      server.clearFaults();
      server.failNext({ match: transcriptPath(ada), times: 20, ...fault });
    };
    fail({ status: 500 });
    await workbench.tree.click('Ada');
    const page = await waitForPage(workbench, ada);
    await expectNotice(page, /^Couldn't load the transcript\. Server error \(500\)/, 'Retry', 'Show Log');
    assert.equal(await page.getByRole('alert').count(), 1);

    fail({ instead: 'disconnect' });
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectNotice(page, new RegExp(`${host}.*ECONNRESET|${host}.*closed|${host}.*cut`), 'Retry', 'Show Log');

    fail({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title>' });
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectNotice(
      page,
      'The server returned a web page instead of JSON. Is the base URL correct?',
      'Open Settings',
      'Retry',
      'Show Log',
    );

    server.clearFaults();
    await page.getByRole('button', { name: 'Retry' }).click();
    await expectTexts(page, '.text', ['Hello Ada.']);
    await expectTexts(page, '.notices .notice', []);

    fail({ status: 500 });
    await workbench.run('AIployees: Reload Conversation');
    await expectNotice(page, /^Couldn't load the transcript\. Server error \(500\)/, 'Retry', 'Show Log');
    await expectTexts(page, '.text', ['Hello Ada.']);
  });

  test('reports a rejected API key, and loads with another one', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    server.failNext({ match: transcriptPath(ada), status: 401 });
    await workbench.tree.click('Ada');
    const page = await waitForPage(workbench, ada);
    await expectNotice(page, 'The server rejected this API key.', 'Set API Key', 'Retry');
    await page.getByRole('button', { name: 'Set API Key' }).click();
    await workbench.quick.submit('8|another-key-of-the-tests');
    await expectTexts(page, '.text', ['Hello Ada.']);
    await expectTexts(page, '.notices .notice', []);
    assert.equal(timesRead(server, ada), 2);
  });

  test('reports an unreadable part of the transcript, and offers all of it as JSON', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    const history = [{ role: 'user', content: 'Hello?' }, 'not a message', 7];
    const answer = { status: 200, body: JSON.stringify({ id: ada.id, history }) };
    server.failNext({ match: transcriptPath(ada), times: 2, ...answer });
    await workbench.tree.click('Ada');
    const page = await waitForTranscript(workbench, ada);
    await expectNotice(page, "2 history entries couldn't be read. Open as JSON to see them.", 'Open as JSON');
    await expectTexts(page, '.text', ['Hello?']);
    await page.getByRole('button', { name: 'Open as JSON' }).click();
    await expect.poll(() => workbench.editorText()).toMatch(/"not a message"/);
  });
});
