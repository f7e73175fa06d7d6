import assert from 'node:assert/strict';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import { applyFilterLine, expectRowDescription, scrollTo, showConversations } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

const day = 86_400_000;
const calendarDay = (ago: number): string => {
  const at = new Date(Date.now() - ago * day);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

test.describe('Filter Conversations…', () => {
  test.use({ reuseWindow: true });

  const isShown = ({ quick }: Workbench, title: string): Promise<void> =>
    expect.poll(async () => (await quick.readState()).title).toBe(title);

  /** Opens the filter by its icon in the title. */
  async function openFilter(workbench: Workbench): Promise<void> {
    await workbench.run('AIployees: Filter Conversations…');
    await isShown(workbench, 'Filter Conversations');
  }

  async function step(workbench: Workbench, part: string, title: string): Promise<void> {
    await workbench.quick.choose(part);
    await isShown(workbench, title);
  }

  /** Chooses an item, and waits until the overview shows it. */
  async function pick(
    workbench: Workbench,
    part: string,
    title: string,
    choice: string,
    description: string,
  ): Promise<void> {
    await step(workbench, part, title);
    await workbench.quick.choose(choice);
    await expectOverview(workbench, part, description);
  }

  async function enter(
    workbench: Workbench,
    part: string,
    title: string,
    text: string,
    description: string,
  ): Promise<void> {
    await step(workbench, part, title);
    await workbench.quick.submit(text);
    await expectOverview(workbench, part, description);
  }

  const expectOverview = (workbench: Workbench, part: string, description: string): Promise<void> =>
    expect(async () => {
      assert.equal((await workbench.quick.readState()).title, 'Filter Conversations');
      assert.equal((await workbench.quick.rows()).find(({ label }) => label === part)?.description, description);
    }).toPass();

  const messageIs = (workbench: Workbench, message: string): Promise<void> =>
    expect.poll(() => workbench.viewMessage()).toBe(message);

  const expectInputMessage = ({ quick }: Workbench, text: string): Promise<void> =>
    expect.poll(async () => (await quick.readState()).message).toContain(text);

  const leavesOf = async ({ tree }: Workbench): Promise<string[]> =>
    (await tree.rows())
      .filter(({ level, expanded }) => level === 3 && expanded === undefined)
      .map(({ label }) => label);

  test('requests each open list once, shows the filter in the view, survives a reload, and clears in one click', async ({
    server,
    workbench,
    window,
  }) => {
    const { quick, tree } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    await tree.expand('Widget');
    await expect.poll(async () => (await tree.read('Widget')).description).toBe('9');
    assert.ok((await workbench.titleActions()).includes('Filter Conversations…'));

    await openFilter(workbench);
    server.forgetRequests();
    await pick(workbench, 'Assistant', 'Filter by Assistant', 'Clinic Desk', 'Clinic Desk');
    await server.waitForResponses('/user/conversations', 2);
    assert.deepEqual(
      [...server.listQueries()].sort((one, other) => (one['type'] ?? '').localeCompare(other['type'] ?? '')),
      [
        { type: 'test', assistant_id: '318', per_page: '30' },
        { type: 'widget', assistant_id: '318', per_page: '30' },
      ],
    );

    server.forgetRequests();
    await pick(workbench, 'Date', 'Filter by Date', 'Last 30 Days', 'last 30 days');
    await server.waitForResponses('/user/conversations', 2);
    assert.equal(server.listQueries().length, 2);
    for (const query of server.listQueries())
      assert.deepEqual([query['assistant_id'], query['date_from']], ['318', calendarDay(30)]);

    server.forgetRequests();
    await pick(workbench, 'Type', 'Filter by Type', 'Test', 'test');
    await messageIs(workbench, 'Showing test · Clinic Desk · last 30 days');
    await quick.choose('Done');
    assert.deepEqual(server.listQueries(), [], 'a type of its own is read already');
    await expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level < 3).map(({ label }) => label))
      .toEqual(['Test', 'Clinic Desk']);
    const titles = await workbench.titleActions();
    assert.ok(titles.filter((title) => !title.startsWith('Views and More')).length <= 4, titles.join());
    assert.ok(
      titles.includes('Change Filter…') && titles.includes('Clear Filter') && !titles.includes('Filter Conversations…'),
      titles.join(),
    );
    await workbench.page.locator('.part.sidebar .title-actions .codicon-filter-filled').waitFor();

    const status = workbench.page.locator('.part.statusbar').getByText('AIployees · Filtered');
    assert.equal(await status.count(), 0, 'the message of the view has it');
    await workbench.run('View: Show Explorer');
    await status.click();
    await messageIs(workbench, 'Showing test · Clinic Desk · last 30 days');
    await status.waitFor({ state: 'detached' });

    server.forgetRequests();
    await window.reload();
    await workbench.openContainer();
    await messageIs(workbench, 'Showing test · Clinic Desk · last 30 days');
    await server.waitForResponses('/user/conversations');
    assert.deepEqual(server.listQueries()[0]?.['assistant_id'], '318');
    await tree.read('Clinic Desk');

    server.forgetRequests();
    await workbench.titleAction('Clear Filter');
    await messageIs(workbench, '');
    await tree.read('Load More (30 of 50)');
    assert.deepEqual(server.listQueries(), [{ type: 'test', per_page: '30' }]);
    assert.ok((await workbench.titleActions()).includes('Filter Conversations…'));
  });

  test('filters the rows by the parameters that a server ignores', async ({ server, workbench }) => {
    const { quick, tree } = workbench;
    server.configure({ ignoreType: true, ignoreQuery: ['assistant_id', 'date_from', 'date_to'] });
    await showConversations(workbench);
    await tree.read(/^Load More/);
    await openFilter(workbench);
    await pick(workbench, 'Type', 'Filter by Type', 'Widget', 'widget');
    await pick(workbench, 'Assistant', 'Filter by Assistant', 'Clinic Desk', 'Clinic Desk');
    await pick(workbench, 'Date', 'Filter by Date', 'Last 7 Days', 'last 7 days');
    await quick.choose('Done');
    await tree.expand('Clinic Desk');
    await expect.poll(() => leavesOf(workbench)).toEqual(['Priya Raman']);
    await expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label))
      .toEqual(['Widget']);
  });

  test('filters loaded conversations by AI status, messages, cost, and text, and loads more on request', async ({
    server,
    workbench,
  }) => {
    const { quick, tree } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    server.forgetRequests();
    await openFilter(workbench);
    await pick(workbench, 'AI Status', 'Filter by AI Status', 'AI On', 'AI on');
    await step(workbench, 'Minimum Messages', 'Filter by Message Count');
    await quick.submit('many');
    await expectInputMessage(workbench, 'Enter a whole number, such as 5.');
    await quick.submit('7');
    await expectOverview(workbench, 'Minimum Messages', '≥ 7 messages');
    await step(workbench, 'Minimum Cost', 'Filter by Cost');
    await quick.submit('free');
    await expectInputMessage(workbench, 'Enter an amount, such as 0.01.');
    await quick.submit('0.006');
    await expectOverview(workbench, 'Minimum Cost', '≥ $0.006');
    await messageIs(workbench, 'Showing AI on · ≥ 7 messages · ≥ $0.006');
    await quick.choose('Done');
    await tree.expand('Clinic Desk');
    await expect.poll(() => leavesOf(workbench)).toEqual(['Maya Goldberg', 'Ben Whitlock']);
    await expectRowDescription(workbench, 'Test', '2 of 30 loaded match');
    assert.deepEqual(server.listQueries(), [], 'the server is not asked for what it can’t select');

    await openFilter(workbench);
    await pick(workbench, 'AI Status', 'Filter by AI Status', 'AI Off', 'AI off');
    await quick.choose('Done');
    const none = await tree.read('No matches in 30 loaded, 20 not loaded');
    assert.equal(none.description, 'Load More');
    await workbench.titleAction('Clear Filter');
    await tree.read('Load More (30 of 50)');

    // The only match is on the second page.
    await workbench.titleAction('Filter Conversations…');
    await enter(workbench, 'Text', 'Filter by Text', 'turned off', '"turned off"');
    await quick.choose('Done');
    await tree.click('No matches in 30 loaded, 20 not loaded');
    await tree.expand('Support Assistant');
    await expect.poll(async () => (await leavesOf(workbench)).length).toBe(1);
    assert.deepEqual(server.listQueries(), [{ type: 'test', per_page: '30', page: '2' }]);
  });

  test('takes the assistants from the rows if the server lists none, and distinguishes equal names', async ({
    server,
    workbench,
  }) => {
    const { quick, tree } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    for (const [assistantsCall, status] of [
      ['404', 404],
      ['403', 403],
    ] as const) {
      server.configure({ assistantsCall });
      await openFilter(workbench);
      await step(workbench, 'Assistant', 'Filter by Assistant');
      await expect(async () => {
        const hint = (await quick.rows()).find(({ label }) =>
          label.includes('Filtering by assistant covers loaded conversations only'),
        );
        assert.ok(hint?.detail.includes(`(${status})`), JSON.stringify(hint));
        assert.equal(hint?.description, 'Retry');
      }).toPass();
      await quick.cancel();
    }
    await openFilter(workbench);
    await step(workbench, 'Assistant', 'Filter by Assistant');
    const twins = await eventually(async () => {
      const found = (await quick.rows()).filter(({ label }) => label === 'Support Assistant');
      assert.equal(found.length, 2);
      return found;
    });
    for (const { description } of twins) assert.match(description, /^[0-9a-f]{8} · \d+ loaded$/);
    assert.notEqual(twins[0]?.description.slice(0, 8), twins[1]?.description.slice(0, 8));
    server.forgetRequests();
    await quick.row('IT Helper').click();
    await expectOverview(workbench, 'Assistant', 'IT Helper');
    await quick.choose('Done');
    await expect
      .poll(async () =>
        (await tree.rows())
          .filter(({ level, expanded }) => level === 2 && expanded !== undefined)
          .map(({ label }) => label),
      )
      .toEqual(['IT Helper']);
    assert.deepEqual(server.listQueries(), [], 'without the integer id the server can’t be asked');

    server.configure({ assistantsCall: 'ok' });
    await openFilter(workbench);
    await step(workbench, 'Assistant', 'Filter by Assistant');
    await expect.poll(async () => (await quick.rows()).some(({ label }) => label.includes('Only loaded'))).toBe(false);
    await quick.choose('IT Helper');
    await expectOverview(workbench, 'Assistant', 'IT Helper');
    await server.waitForResponses('/user/conversations');
    assert.deepEqual(server.listQueries(), [{ type: 'test', assistant_id: '360', per_page: '30' }]);
    await quick.cancel();
  });

  test('matches text in any script and spelling', async ({ workbench }) => {
    const { quick, tree } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    for (const [typed, said, assistant, label] of [
      ['مرحبا', '"\u2068مرحبا\u2069"', 'Order Desk', /./],
      ['lucia', '"lucia"', 'Support Assistant', 'Lucía Herrera'],
      ['Luci\u0301a herrera', '"Luci\u0301a herrera"', 'Support Assistant', 'Lucía Herrera'],
    ] as const) {
      await workbench.run('AIployees: Filter Conversations…');
      await enter(workbench, 'Text', 'Filter by Text', typed, said);
      await quick.choose('Done');
      await tree.expand(assistant);
      await expect(async () => {
        const leaves = await leavesOf(workbench);
        assert.equal(leaves.length, 1, leaves.join());
        assert.match(leaves[0] ?? '', label instanceof RegExp ? label : new RegExp(label));
      }).toPass();
    }
    await applyFilterLine(workbench, 'no such words');
    await messageIs(workbench, 'Showing "no such words"');
    await openFilter(workbench);
    await quick.choose('Clear Filter');
    await messageIs(workbench, '');
    await quick.cancel();
  });

  test('validates the start and the end date, and goes back step by step', async ({ server, workbench }) => {
    const { quick, tree } = workbench;
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');
    const back = (): Promise<void> => quick.widget.getByRole('button', { name: 'Back' }).click();
    await openFilter(workbench);
    await step(workbench, 'Date', 'Filter by Date');
    await step(workbench, 'Custom Range…', 'Filter by Date: Start (1/2)');
    await quick.submit('2026-02-30');
    await expectInputMessage(workbench, 'Enter a valid date as YYYY-MM-DD, such as 2026-01-31.');
    await quick.submit(calendarDay(20));
    await isShown(workbench, 'Filter by Date: End (2/2)');
    await quick.submit(calendarDay(21));
    await expectInputMessage(workbench, `The end date must be on or after ${calendarDay(20)}.`);
    await back();
    await isShown(workbench, 'Filter by Date: Start (1/2)');
    assert.equal((await quick.readState()).value, calendarDay(20));
    await quick.accept();
    await isShown(workbench, 'Filter by Date: End (2/2)');
    server.forgetRequests();
    await quick.submit(calendarDay(5));
    await expectOverview(workbench, 'Date', `${calendarDay(20)} to ${calendarDay(5)}`);
    await server.waitForResponses('/user/conversations');
    const [query] = server.listQueries();
    assert.deepEqual(
      [query?.['date_from'], query?.['date_to'], query?.['type']],
      [calendarDay(21), calendarDay(3), 'test'],
    );

    server.forgetRequests();
    await step(workbench, 'Type', 'Filter by Type');
    await back();
    await expectOverview(workbench, 'Type', 'any');
    await step(workbench, 'Type', 'Filter by Type');
    await quick.cancel();
    await messageIs(workbench, `Showing ${calendarDay(20)} to ${calendarDay(5)}`);
    assert.deepEqual(server.listQueries(), [], 'going back and Escape change nothing');

    await openFilter(workbench);
    await quick.row('Date').hover();
    await quick.row('Date').getByRole('button', { name: 'Clear Date' }).click();
    await expectOverview(workbench, 'Date', 'any');
    await messageIs(workbench, '');
    await quick.cancel();
    await scrollTo(workbench, 'Load More (30 of 50)');
  });
});
