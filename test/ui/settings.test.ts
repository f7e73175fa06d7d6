import assert from 'node:assert/strict';
import type { Workbench } from '../support/workbench/workbench';
import { showConversations, signIn } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';
import { logText, shownLog } from '../support/ui/secrets';

const always = ['Set API Key…', 'Add Account…', 'Switch Account…', 'Open Settings', 'Show Log'];
const withConversations = [
  ...['Refresh', 'Reload All', 'Group Conversations By…', 'Follow New Conversations'],
  ...['Group by Assistant', 'Group by Day', 'Sort by Last Update', 'Sort by Cost', 'Sort by Messages'],
  ...[
    'Filter Conversations…',
    'Find Conversation…',
    'Search Transcripts…',
    'Show Usage',
    'Show Tool Calls',
    'Check for Failures',
    'New Test Conversation…',
    'Open Latest Test Conversation',
    'Export Conversations…',
    'Copy Conversation ID',
  ],
];
const ofFilter = ['Clear Filter', 'Save Filter…'];
const ofMore = ['Load More', 'Load All'];
const ofConversations = [
  ...[
    'Open Conversation',
    'Open as JSON',
    'Open as Markdown',
    'Select for Compare',
    'Rerun as Test Conversation',
    'Save as Test…',
    'Send Message…',
  ],
  ...['Copy as JSON', 'Copy as Markdown', 'Copy as cURL', 'Copy Link'],
];
const ofPanel = ['Next Conversation', 'Previous Conversation', 'Reload Conversation', 'Reveal in Conversations View'];

test.describe('Commands in the palette', () => {
  const offers = (workbench: Workbench, ...titles: readonly (readonly string[])[]): Promise<void> =>
    expect.poll(async () => (await offeredCommands(workbench)).sort()).toEqual(titles.flat().sort());

  test('offer only what the current state allows', async ({ server, workbench }) => {
    const { tree } = workbench;
    await workbench.openContainer();
    await expect.poll(() => workbench.welcome()).toBeTruthy();
    await offers(workbench, always, ['Explore Sample Data']);

    await workbench.pressWelcomeButton('Explore sample data');
    await tree.read(/^Load More/);
    await offers(workbench, always, withConversations, ofMore, ['Exit Sample Data']);
    await workbench.moreAction('Exit Sample Data');
    await expect.poll(() => workbench.welcome()).toBeTruthy();

    // Nothing is loaded while the view is hidden.
    await workbench.run('View: Show Explorer');
    await signIn(workbench);
    assert.deepEqual(server.listQueries(), []);
    const account = [...always, ...withConversations, 'Clear API Key', 'Explore Sample Data'];
    await offers(workbench, account, ['Load All']);

    await workbench.openContainer();
    await tree.read(/^Load More/);
    await offers(workbench, account, ofMore);
    await workbench.run('AIployees: Filter Conversations…');
    await workbench.quick.choose('Type');
    await workbench.quick.choose('Test');
    await workbench.quick.choose('Done');
    await offers(workbench, account, ofMore, ofFilter);

    await tree.expand('Clinic Desk');
    await tree.click('Chiara Conti');
    await (await workbench.detailsFrame()).locator('.turns').waitFor();
    await offers(workbench, account, ofMore, ofFilter, ofConversations, ofPanel, ['Keep Open']);
    await workbench.run('AIployees: Keep Open');
    await offers(workbench, account, ofMore, ofFilter, ofConversations, ofPanel);
  });
});

