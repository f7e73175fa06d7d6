import assert from 'node:assert/strict';
import { eventually } from '../support/host';
import { startSampleServer, type SampleServer } from '../support/sampleServer';
import { useVsCode } from '../support/ui/fixture';

describe('The walkthrough', () => {
  let server: SampleServer;
  before('start the sample server', async () => void (server = await startSampleServer()));
  after('end the sample server', () => server.close());
  const vscode = useVsCode({
    settings: () => ({ 'aiployees.baseUrl': server.url }),
    viewport: { width: 1600, height: 1000 },
  });

  it('leads from the welcome view through key, tree and first conversation, with buttons that work', async () => {
    const { workbench } = vscode;
    const { page, quick, tree } = workbench;
    const tour = page.locator('.gettingStartedContainer');
    const step = (title: string) => tour.locator('.getting-started-step').filter({ hasText: title });
    const isDone = (title: string): Promise<void> =>
      step(title).locator('.codicon-getting-started-step-checked').first().waitFor();
    const press = async (title: string, button: string): Promise<void> => {
      if (!(await step(title).getByRole('button', { name: button, exact: true }).isVisible()))
        await step(title).click();
      await step(title).getByRole('button', { name: button, exact: true }).click();
    };
    await workbench.openContainer();
    await eventually(async () => assert.ok(await workbench.welcome()));
    await workbench.pressWelcomeButton('take the tour');
    await tour.getByText('Get Started with Aiployees Conversations').first().waitFor();
    const titles = ['Connect an account', 'Browse conversations', 'Read a conversation'];
    for (const title of titles) await step(title).waitFor();
    const picture = tour.locator('.getting-started-media').first();
    await picture.waitFor();

    await press('Connect an account', 'Set API Key');
    await eventually(async () => assert.equal((await quick.shown()).title, 'Set API Key'));
    await quick.cancel();
    await press('Connect an account', 'Explore Sample Data');
    await tree.read(/^Load More/);
    await isDone('Connect an account');

    await press('Browse conversations', 'Filter Conversations…');
    await eventually(async () => assert.equal((await quick.shown()).title, 'Filter Conversations'));
    await quick.cancel();
    await press('Browse conversations', 'Show Conversations');
    await page.locator('.part.sidebar .customview-tree').filter({ visible: true }).waitFor();
    await isDone('Browse conversations');

    await press('Read a conversation', 'Find Conversation…');
    await eventually(async () => assert.equal((await quick.shown()).title, 'Find Conversation'));
    await quick.type('chiara');
    await eventually(async () => assert.equal((await quick.rows())[0]?.label, 'Chiara Conti'));
    await quick.accept();
    // The tour has frames of its own, which go when it is covered.
    await eventually(async () => (await workbench.detailsFrame()).locator('.turns').waitFor({ timeout: 1000 }));
    await page.locator('.part.editor .tab').first().click();
    await isDone('Read a conversation');
  });
});
