import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import {
  listRequests,
  expectRowSelected,
  expectRowDescription,
  showConversations,
  signIn,
  expectStatusBarText,
  waitForStoredText,
} from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

test.describe('The tree in a new window', () => {
  test('requests a type once, when its group becomes visible', async ({ server, workbench }) => {
    const { tree } = workbench;
    await signIn(workbench);
    assert.deepEqual(listRequests(server), []);

    await workbench.openContainer();
    await expectRowDescription(workbench, 'Test', '30 of 50');
    await tree.read('Load More (30 of 50)');
    assert.deepEqual(server.listQueries(), [{ type: 'test', per_page: '30' }]);
    const types = (await tree.rows()).filter(({ level }) => level === 1);
    assert.deepEqual(
      types.map(({ label, description, expanded }) => [label, description, expanded]),
      [
        ['Test', '30 of 50', true],
        ['Widget', '', false],
        ['WhatsApp', '', false],
        ['API', '', false],
      ],
    );
    const assistants = (await tree.rows()).filter(({ level, expanded }) => level === 2 && expanded !== undefined);
    for (const { description } of assistants) assert.match(description, /\d+ loaded$/);
    const namesakes = assistants
      .filter(({ label }) => label === 'Support Assistant')
      .map(({ description }) => description);
    assert.equal(new Set(namesakes).size, 2);
    for (const description of namesakes) assert.match(description, /^[0-9a-f]{8} · \d+ loaded$/);

    await tree.expand('Widget');
    await expectRowDescription(workbench, 'Widget', '9');
    await tree.collapse('Widget');
    await tree.expand('Widget');
    await tree.expand('WhatsApp');
    await expectRowDescription(workbench, 'WhatsApp', '4');
    assert.deepEqual(listRequests(server), ['test 1', 'widget 1', 'whatsapp 1']);
  });
});

