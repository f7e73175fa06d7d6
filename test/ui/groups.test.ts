import assert from 'node:assert/strict';
import { showConversations } from '../support/ui/conversationsView';
import { person } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

const minute = 60_000;

test.describe('Groups of the tree', () => {
  test.use({ sample: 'empty', reuseWindow: true });

  test.beforeEach(({ server }) => {
    const at = (ago: number): number => Date.now() - ago * minute - 2000;
    person(server, 'Ada', { createdAt: at(1), totalCost: 0.25, messageCount: 3 });
    person(server, 'Bea', { createdAt: at(2), totalCost: 1.5, messageCount: 2 });
    person(server, 'Cleo', { createdAt: at(3), assistantUuid: 'it-helper', assistantName: 'IT Helper' });
  });

  test('are all open if few conversations are loaded', async ({ workbench }) => {
    await showConversations(workbench);
    await workbench.tree.showsLabels([
      ...['Test', 'Clinic Desk', 'Ada', 'Bea', 'IT Helper', 'Cleo'],
      ...['Widget', 'WhatsApp', 'API'],
    ]);
  });

  test('have a tooltip that sums them up, and a menu', async ({ workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await tree.read('Cleo');
    await expect(async () => {
      const lines = (await tree.tooltip('Clinic Desk')).split('\n');
      assert.deepEqual(lines.slice(0, 2), ['Clinic Desk', '2 conversations · 5 messages · $1.75']);
      assert.match(lines.at(-1) ?? '', /^Assistant ID: \S+$/);
    }).toPass();
    assert.deepEqual(await tree.contextMenuItems('IT Helper'), [
      ...['New Test Conversation', 'Show Only This Assistant', 'Copy Assistant ID', 'Export Conversations…'],
    ]);
    await tree.contextMenu('IT Helper', 'Copy Assistant ID');
    await expect.poll(() => workbench.readClipboard()).toBe('it-helper');
    await tree.contextMenu('IT Helper', 'Show Only This Assistant');
    await expect.poll(async () => (await tree.rows()).some(({ label }) => label === 'Ada')).toBe(false);
    await tree.read('Cleo');
    await expect.poll(() => workbench.viewMessage()).toMatch(/^Showing IT Helper/);
  });

  test('sort their conversations', async ({ workbench }) => {
    const labels = async (): Promise<string[]> =>
      (await workbench.tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label);
    await showConversations(workbench);
    await expect.poll(labels).toEqual(['Ada', 'Bea', 'Cleo']);
    await workbench.run('AIployees: Sort by Cost');
    await expect.poll(labels).toEqual(['Bea', 'Ada', 'Cleo']);
    await workbench.run('AIployees: Sort by Messages');
    await expect.poll(labels).toEqual(['Ada', 'Bea', 'Cleo']);
    await workbench.run('AIployees: Sort by Newest');
    await expect.poll(labels).toEqual(['Ada', 'Bea', 'Cleo']);
  });

  test('show the remedy of an error as an icon', async ({ server, workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await tree.read('Ada');
    server.failNext({ match: '/user/conversations', times: 6 });
    await tree.expand('Widget');
    await tree.read('Server error 500');
    server.clearFaults();
    assert.match((await tree.inlineActions('Server error 500')).join('|'), /^Retry/);
    await tree.inlineAction('Server error 500', 'Retry');
    await tree.read('No widget conversations yet');
    assert.match((await tree.inlineActions('No widget conversations yet')).join('|'), /^Refresh/);
  });
});
