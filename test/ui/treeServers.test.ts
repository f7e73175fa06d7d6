import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../support/paths';
import {
  listRequests,
  expectRowSelected,
  expectRowDescription,
  showConversations,
} from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

test.describe('The tree with unusual servers', () => {
  test.use({ reuseWindow: true });

  test("shows the vendor's sample response under the rows' own types, and ignores its wrong total", async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    server.configure({
      overrideList: await readFile(join(projectRoot, 'test/fixtures/seed-list-response.json'), 'utf8'),
    });
    await showConversations(workbench);
    await tree.read('Load More (0 loaded)');
    await expectRowDescription(workbench, 'Test', '0+');
    await expectRowDescription(workbench, 'Widget', '1 loaded');
    await expectRowDescription(workbench, 'WhatsApp', '1 loaded');

    await tree.expand('Widget');
    await expectRowDescription(workbench, '7c9e6679', '25 Jan 2025 · 12 · 0.45¢');
    await tree.expand('WhatsApp');
    await expectRowDescription(workbench, '8d0f7780', '25 Jan 2025 · 8 · 0.32¢');
    assert.ok(
      !(await tree.rows()).some(({ description }) => description.includes('68')),
      'the total of 68 counts something else',
    );

    await tree.click('Load More (0 loaded)');
    // A repeated page is the end of the list.
    await tree.read('No test conversations yet');
    assert.deepEqual(listRequests(server), ['test 1', 'widget 1', 'whatsapp 1', 'test 2', 'test 1']);
  });

  test('sorts the rows of a server that ignores the type, and loads pages until a row fits', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    for (let count = 0; count < 30; count += 1) server.addConversation({ type: count % 2 === 0 ? 'test' : 'widget' });
    server.configure({ ignoreType: true });
    await workbench.changeSettings({ 'aiployees.pageSize': 5 });
    await showConversations(workbench);
    await tree.read('Load More (2 loaded)');
    await tree.collapse('Test');
    await tree.expand('API');
    await tree.click('Load More (0 loaded)');
    await expectRowDescription(workbench, 'Load More (0 loaded)', 'no matches in the last 15 loaded');
    await expectRowDescription(workbench, 'Test', '10+');
    assert.deepEqual(listRequests(server), ['test 1', 'api 1', 'api 2', 'api 3', 'api 4'], 'three pages a click');
    await expectRowSelected(workbench, 'Load More (0 loaded)');

    await workbench.run('AIployees: Load All');
    await expectRowDescription(workbench, 'API', '4');
    const types = (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label);
    assert.deepEqual(
      types,
      ['Test', 'Widget', 'WhatsApp', 'API', 'voice'],
      'a type that the server invented comes last',
    );
  });

  test('shows only a plausible total, and keeps loading if the server ignores the page size', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    server.configure({ lyingTotal: 3, perPagePolicy: 'ignore' });
    await showConversations(workbench);
    await tree.read('Load More (15 loaded)');
    await expectRowDescription(workbench, 'Test', '15+');
    await tree.click('Load More (15 loaded)');
    await tree.read('Load More (30 loaded)');
    await tree.contextMenu('Test', 'Load All');
    await expectRowDescription(workbench, 'Test', '50');

    server.configure({ noLastPage: true });
    await tree.expand('Widget');
    await expectRowDescription(workbench, 'Widget', '9');
  });

  test('estimates the minutes that Load All takes, and sends no request if the user declines', async ({
    server,
    workbench,
  }) => {
    const { tree, page } = workbench;
    server.configure({ lyingTotal: 12_030 });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '30 of 12030');
    const dialog = page.locator('.monaco-dialog-box');
    for (const answer of ['Cancel', 'Load All']) {
      assert.deepEqual(listRequests(server), ['test 1']);
      await tree.contextMenu('Test', 'Load All');
      await dialog.getByText('Load 12000 more conversations?').waitFor();
      await dialog
        .getByText('This takes about 2 minutes, at 40 requests per minute with 100 conversations each.')
        .waitFor();
      await dialog.getByRole('button', { name: answer, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
    await expectRowDescription(workbench, 'Test', '50 of 12030');
  });

  test('counts unreadable rows, and shows the others', async ({ server, workbench }) => {
    const { tree } = workbench;
    const row = { assistant_id: 'a-1', assistant_name: 'Clinic Desk', type: 'test', created_at: '2025-01-25 14:30:00' };
    const data = [
      { ...row, id: 'not-a-uuid', total_cost: '0.00450000', variables: [], surprise: { deep: true } },
      { ...row, id: 'nulls', total_cost: null, variables: null, message_count: null, ai_enabled: 0, customer: null },
      { ...row, id: null },
      'a string',
    ];
    server.configure({ overrideList: JSON.stringify({ data, current_page: 1, last_page: 1 }) });
    await showConversations(workbench);
    await tree.read("Couldn't read 2 conversations");
    await expectRowDescription(workbench, 'not-a-uu', '25 Jan 2025 · 0.45¢');
    await expectRowDescription(workbench, 'nulls', '25 Jan 2025');
    await expectRowDescription(workbench, 'Test', '2');
    await tree.click(/^Couldn't read 2/);
    await expect
      .poll(async () => (await workbench.page.locator('.part.panel').innerText()).toLowerCase())
      .toMatch(/output/);
  });
});
