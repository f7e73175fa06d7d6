import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { applyFilterLine, showConversations } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

test.describe('The filter line', () => {
  test.use({ reuseWindow: true });

  const openFilter = async (workbench: Workbench): Promise<void> => {
    await workbench.run('AIployees: Filter Conversations…');
    await expect.poll(async () => (await workbench.quick.readState()).title).toBe('Filter Conversations');
  };
  const messageIs = (workbench: Workbench, message: string): Promise<void> =>
    expect.poll(() => workbench.viewMessage()).toBe(message);
  const rowsAre = ({ quick }: Workbench, ...labels: readonly string[]): Promise<void> =>
    expect.poll(async () => (await quick.rows()).slice(0, labels.length).map(({ label }) => label)).toEqual(labels);
  const isFirstActive = ({ quick }: Workbench): Promise<void> =>
    expect.poll(async () => (await quick.rows()).findIndex(({ focused }) => focused)).toBe(0);

  test('filters by type, assistant, and date with 13 keys, and is refined with 7', async ({ server, workbench }) => {
    const { quick, tree, page } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    await openFilter(workbench);
    server.forgetRequests();
    await page.keyboard.type('test ord 30d');
    await rowsAre(workbench, 'test · Order Desk · last 30 days', 'Text contains "test ord 30d"');
    await isFirstActive(workbench);
    assert.match((await quick.rows())[0]?.description ?? '', /^\d+ of \d+ loaded match$/);
    assert.deepEqual(server.listQueries(), [], 'nothing is requested before Enter');
    await page.keyboard.press('Enter');
    await quick.widget.waitFor({ state: 'hidden' });
    await messageIs(workbench, 'Showing test · Order Desk · last 30 days');

    await openFilter(workbench);
    assert.equal((await quick.readState()).value, 'type:test assistant:"Order Desk" last:30d ');
    await page.keyboard.type('ai:off');
    await rowsAre(workbench, 'test · Order Desk · last 30 days · AI off');
    await page.keyboard.press('Enter');
    await messageIs(workbench, 'Showing test · Order Desk · last 30 days · AI off');
  });

  test('keeps the first letters if the user types immediately', async ({ workbench }) => {
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.input.waitFor();
    await workbench.page.keyboard.type('widget');
    await workbench.page.keyboard.press('Enter');
    await messageIs(workbench, 'Showing widget');
  });

  test('applies the whole line if Enter follows the last key immediately', async ({ workbench }) => {
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    for (const [line, message] of [
      ['widget', 'Showing widget'],
      ['clinic', 'Showing Clinic Desk'],
      ['"clinic"', 'Showing "clinic"'],
      ['messages:>=3 cost:>0.001', 'Showing ≥ 3 messages · ≥ $0.001'],
    ] as const) {
      await applyFilterLine(workbench, line);
      await messageIs(workbench, message);
    }
    await applyFilterLine(workbench, '');
    await messageIs(workbench, '');
  });

  test('completes keys and values, and explains invalid terms', async ({ workbench }) => {
    const { quick, page } = workbench;
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    await openFilter(workbench);
    await page.keyboard.type('assi');
    await expect.poll(async () => (await quick.rows()).map(({ label }) => label)).toContain('assistant:');
    await quick.choose('assistant:');
    await expect.poll(async () => (await quick.readState()).value).toBe('assistant:');
    await page.keyboard.type('ord');
    await rowsAre(workbench, 'Order Desk', 'assistant:"Order Desk"');
    await quick.choose('assistant:"Order Desk"');
    await expect.poll(async () => (await quick.readState()).value).toBe('assistant:"Order Desk" ');

    await page.keyboard.type('cost:cheap');
    await rowsAre(workbench, '"cost:cheap" can\'t be used', 'Apply the rest: Order Desk');
    assert.equal((await quick.rows())[0]?.description, 'Enter a minimum, such as cost:>0.01');
    await isFirstActive(workbench);
    await page.keyboard.press('Enter');
    await rowsAre(workbench, '"cost:cheap" can\'t be used');

    await quick.type('color:red');
    await rowsAre(workbench, 'Search for "color:red" as Text');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await quick.readState()).value).toBe('"color:red" ');
    await rowsAre(workbench, '"color:red"');
    assert.match((await quick.rows())[0]?.description ?? '', /^0 of 30 loaded match$/);
    await quick.cancel();
    await messageIs(workbench, '');
  });

  test('offers recent and saved filters, and starts the steps from the line', async ({ workbench }) => {
    const { quick, page } = workbench;
    await showConversations(workbench);
    await workbench.tree.read('Load More (30 of 50)');
    await applyFilterLine(workbench, 'widget today');
    await applyFilterLine(workbench, 'test');
    await workbench.changeSettings({
      'aiployees.savedFilters': { 'Off this week': { type: 'test', aiEnabled: false } },
    });
    await openFilter(workbench);
    await expect
      .poll(async () =>
        (await quick.rows()).filter(({ separator }) => separator !== '').map(({ separator }) => separator),
      )
      .toEqual(['Saved Filters', 'Recent Filters', 'Filter By']);
    await quick.type('week');
    await expect.poll(async () => (await quick.rows()).map(({ label }) => label)).toContain('Off this week');
    await quick.choose('Off this week');
    await messageIs(workbench, 'Showing test · AI off');

    await openFilter(workbench);
    await quick.choose('widget · today');
    await messageIs(workbench, 'Showing widget · today');

    await openFilter(workbench);
    await quick.type('api');
    await rowsAre(workbench, 'API');
    await quick.choose('Minimum Messages');
    await expect.poll(async () => (await quick.readState()).title).toBe('Filter by Message Count');
    await messageIs(workbench, 'Showing API');
    await quick.submit('2');
    await expect.poll(async () => (await quick.readState()).value).toBe('type:api messages:>=2 ');
    await page.keyboard.press('Escape');
  });
});
