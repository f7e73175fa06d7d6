import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { applyFilterLine, expectRowSelected, showConversations, signIn } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

test.describe('Open Latest Test Conversation', () => {
  test.use({ reuseWindow: true });

  const openWithKey = ({ page }: Workbench): Promise<void> => page.keyboard.press('Control+Alt+J');

  const opensConversation = (workbench: Workbench, id: string): Promise<void> =>
    expect(async () =>
      assert.equal(await (await workbench.detailsFrame()).locator('.id code').textContent({ timeout: 1000 }), id),
    ).toPass();

  test('loads the conversation that was just made, and opens and reveals it', async ({ server, workbench }) => {
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    const made = server.addConversation({
      type: 'test',
      assistant: 'clinic',
      customer: { name: 'Zoë', phone: '+49301' },
    });
    server.forgetRequests();

    await openWithKey(workbench);
    await opensConversation(workbench, made.id);
    await expectRowSelected(workbench, 'Zoë');
  });

  test('shows its assistant and a message box, though the view was never shown', async ({ server, workbench }) => {
    await signIn(workbench);
    const made = server.addConversation({
      type: 'test',
      assistant: 'clinic',
      customer: { name: 'Zoë', phone: '+49301' },
    });
    await openWithKey(workbench);
    await opensConversation(workbench, made.id);
    const page = await workbench.detailsFrame();
    await expect(page.getByText('Clinic Desk').first()).toBeVisible();
    await expect(page.getByRole('textbox')).toBeVisible();
  });

  test('ignores the type of the filter, and opens the newest match', async ({ server, workbench }) => {
    const made = server.addConversation({
      type: 'test',
      assistant: 'clinic',
      customer: { name: 'Zoë', phone: '+49301' },
    });
    server.addConversation({ type: 'test', assistant: 'clinic', customer: { name: 'Abe', phone: '+49301' } });
    await showConversations(workbench);
    await applyFilterLine(workbench, 'zoë');

    await openWithKey(workbench);
    await opensConversation(workbench, made.id);

    await applyFilterLine(workbench, 'nobody has this name');
    await openWithKey(workbench);
    await workbench.notifications.press('No test conversation matches the filter', 'Clear Filter');
    await workbench.tree.read('Abe');
  });

  test("opens nothing if the new conversations can't be loaded, and reports the error", async ({
    server,
    workbench,
  }) => {
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    server.failNext({ status: 500, times: 9 });
    await openWithKey(workbench);
    await workbench.notifications.read('Server error (500)');
    assert.equal(await workbench.page.locator('iframe.webview').count(), 0);
  });
});
