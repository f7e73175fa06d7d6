import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';

const firstKey = '1|of-the-first';
const brandKey = '2|of-the-brand';
const bearers = ({ requests }: SampleServer): Set<string | undefined> =>
  new Set(requests.map(({ headers }) => headers['authorization']));

test.describe('Accounts', () => {
  test.use({ sample: { acceptedKeys: [firstKey] } });
  let brand: SampleServer;
  test.beforeEach(async () => {
    brand = await startSampleServer({ acceptedKeys: [brandKey], count: 6, fixtures: false });
  });
  test.afterEach(() => brand.close());

  const expectInputMessage = ({ quick }: Workbench, text: string): Promise<void> =>
    expect.poll(async () => (await quick.readState()).message).toContain(text);

  async function addBrand(workbench: Workbench): Promise<void> {
    const { quick, notifications } = workbench;
    await workbench.run('AIployees: Add Account…');
    for (const [index, text] of ['Brand B', brand.url, brandKey].entries()) {
      await expect.poll(async () => (await quick.readState()).title).toBe(`Add Account (${index + 1}/3)`);
      await quick.submit(text);
    }
    await notifications.read('API key saved for');
    await notifications.clear();
  }

  test('are added in three validated steps, each with a Back button', async ({ server, workbench }) => {
    const { quick, notifications, tree } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    server.forgetRequests();

    await workbench.run('AIployees: Add Account…');
    assert.equal((await quick.readState()).title, 'Add Account (1/3)');
    await quick.accept();
    await expectInputMessage(workbench, 'Enter a name.');
    await quick.submit('Brand B');
    await expect.poll(async () => (await quick.readState()).title).toBe('Add Account (2/3)');
    for (const [address, problem] of [
      ['call.example.test', "This isn't a valid URL."],
      ['http://call.example.test/api', 'With http://, the API key could be intercepted.'],
      ['https://me:secret@call.example.test/api', 'Remove the user name and password.'],
    ] as const) {
      await quick.submit(address);
      await expectInputMessage(workbench, problem);
    }
    await quick.submit(brand.url);
    await expect.poll(async () => (await quick.readState()).title).toBe('Add Account (3/3)');
    assert.equal((await quick.readState()).isMasked, true);
    await quick.widget.getByRole('button', { name: 'Back' }).click();
    await expect.poll(async () => (await quick.readState()).value, 'what was entered is still there').toBe(brand.url);
    await quick.accept();
    await expect.poll(async () => (await quick.readState()).title).toBe('Add Account (3/3)');
    await quick.submit(firstKey);
    await expectInputMessage(workbench, 'The server rejected this API key');
    await quick.submit(brandKey);
    await notifications.read(`API key saved for ${new URL(brand.url).host}: Ada Sample`);

    await expect.poll(() => workbench.viewMessage()).toBe('Brand B');
    await brand.waitForResponses('/user/conversations');
    assert.deepEqual(server.requests, [], 'the first account’s server is left alone');
  });

  test('switch from the palette, and each server receives only its own key', async ({ server, workbench, window }) => {
    const { quick, tree, page } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await addBrand(workbench);
    await expect.poll(() => workbench.viewMessage()).toBe('Brand B');

    await workbench.moreAction('Switch Account…');
    const host = new URL(server.url).host;
    const standings = async () =>
      (await quick.rows()).map(({ label, description, detail }) => [label, description, detail]);
    await expect
      .poll(() => standings())
      .toEqual([
        [host, server.url, 'API key saved'],
        ['Brand B', `current · ${brand.url}`, 'API key saved'],
        ['Sample data', 'made up, no API key needed', ''],
        ['Add Account…', '', ''],
      ]);
    await quick.choose(host);
    await tree.read('Load More (30 of 50)');
    await expect.poll(() => workbench.viewMessage()).toBe(host);

    await window.reload();
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    await expect.poll(() => workbench.viewMessage()).toBe(host);
    await page.locator('.part.sidebar .message').getByText(host).waitFor();
    for (const bearer of bearers(server)) assert.equal(bearer, `Bearer ${firstKey}`);
    for (const bearer of bearers(brand)) assert.equal(bearer, `Bearer ${brandKey}`);
  });

  test('are removed with their API key after a confirmation', async ({ server, workbench }) => {
    const { quick, page, notifications, tree } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    assert.ok(!(await offeredCommands(workbench)).includes('Remove Account…'), 'the first account stays');
    await addBrand(workbench);

    await workbench.run('AIployees: Remove Account…');
    await quick.choose('Brand B');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Remove the account "Brand B"?').waitFor();
    await dialog.getByText('Its API key is removed too.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => workbench.viewMessage()).toBe('Brand B');

    await workbench.run('AIployees: Remove Account…');
    await quick.choose('Brand B');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await notifications.read('Removed the account "Brand B" and its API key.');
    await tree.read('Load More (30 of 50)');
    await expect.poll(() => workbench.viewMessage(), 'one account needs no name').toBe('');

    await workbench.run('AIployees: Switch Account…');
    await expect
      .poll(async () => (await quick.rows()).map(({ label }) => label))
      .toEqual([new URL(server.url).host, 'Sample data', 'Add Account…']);
  });
});