test.describe('Loading conversations into the tree', () => {
  test.use({ reuseWindow: true });

  async function groupBy(workbench: Workbench, grouping: string): Promise<void> {
    await workbench.run('AIployees: Group Conversations By…');
    await workbench.quick.choose(grouping);
  }

  test('groups by type, assistant, or day, and remembers the choice', async ({ server, workbench, window }) => {
    const { tree } = workbench;
    const newest = server.addConversation({
      assistant: 'support',
      type: 'whatsapp',
      customer: { name: 'Ines M.', phone: '+4930' },
    });
    await showConversations(workbench);
    await tree.read('Load More (30 of 50)');

    await groupBy(workbench, 'Assistant, then Type');
    await tree.read(/^Load More \(3\d of 69\)$/);
    assert.deepEqual(server.listQueries().at(-1), { per_page: '30' }, 'the list without a type');
    const roots = (await tree.rows()).filter(({ level }) => level === 1);
    assert.equal(roots[0]?.label, newest.assistantName, 'the assistant with the newest conversation comes first');
    assert.match(roots.at(-1)?.label ?? '', /^Load More/, 'the load-more node stands at the root');
    assert.deepEqual((await tree.read('Ines M.')).level, 3);

    await groupBy(workbench, 'Day');
    await expect(async () => {
      const rows = await tree.rows();
      assert.deepEqual(
        [rows[0]?.label, rows[0]?.icon, rows[0]?.expanded, rows[1]?.label],
        ['Today', 'calendar', true, 'Ines M.'],
      );
      assert.match(rows[1]?.description ?? '', /^now · Support Assistant \([0-9a-f]{8}\) · /);
    }).toPass();
    const requestsBefore = listRequests(server);
    assert.deepEqual(requestsBefore, ['test 1', '- 1'], 'what was read for one grouping serves the other');

    await waitForStoredText(workbench, '"aiployees.grouping":"day"');
    await window.reload();
    await workbench.openContainer();
    assert.equal((await tree.read('Today')).level, 1);
    await groupBy(workbench, 'Type, then Assistant');
    await tree.read('Test');
    await expect.poll(async () => (await tree.read('WhatsApp')).level).toEqual(1);
  });

  test('stays responsive with conversations of 40 days, and expands those of the last week', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    const dayMs = 24 * 60 * 60 * 1000;
    server.configure({ count: 0, fixtures: false });
    for (let age = 40; age > 0; age -= 1) server.addConversation({ createdAt: Date.now() - age * dayMs });
    server.addConversation({ customer: { name: 'Ines M.', phone: '+4930' } });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '30 of 41');
    await groupBy(workbench, 'Day');
    await expect(async () => {
      const days = (await tree.rows()).filter(({ level }) => level === 1);
      assert.deepEqual(
        days.slice(0, 9).map(({ expanded }) => expanded),
        [true, true, true, true, true, true, true, false, false],
      );
    }).toPass();
    await workbench.run('AIployees: Load More');
    await server.waitForResponses(({ query }) => query['page'] === '2');
    await tree.click('Ines M.');
    await expect.poll(async () => (await workbench.editorTitles()).length).toBe(1);
    await groupBy(workbench, 'Type, then Assistant');
    await expectRowDescription(workbench, 'Test', '41+');
  });

  test('applies a filter and a grouping, and reveals rows, while a group is slow to load', async ({
    server,
    workbench,
  }) => {
    const { tree, quick } = workbench;
    server.addConversation({ assistant: 'support', type: 'test', customer: { name: 'Ines M.', phone: '+4930' } });
    await workbench.changeSettings({ 'aiployees.pageSize': 5 });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '5 of 51');
    await tree.click('Ines M.');
    await expectRowSelected(workbench, 'Ines M.');

    const gate = server.hold(({ query }) => query['type'] === 'whatsapp');
    await tree.expand('WhatsApp');
    await gate.waitForRequests();
    const loading = await tree.read('Loading…');
    assert.deepEqual([loading.level, loading.icon, loading.description], [2, 'loading', '']);
    // Its response was sent already.
    await tree.click('Loading…');
    await expectRowSelected(workbench, 'Loading…');
    await tree.collapse('Test');
    await workbench.run('AIployees: Reveal in Conversations View');
    await expectRowSelected(workbench, 'Ines M.');

    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Type');
    await quick.choose('Test');
    await quick.choose('Done');
    const groups = async (): Promise<string[]> =>
      (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label);
    await expect.poll(() => groups()).toEqual(['Test']);
    await workbench.titleAction('Clear Filter');
    await expect.poll(() => groups()).toEqual(['Test', 'Widget', 'WhatsApp', 'API']);

    // The list of this grouping is slow too: the view shows the known rows without it.
    const another = server.hold(({ query }) => query['type'] === undefined);
    await groupBy(workbench, 'Day');
    await another.waitForRequests();
    await expect.poll(async () => [(await groups())[0], (await groups()).at(-1)]).toEqual(['Today', 'Loading…']);
    another.release();
    await tree.read(/^Load More/);
    await groupBy(workbench, 'Type, then Assistant');
    await expect.poll(async () => (await tree.read('WhatsApp')).level).toBe(1);
    gate.release();
    await tree.expand('WhatsApp');
    await expectRowDescription(workbench, 'WhatsApp', '4');
    assert.deepEqual(listRequests(server), ['test 1', 'whatsapp 1', '- 1']);
  });

  test('reveals a known row in a slow group, and keeps it selected when the group has loaded', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    server.addConversation({ assistant: 'support', type: 'whatsapp', customer: { name: 'Ines M.', phone: '+4930' } });
    await workbench.changeSettings({ 'aiployees.pageSize': 5 });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '5 of 50');
    await groupBy(workbench, 'Day');
    await tree.click('Ines M.');
    await expectRowSelected(workbench, 'Ines M.');
    await groupBy(workbench, 'Type, then Assistant');
    await expectRowDescription(workbench, 'WhatsApp', '1 loaded');

    const gate = server.hold(({ query }) => query['type'] === 'whatsapp');
    await workbench.run('AIployees: Reveal in Conversations View');
    await gate.waitForRequests();
    await expectRowSelected(workbench, 'Ines M.');
    await tree.read('Loading…');
    gate.release();
    await expectRowDescription(workbench, 'WhatsApp', '5');
    await expectRowSelected(workbench, 'Ines M.');
    assert.deepEqual(listRequests(server), ['test 1', '- 1', 'whatsapp 1']);
  });

  test('loads more once, and keeps the selection and the rows if that fails', async ({ server, workbench }) => {
    const { tree } = workbench;
    await workbench.changeSettings({ 'aiployees.pageSize': 15 });
    await showConversations(workbench);
    await tree.read('Load More (15 of 50)');

    const gate = server.hold('/user/conversations');
    const more = tree.row('Load More (15 of 50)').locator('.monaco-icon-label').first();
    await more.dblclick();
    const loading = await tree.read('Loading…');
    assert.deepEqual([loading.description, loading.icon], ['15 of 50', 'loading']);
    for (let clicks = 0; clicks < 3; clicks += 1) await tree.click('Loading…');
    await gate.waitForRequests();
    await expectRowDescription(workbench, 'Test', '15 of 50');
    gate.release();
    await expectRowSelected(workbench, 'Load More (30 of 50)');
    assert.deepEqual(listRequests(server), ['test 1', 'test 2']);

    server.failNext({ match: '/user/conversations', times: 3 });
    await workbench.press('Enter');
    const failed = "Couldn't load more: Server error 500";
    const row = await tree.read(failed);
    assert.deepEqual([row.icon, row.description], ['error', 'Retry']);
    assert.match(row.ariaLabel, /^Couldn't load more\. Server error \(500\)\. Server message: "Server Error", Retry$/);
    await expectRowSelected(workbench, failed);
    await expectRowDescription(workbench, 'Test', '30 of 50');

    await workbench.press('Enter');
    await expectRowSelected(workbench, 'Load More (45 of 50)');
    server.failNext({ match: '/user/conversations', times: 3, status: 503, body: '' });
    await workbench.press('Enter');
    await tree.click(/^Couldn't load more: /);
    await expect(async () => {
      await expectRowDescription(workbench, 'Test', '50');
      assert.ok(!(await tree.rows()).some(({ label }) => /^(Load|Couldn't)/.test(label)), 'there is no more to load');
    }).toPass();
    assert.deepEqual(listRequests(server).slice(0, 2).concat(listRequests(server).slice(-1)), [
      'test 1',
      'test 2',
      'test 4',
    ]);
  });

  test('loads more from the group, the palette, and menus, and Load All can be canceled', async ({
    server,
    workbench,
  }) => {
    const { tree, notifications } = workbench;
    await workbench.changeSettings({ 'aiployees.pageSize': 10 });
    await showConversations(workbench);
    await tree.read('Load More (10 of 50)');

    await expect.poll(() => tree.inlineActions('Test')).toEqual(['Load More']);
    await tree.inlineAction('Test', 'Load More');
    await tree.read('Load More (20 of 50)');
    await workbench.run('AIployees: Load More');
    await tree.read('Load More (30 of 50)');
    await tree.contextMenu('Test', 'Load More');
    await tree.read('Load More (40 of 50)');
    assert.deepEqual(await tree.inlineActions('Widget'), [], 'there is nothing to read on in what was not opened');

    const gate = server.hold('/user/conversations');
    await tree.contextMenu('Test', 'Load All');
    await gate.waitForRequests();
    assert.match((await notifications.read('Loading conversations')).message, /Loading conversations/);
    await notifications.press('Loading conversations', 'Cancel');
    await expectStatusBarText(workbench, 'Canceled. 40 conversations loaded.');
    gate.release();
    await tree.read('Load More (40 of 50)');

    await tree.contextMenu('Load More (40 of 50)', 'Load All');
    await expectStatusBarText(workbench, '50 conversations loaded.');
    await expectRowDescription(workbench, 'Test', '50');
    const offered = await workbench.quick.findCommands('AIployees: Load');
    assert.ok(!offered.includes('AIployees: Load More'), 'nothing is left to load of what was opened');
    assert.ok(offered.includes('AIployees: Load All'), 'the other types are not loaded');
  });

  test('loads pages by cursor', async ({ server, workbench }) => {
    const { tree } = workbench;
    server.configure({ style: 'cursor' });
    await showConversations(workbench);
    assert.equal((await tree.read('Load More (30 loaded)')).level, 2);
    await expectRowDescription(workbench, 'Test', '30+');
    await tree.click('Load More (30 loaded)');
    await expectRowDescription(workbench, 'Test', '50');
    // After the last page, Load All loads the first page again, for rows that moved there.
    assert.deepEqual(listRequests(server), ['test 1', 'test on', 'test 1']);
    assert.deepEqual(server.listQueries()[1]?.['per_page'], '30', 'the filters go with the cursor');
  });

  test('shows a limited number of rows for thousands of conversations', async ({ server, workbench }) => {
    const { tree } = workbench;
    server.configure({ count: 3000, fixtures: false });
    await workbench.changeSettings({ 'aiployees.pageSize': 100 });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '100 of 1805');
    // In the view's title, the command applies to all rows, whichever row has the focus.
    await tree.focus();
    await workbench.press('Home');
    await expect.poll(async () => (await tree.read('Test')).focused).toBe(true);
    await workbench.moreAction('Load All');
    await expectStatusBarText(workbench, '3000 conversations loaded.');
    await expectRowDescription(workbench, 'Test', '1805');

    const [, first] = await tree.rows();
    const loaded = Number(first?.description);
    await tree.focus();
    const showsAtTheEnd = async (label: string): Promise<void> =>
      expect(async () => {
        await workbench.press('End');
        assert.ok(
          (await tree.rows()).some((row) => row.label === label),
          `"${label}" is not there`,
        );
      }).toPass();
    await showsAtTheEnd(`Show More (${loaded - 200} hidden)`);
    await tree.click(`Show More (${loaded - 200} hidden)`);
    await showsAtTheEnd(`Show More (${loaded - 400} hidden)`);
    await workbench.titleAction('Collapse All');
    await tree.showsLabels(['Test', 'Widget', 'WhatsApp', 'API']);
  });
});
