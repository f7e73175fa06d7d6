import { expect, test } from '../support/ui/fixtures';

test.describe('The walkthrough', () => {
  test.use({ viewport: { width: 1600, height: 1000 } });

  test('leads from the welcome view to the first conversation with working buttons', async ({ workbench }) => {
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
    await expect.poll(() => workbench.welcome()).toBeTruthy();
    await workbench.pressWelcomeButton('take the tour');
    await tour.getByText('Get Started with AIployees Conversations').first().waitFor();
    const titles = ['Connect an account', 'Browse conversations', 'Read a conversation'];
    for (const title of titles) await step(title).waitFor();
    const image = tour.locator('.getting-started-media').first();
    await image.waitFor();

    await press('Connect an account', 'Set API Key');
    await expect.poll(async () => (await quick.readState()).title).toBe('Set API Key');
    await quick.cancel();
    await press('Connect an account', 'Explore Sample Data');
    await tree.read(/^Load More/);
    await isDone('Connect an account');

    await press('Browse conversations', 'Filter Conversations…');
    await expect.poll(async () => (await quick.readState()).title).toBe('Filter Conversations');
    await quick.cancel();
    await press('Browse conversations', 'Show Conversations');
    await page.locator('.part.sidebar .customview-tree').filter({ visible: true }).waitFor();
    await isDone('Browse conversations');

    await press('Read a conversation', 'Find Conversation…');
    await expect.poll(async () => (await quick.readState()).title).toBe('Find Conversation');
    await quick.type('chiara');
    await expect.poll(async () => (await quick.rows())[0]?.label).toBe('Chiara Conti');
    await quick.accept();
    // The walkthrough has its own frames, which are removed when it is hidden.
    await expect(async () => (await workbench.detailsFrame()).locator('.turns').waitFor({ timeout: 1000 })).toPass();
    await page.locator('.part.editor .tab').first().click();
    await isDone('Read a conversation');
  });
});
