import assert from 'node:assert/strict';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import { startSampleServer } from '../support/sampleServer';
import { applyFilterLine, expectRowDescription, showConversations, signIn } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

const lists = '/user/conversations';

test.describe('The tree without rows', () => {
  test.use({ reuseWindow: true });

  test('shows the welcome view without an API key', async ({ server, workbench }) => {
    await workbench.openContainer();
    const welcome = await eventually(
      async () => (await workbench.welcome()) ?? assert.fail('There is no welcome view.'),
    );
    assert.match(welcome.text, /Connect an account to see your assistants' conversations\./);
    assert.deepEqual(welcome.buttons, ['Set API Key', 'Explore sample data', 'take the tour']);
    assert.deepEqual(server.requests, []);
    await workbench.pressWelcomeButton('Set API Key');
    assert.equal((await workbench.quick.readState()).isMasked, true);
    await workbench.quick.submit('7|a-key-of-the-tests');
    await expectRowDescription(workbench, 'Test', '30 of 50');
    assert.equal(await workbench.welcome(), undefined);
  });

  test('distinguishes no conversations, no match so far, and no match', async ({ server, workbench }) => {
    const { tree } = workbench;
    server.configure({ count: 0 });
    await showConversations(workbench);
    const nothing = 'No test conversations yet';
    await expectRowDescription(workbench, nothing, 'Refresh');
    await tree.expand('Widget');
    await tree.read('No widget conversations yet');
    for (let count = 0; count < 95; count += 1) server.addConversation();
    await tree.click(nothing);
    await expectRowDescription(workbench, 'Test', '90 of 95');

    await applyFilterLine(workbench, 'xyzzy');
    await expectRowDescription(workbench, 'No matches in 90 loaded, 5 not loaded', 'Load More');
    await expect.poll(() => workbench.viewMessage()).toBe('Showing "xyzzy"');
    await tree.click(/^No matches in 90/);
    await expect
      .poll(async () => (await tree.rows()).filter(({ label }) => label === 'No matches for "xyzzy"').length)
      .toBe(2);
    await expectRowDescription(workbench, 'Widget', '0');
    await tree.click('No matches for "xyzzy"');
    await expectRowDescription(workbench, 'Test', '95');
    await expect.poll(() => workbench.viewMessage()).toBe('');
  });

  test('asks for another API key if the server rejects this one', async ({ server, workbench }) => {
    const { tree, quick } = workbench;
    await workbench.run('View: Show Explorer');
    await signIn(workbench);
    server.configure({ acceptedKeys: ['8|another-key'] });
    await workbench.openContainer();
    await expectRowDescription(workbench, 'API key refused', 'Set API Key');
    await tree.click('API key refused');
    await quick.submit('8|another-key');
    await expectRowDescription(workbench, 'Test', '30 of 50');
  });

  test('retries after a refused connection and after a server error', async ({ server, workbench }) => {
    const { tree } = workbench;
    await workbench.run('View: Show Explorer');
    await signIn(workbench);
    const { host, port } = new URL(server.url);
    await server.close();
    await workbench.openContainer();
    const gone = `${host} refused the connection (ECONNREFUSED). Is the server running? Check the base URL and proxy settings.`;
    const label = `Can't reach ${host}`;
    await expectRowDescription(workbench, label, 'Retry');
    const row = await tree.read(label);
    assert.deepEqual([row.icon, row.level, row.ariaLabel], ['error', 2, `${gone}, Retry`]);
    const restarted = await startSampleServer({ port: Number(port) });
    // The tooltip shows the full text, which a narrow side bar cuts.
    await expect(async () => expect((await tree.tooltip(label)).split('\n')).toEqual([gone, 'Retry'])).toPass();
    await tree.click(label);
    await expectRowDescription(workbench, 'Test', '30 of 50');

    restarted.failNext({ match: lists, times: 6 });
    await tree.expand('Widget');
    const failed = 'Server error 500';
    await expectRowDescription(workbench, failed, 'Retry');
    await expectRowDescription(workbench, 'Test', '30 of 50');
    await tree.click(failed);
    await restarted.waitForResponses(({ query }) => query['type'] === 'widget', 6);
    await expectRowDescription(workbench, failed, 'Retry');
    await expect(async () => {
      // VS Code loses a click on a row that is being refreshed.
      if ((await tree.rows()).some(({ label }) => label === failed)) await tree.row(failed).click({ timeout: 2000 });
      assert.equal((await tree.read('Widget')).description, '9');
    }).toPass();

    restarted.failNext({
      match: lists,
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Log in</title>',
    });
    const page = "Response isn't data (web page)";
    await tree.expand('WhatsApp');
    await expectRowDescription(workbench, page, 'Open Settings');
    await tree.click(page);
    await settingsAreShown(workbench);
    await workbench.titleAction('Refresh');
    await expectRowDescription(workbench, 'WhatsApp', '4');
    await restarted.close();
  });

  test('shows how long the rate limit lasts, and continues after it', async ({ server, workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '30 of 50');
    server.failNext({ match: lists, status: 429, headers: { 'retry-after': '6' } });
    await tree.expand('API');
    await expect.poll(() => workbench.viewMessage()).toMatch(/^Rate limit reached, resuming at \d\d:\d\d:\d\d$/);
    const item = workbench.page.locator('.part.statusbar').getByText(/^AIployees · Resuming at \d\d:\d\d:\d\d$/);
    await item.click();
    await item.waitFor({ state: 'hidden' });
    const limited = 'Stopped waiting for the rate limit';
    await expectRowDescription(workbench, limited, 'Retry');
    await expect.poll(() => workbench.viewMessage()).toBe('');
    await tree.click(limited);
    await expectRowDescription(workbench, 'API', '4');
    await expect.poll(() => workbench.viewMessage()).toBe('');
  });
});

/** Waits for the extension's settings, and closes them, because VS Code 1.139 shows them in a modal editor. */
async function settingsAreShown({ page }: Workbench): Promise<void> {
  const settings = page.locator('.settings-editor');
  await settings.getByText('Page Size').first().waitFor();
  await page.keyboard.press('Escape');
  if ((await page.locator('.modal-editor-part, .monaco-modal-editor-block').filter({ visible: true }).count()) > 0) {
    await settings.waitFor({ state: 'hidden' });
  }
}