test.describe('Settings', () => {
  test.use({ sample: { count: 400, fixtures: false } });
  let soon: number;
  test.beforeEach(async ({ server }) => {
    soon = Date.now() + 90 * 60_000;
    server.addConversation({
      type: 'test',
      assistant: 'clinic',
      customer: { name: 'From Berlin', phone: '+49301' },
      createdAt: soon,
    });
  });

  /** VS Code 1.139 shows settings in a modal editor. */
  async function closeSettings(workbench: Workbench): Promise<void> {
    await workbench.press('Escape');
    await workbench.page.locator('.monaco-modal-editor-block').waitFor({ state: 'hidden' });
  }

  test('aiployees.timeZone changes the visible times immediately, and dates in the future cause one hint', async ({
    server,
    workbench,
    window,
  }) => {
    const { tree, notifications } = workbench;
    await showConversations(workbench);
    await tree.expand('Clinic Desk');
    const sent = new Date(soon).toISOString().slice(0, 19).replace('T', ' ');
    assert.ok(
      (await tree.read('From Berlin')).description.startsWith(sent),
      (await tree.read('From Berlin')).description,
    );
    const hint = await notifications.read('Some conversations have dates in the future.');
    assert.deepEqual(hint.buttons, ['Set Time Zone']);
    await notifications.press('Some conversations have dates in the future.', 'Set Time Zone');
    await workbench.page.locator('.settings-editor').waitFor();
    await expect
      .poll(() => workbench.page.locator('.settings-editor .setting-item-label').allInnerTexts())
      .toContain('Time Zone');
    await closeSettings(workbench);

    // In this zone, two hours ahead of UTC all year, the conversation started half an hour ago.
    await workbench.changeSettings({ 'aiployees.timeZone': 'Etc/GMT-2' });
    await expect.poll(async () => (await tree.read('From Berlin')).description).toMatch(/^(?:29|3\d)m · /);
    assert.ok((await tree.tooltip('From Berlin')).replaceAll('\u00a0', ' ').includes(`(sent as ${sent})`));

    await workbench.changeSettings({ 'aiployees.timeZone': 'Middle-earth' });
    const warned = await notifications.read(`"Middle-earth" isn't a valid time zone, so times are read as UTC.`);
    assert.deepEqual([warned.severity, warned.buttons], ['warning', ['Open Settings']]);
    await expect.poll(async () => (await tree.read('From Berlin')).description.startsWith(sent)).toBeTruthy();
    await workbench.run('AIployees: Reload All');
    await server.waitForResponses('/user/conversations', 2);
    const messages = async (): Promise<string[]> => (await notifications.all()).map(({ message }) => message);
    assert.equal(
      (await messages()).filter((message) => message.includes("isn't a valid time zone")).length,
      1,
      'said once, not for each row',
    );
    assert.equal(
      (await messages()).some((message) => message.includes('in the future')),
      false,
    );

    await workbench.changeSettings({ 'aiployees.timeZone': 'UTC' });
    await window.reload();
    await workbench.openContainer();
    await tree.read('From Berlin');
    assert.deepEqual(await messages(), [], 'the hint was given');
  });

  test('aiployees.pageSize is clamped and applies to the next request', async ({ server, workbench }) => {
    await workbench.changeSettings({ 'aiployees.pageSize': 5 });
    await showConversations(workbench);
    await workbench.tree.read(/^Load More \(5 of /);
    await workbench.tree.expand('Clinic Desk');
    const sizes: (string | undefined)[] = [];
    let zone = 'UTC';
    for (const pageSize of [1000, -3, 2.4, 'many', undefined]) {
      // The age of a row shows that the window has read the changed file.
      zone = zone === 'UTC' ? 'Etc/GMT-2' : 'UTC';
      await workbench.changeSettings({ 'aiployees.pageSize': pageSize, 'aiployees.timeZone': zone });
      await expect
        .poll(async () => /^\d+m\b/.test((await workbench.tree.read('From Berlin')).description))
        .toBe(zone !== 'UTC');
      server.forgetRequests();
      await workbench.tree.inlineAction('Test', 'Load More');
      await server.waitForResponses('/user/conversations');
      sizes.push(server.listQueries()[0]?.['per_page']);
    }
    assert.deepEqual(sizes, ['100', '1', '2', '30', '30']);
  });

  test('Show Log lists each request with a shortened ID', async ({ server, workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await tree.expand('Clinic Desk');
    server.failNext({ match: /^\/conversations\//, status: 503 });
    await tree.click('From Berlin');
    const frame = await workbench.detailsFrame();
    await frame.locator('.id code').waitFor();
    const id = await frame.locator('.id code').innerText();
    await server.waitForResponses(/^\/conversations\//, 2);
    await workbench.run('AIployees: Show Log');
    const cut = `${id.slice(0, 8)}…`;
    await expect(async () => {
      const log = await logText(workbench);
      assert.match(log, /\[info\] GET \/api\/user\/conversations\?type=test&per_page=30 200 \d+ ms \(attempt 1\)/);
      assert.match(log, new RegExp(`\\[warning\\] GET /api/conversations/${cut} 503 server \\d+ ms \\(attempt 1\\)`));
      assert.match(log, new RegExp(`\\[info\\] GET /api/conversations/${cut} 200 \\d+ ms \\(attempt 2\\)`));
      assert.ok(!log.includes(id) && !log.includes('From Berlin'));
    }).toPass();
    await expect.poll(() => shownLog(workbench)).toContain(`GET /api/conversations/${cut} 200`);
  });

  test('Open Settings shows the settings of the extension with their descriptions', async ({ workbench }) => {
    await workbench.run('AIployees: Open Settings');
    const { page } = workbench;
    const ofFollowing = [
      ['Follow Interval', true],
      ['Follow While Hidden', true],
    ];
    const readSettings = (): Promise<(readonly [string | undefined, boolean])[]> =>
      page.locator('.settings-editor .setting-item-contents').evaluateAll((items) =>
        items
          .map(
            (item) =>
              [
                item.querySelector('.setting-item-label')?.textContent?.trim(),
                (item.querySelector('.setting-item-description')?.textContent ?? '').trim().length > 20,
              ] as const,
          )
          // VS Code 1.139 also lists the language of comparisons, which isn't a setting.
          .filter(([label]) => label !== 'aiployees-comparison'),
      );
    const ofWindow = [
      ['Page Size', true],
      ['Time Zone', true],
      ['Saved Filters', true],
    ];
    await expect.poll(() => readSettings()).toEqual([...ofWindow, ...ofFollowing]);
    // VS Code on a server lists machine settings separately.
    await page
      .locator('.settings-editor .settings-tabs-widget')
      .getByText(/^Remote/)
      .click();
    // The list contains only the visible settings: scroll through all of them.
    await page.locator('.settings-editor .settings-tree-container').hover();
    const read = new Map<string | undefined, boolean>();
    await expect(async () => {
      for (const [label, isDescribed] of await readSettings()) read.set(label, isDescribed);
      await page.mouse.wheel(0, 100);
      assert.deepEqual([...read], [['Base Url', true], ...ofWindow, ['Request Timeout', true], ...ofFollowing]);
    }).toPass();
  });
});
