import assert from 'node:assert/strict';
import { eventually, type Workbench } from '../support/host';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { signIn } from '../support/ui/conversationsView';
import { useVsCode } from '../support/ui/fixture';
import { offeredCommands } from '../support/ui/palette';

const firstKey = '1|of-the-first';
const brandKey = '2|of-the-brand';
const bearers = ({ requests }: SampleServer): Set<string | undefined> =>
  new Set(requests.map(({ headers }) => headers['authorization']));

describe('Accounts', () => {
  let first: SampleServer;
  let brand: SampleServer;
  before('start the sample servers', async () => {
    first = await startSampleServer({ acceptedKeys: [firstKey] });
    brand = await startSampleServer({ acceptedKeys: [brandKey], count: 6, fixtures: false });
  });
  beforeEach(() => {
    first.forgetRequests();
    brand.forgetRequests();
  });
  after('end the sample servers', () => Promise.all([first.close(), brand.close()]));
  const vscode = useVsCode({ settings: () => ({ 'aiployees.baseUrl': first.url }) });

  const says = ({ quick }: Workbench, words: string): Promise<void> =>
    eventually(async () => assert.ok((await quick.shown()).message.includes(words), words));

  async function addBrand(workbench: Workbench): Promise<void> {
    const { quick, notifications } = workbench;
    await workbench.run('Aiployees: Add Account…');
    for (const [index, text] of ['Brand B', brand.url, brandKey].entries()) {
      await eventually(async () => assert.equal((await quick.shown()).title, `Add Account (${index + 1}/3)`));
      await quick.submit(text);
    }
    await notifications.read('API key saved for');
    await notifications.clear();
  }

  it('are added in three steps, which check what is entered and go back one at a time', async () => {
    const { workbench } = vscode;
    const { quick, notifications, tree } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    first.forgetRequests();

    await workbench.run('Aiployees: Add Account…');
    assert.equal((await quick.shown()).title, 'Add Account (1/3)');
    await quick.accept();
    await says(workbench, 'Enter a name.');
    await quick.submit('Brand B');
    await eventually(async () => assert.equal((await quick.shown()).title, 'Add Account (2/3)'));
    for (const [address, problem] of [
      ['call.example.test', "This isn't a valid URL."],
      ['http://call.example.test/api', 'With http://, the API key could be intercepted.'],
      ['https://me:secret@call.example.test/api', 'Remove the user name and password.'],
    ] as const) {
      await quick.submit(address);
      await says(workbench, problem);
    }
    await quick.submit(brand.url);
    await eventually(async () => assert.equal((await quick.shown()).title, 'Add Account (3/3)'));
    assert.equal((await quick.shown()).masked, true);
    await quick.widget.getByRole('button', { name: 'Back' }).click();
    await eventually(async () =>
      assert.equal((await quick.shown()).value, brand.url, 'what was entered is still there'),
    );
    await quick.accept();
    await eventually(async () => assert.equal((await quick.shown()).title, 'Add Account (3/3)'));
    await quick.submit(firstKey);
    await says(workbench, 'The server rejected this API key');
    await quick.submit(brandKey);
    await notifications.read(`API key saved for ${new URL(brand.url).host}: Ada Sample`);

    await eventually(async () => assert.equal(await workbench.viewMessage(), 'Brand B'));
    await brand.answered('/user/conversations');
    assert.deepEqual(first.requests, [], 'the first account’s server is left alone');
  });

  it('are switched from the palette, the current one in sight; each key goes to its own server', async () => {
    const { workbench, window } = vscode;
    const { quick, tree, page } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await addBrand(workbench);
    await eventually(async () => assert.equal(await workbench.viewMessage(), 'Brand B'));

    await workbench.moreAction('Switch Account…');
    const host = new URL(first.url).host;
    const standings = async () =>
      (await quick.rows()).map(({ label, description, detail }) => [label, description, detail]);
    await eventually(async () =>
      assert.deepEqual(await standings(), [
        [host, first.url, 'API key saved'],
        ['Brand B', `current · ${brand.url}`, 'API key saved'],
        ['Sample data', 'made up, no API key needed', ''],
        ['Add Account…', '', ''],
      ]),
    );
    await quick.choose(host);
    await tree.read('Load More (30 of 50)');
    await eventually(async () => assert.equal(await workbench.viewMessage(), host));

    await window.reload();
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    await eventually(async () => assert.equal(await workbench.viewMessage(), host));
    await page.locator('.part.sidebar .message').getByText(host).waitFor();
    for (const bearer of bearers(first)) assert.equal(bearer, `Bearer ${firstKey}`);
    for (const bearer of bearers(brand)) assert.equal(bearer, `Bearer ${brandKey}`);
  });

  it('are removed with their key, after asking', async () => {
    const { workbench } = vscode;
    const { quick, page, notifications, tree } = workbench;
    await signIn(workbench, firstKey);
    await workbench.openContainer();
    await tree.read('Load More (30 of 50)');
    assert.ok(!(await offeredCommands(workbench)).includes('Remove Account…'), 'the first account stays');
    await addBrand(workbench);

    await workbench.run('Aiployees: Remove Account…');
    await quick.choose('Brand B');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Remove the account "Brand B"?').waitFor();
    await dialog.getByText('Its API key is removed too.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(async () => assert.equal(await workbench.viewMessage(), 'Brand B'));

    await workbench.run('Aiployees: Remove Account…');
    await quick.choose('Brand B');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await notifications.read('Removed the account "Brand B" and its API key.');
    await tree.read('Load More (30 of 50)');
    await eventually(async () => assert.equal(await workbench.viewMessage(), '', 'one account needs no name'));

    await workbench.run('Aiployees: Switch Account…');
    await eventually(async () =>
      assert.deepEqual(
        (await quick.rows()).map(({ label }) => label),
        [new URL(first.url).host, 'Sample data', 'Add Account…'],
      ),
    );
  });
});
