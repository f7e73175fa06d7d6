import assert from 'node:assert/strict';
import type { SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

const bearerOf = ({ requests }: SampleServer): string | undefined => requests[0]?.headers['authorization'];
const marked = 'Sample data: these conversations are made up';

test.describe('Sample data', () => {
  test('opens from the welcome view without an API key, is marked, survives a reload, and closes in one click', async ({
    server,
    workbench,
    window,
  }) => {
    const { tree } = workbench;
    await workbench.openContainer();
    await expect.poll(() => workbench.welcome()).toBeTruthy();
    await workbench.pressWelcomeButton('Explore sample data');
    await tree.read(/^Load More/);
    await expect.poll(() => workbench.viewMessage()).toBe(marked);

    await tree.expand('Clinic Desk');
    await tree.click('Chiara Conti');
    const frame = await workbench.detailsFrame();
    await frame.locator('.turns').waitFor();

    await window.reload();
    await workbench.openContainer();
    await expect.poll(() => workbench.viewMessage()).toBe(marked);

    await workbench.moreAction('Exit Sample Data');
    await expect.poll(async () => (await workbench.welcome())?.buttons).toContain('Set API Key');
    await expect.poll(async () => [await workbench.viewMessage(), await tree.rows()]).toEqual(['', []]);
    assert.deepEqual(server.requests, [], 'no server was asked');
  });

  test('replaces an account for a while, which then is as before', async ({ server, workbench }) => {
    const { tree } = workbench;
    // The extension's sample data has one conversation less.
    server.addConversation({ type: 'test' });
    await signIn(workbench);
    await workbench.openContainer();
    await tree.read('Load More (30 of 51)');
    assert.ok(!(await workbench.moreActions()).includes('Exit Sample Data'));
    await workbench.press('Escape');

    await workbench.moreAction('Explore Sample Data');
    await expect.poll(() => workbench.viewMessage()).toBe(marked);
    await tree.read(/^Load More/);
    server.forgetRequests();
    await workbench.run('AIployees: Reload All');
    await tree.read(/^Load More/);
    assert.deepEqual(server.requests, []);

    await workbench.moreAction('Exit Sample Data');
    await server.waitForResponses('/user/conversations');
    await tree.read('Load More (30 of 51)');
    await expect.poll(() => workbench.viewMessage()).toBe('');
    assert.equal(bearerOf(server), 'Bearer 7|a-key-of-the-tests', 'without asking for the key again');
  });
});
