import assert from 'node:assert/strict';
import { eventually } from '../support/workbench/eventually';
import type { SampleConversation } from '../../src/sample/wire';
import {
  applyFilterLine,
  listRequests,
  expectRowSelected,
  expectRowDescription,
  showConversations,
  expectStatusBarText,
} from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

const minute = 60_000;

test.describe('Rows of the tree', () => {
  test.use({ sample: { count: 0 }, reuseWindow: true });
  let ines: SampleConversation;
  let omar: SampleConversation;
  let plain: SampleConversation;
  test.beforeEach(async ({ server }) => {
    const ago = (minutes: number): number => Date.now() - minutes * minute - 2000;
    plain = server.addConversation({ createdAt: ago(9), variables: { round: 3 } });
    omar = server.addConversation({
      createdAt: ago(7),
      externalIdentifier: 'crm-4711',
      messageCount: 1,
      totalCost: '0.00450000',
    });
    ines = server.addConversation({
      createdAt: ago(5),
      updatedAt: Date.now(),
      customer: { name: 'Ines M.', phone: '+4930555' },
      variables: { order: '#42', note: '**<b>bold</b>** [link](https://example.test)' },
      messageCount: 7,
      totalCost: 0.0128,
      aiEnabled: false,
    });
  });

  test('keep the digits of the age after a right-to-left name', async ({ server, workbench }) => {
    const { tree } = workbench;
    const isNoor = /نور/;
    server.addConversation({
      createdAt: Date.now() - 2 * minute - 2000,
      customer: { name: 'نور', phone: '+4930' },
      messageCount: 5,
    });
    await showConversations(workbench);
    await tree.read(isNoor);
    const [name, digit] = await tree.row(isNoor).evaluate((element) =>
      ['.label-name', '.label-description'].map((part) => {
        const walker = document.createTreeWalker(element.querySelector(part) ?? element, NodeFilter.SHOW_TEXT);
        const text = walker.nextNode() as Text;
        const range = document.createRange();
        const at = text.data.search(/[^\u2068]/);
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      }),
    );
    assert.ok((digit ?? 0) > (name ?? 0), `the digit is at ${digit}, the name at ${name}`);
  });

  test('summarize the conversation in the row, the tooltip, and the accessible name', async ({ workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    const off = await tree.read('Ines M.');
    const on = await tree.read('crm-4711');
    assert.match(off.description, /^5m · 7 · 1\.3¢$/);
    assert.equal(on.description, '7m · 1 · 0.45¢');
    await expectRowDescription(workbench, plain.id.slice(0, 8), '9m · 1');
    assert.deepEqual([off.icon, on.icon], ['circle-slash', 'comment']);
    assert.notEqual(off.iconColor, on.iconColor, 'dimmed');
    assert.equal(off.ariaLabel, 'Ines M., Clinic Desk, Test, 5 minutes ago, 7 messages, cost $0.0128, AI off');
    assert.match(
      (await tree.read(plain.id.slice(0, 8))).ariaLabel,
      /^Conversation [0-9a-f]{8}, Clinic Desk, Test, 9 minutes ago, 1 message$/,
    );
    await expect.poll(async () => (await tree.read('Test')).ariaLabel).toBe('Test, 3');
    assert.deepEqual(
      (await tree.rows())
        .slice(2)
        .map(({ label }) => label)
        .slice(0, 3),
      ['Ines M.', 'crm-4711', plain.id.slice(0, 8)],
    );

    const tooltip = await eventually(async () => {
      const text = await tree.tooltip('Ines M.');
      assert.ok(text.includes(ines.id));
      return text;
    });
    const formatServerTime = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
    for (const fact of [
      `ID: ${ines.id}`,
      'Assistant: Clinic Desk',
      'Type: Test',
      'Customer: Ines M. · +4930555',
      `(sent as ${formatServerTime(ines.createdAt)})`,
      `(sent as ${formatServerTime(ines.updatedAt)})`,
      'Messages: 7',
      'Cost: $0.0128',
      "AI: Off (the assistant doesn't reply)",
      'order: #42',
      'note: **<b>bold</b>** [link](https://example.test)',
    ]) {
      assert.ok(tooltip.includes(fact), `"${fact}" is missing from:\n${tooltip}`);
    }
  });

  test('are copied and opened by keys that act on the focused row', async ({ server, workbench }) => {
    const { tree, page } = workbench;
    await showConversations(workbench);
    await tree.click('Ines M.');
    await expect.poll(async () => (await workbench.editorTitles()).length).toBe(1);
    const listOpened = (): string[] =>
      server.requests.map(({ path }) => path).filter((path) => path.startsWith('/conversations/'));
    await server.waitForResponses(`/conversations/${ines.id}`);

    await workbench.press('ArrowDown');
    await workbench.press('ArrowDown');
    await workbench.press('Control+c');
    await expect.poll(() => workbench.readClipboard()).toBe(plain.id);
    await expectStatusBarText(workbench, 'Copied');
    assert.deepEqual(listOpened(), [`/conversations/${ines.id}`], 'copying opens nothing');

    await workbench.press('ArrowUp');
    await workbench.press('Space');
    await server.waitForResponses(`/conversations/${omar.id}`);
    assert.equal(await treeHasFocus(), true, 'Space previews: the keyboard stays in the tree');
    await workbench.press('ArrowDown');
    await workbench.press('Enter');
    await server.waitForResponses(`/conversations/${plain.id}`);
    await expect.poll(() => treeHasFocus(), 'Enter takes the keyboard along').toBe(false);
    assert.deepEqual(
      listOpened(),
      [ines, omar, plain].map(({ id }) => `/conversations/${id}`),
    );
    assert.equal((await workbench.editorTitles()).length, 1, 'one panel is reused');

    function treeHasFocus(): Promise<boolean> {
      return page.evaluate(() => document.querySelector('.customview-tree')?.contains(document.activeElement) === true);
    }
  });

  test('are copied several at a time by key, menu, and icon', async ({ workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    const short = plain.id.slice(0, 8);
    await tree.click('Ines M.');
    await tree.click(short, 'Control');
    await expect.poll(async () => (await tree.rows()).filter(({ selected }) => selected).length).toBe(2);
    await workbench.press('Control+c');
    const expectCopied = async (...rows: readonly SampleConversation[]): Promise<void> =>
      expect(async () =>
        assert.deepEqual((await workbench.readClipboard()).trim().split('\n').sort(), rows.map(({ id }) => id).sort()),
      ).toPass();
    await expectCopied(ines, plain);

    await tree.contextMenu('crm-4711', 'Copy Conversation ID');
    await expectCopied(omar);
    await tree.click('Ines M.');
    await tree.click(short, 'Shift');
    await tree.contextMenu(short, 'Copy Conversation ID');
    await expectCopied(ines, omar, plain);
    assert.match((await tree.inlineActions('Ines M.')).join('|'), /^Copy Conversation ID( \(.*\))?$/);
    await workbench.writeClipboard('');
    await tree.inlineAction('crm-4711', 'Copy Conversation ID');
    await expect.poll(() => workbench.readClipboard()).toMatch(new RegExp(omar.id));
    assert.deepEqual(await tree.contextMenuItems('crm-4711'), [
      'Open Conversation',
      'Open as Markdown',
      'Open as JSON',
      'Save as Test…',
      'Copy Conversation ID',
      'Copy as JSON',
      'Copy as Markdown',
      'Copy as cURL',
      'Copy Link',
      'Export Conversations…',
    ]);
  });

  test('are copied one at a time after the filter has hidden the selected rows', async ({ workbench }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await tree.click('Ines M.');
    await tree.click(plain.id.slice(0, 8), 'Control');
    await applyFilterLine(workbench, 'crm-4711');
    await expect
      .poll(async () => (await tree.rows()).filter(({ level }) => level === 3).map(({ label }) => label))
      .toEqual(['crm-4711']);
    await tree.focus();
    await workbench.press('End');
    await expect(async () => {
      await workbench.press('ArrowUp');
      assert.equal((await tree.read('crm-4711')).focused, true);
    }).toPass();
    await workbench.press('Control+c');
    await expect.poll(() => workbench.readClipboard()).toBe(omar.id);
  });

  test('stay expanded, selected, and loaded during a refresh, which reports what is new', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    for (let count = 0; count < 40; count += 1) server.addConversation({ assistant: 'shop' });
    await showConversations(workbench);
    await expectRowDescription(workbench, 'Test', '30 of 43');
    await workbench.run('AIployees: Load More');
    await expectRowDescription(workbench, 'Test', '43');
    await tree.collapse('Order Desk');
    await tree.expand('Clinic Desk');
    await tree.expand('Widget');
    await tree.read('No widget conversations yet');
    await tree.click('crm-4711');

    server.forgetRequests();
    await workbench.press('F5');
    await expectStatusBarText(workbench, 'No new conversations');
    assert.deepEqual(listRequests(server).sort(), ['test 1', 'widget 1'], 'one request for each open list');

    const fresh = server.addConversation({ customer: { name: 'Newcomer', phone: '+1' } });
    server.updateConversation(ines.id, { totalCost: 0.5 });
    await workbench.titleAction('Refresh');
    await expectStatusBarText(workbench, '1 new conversation, 1 changed');
    await expectRowDescription(workbench, 'Ines M.', '5m · 7 · 50¢');
    assert.equal((await tree.read('Newcomer')).level, 3);
    await expectRowSelected(workbench, 'crm-4711');
    assert.deepEqual([(await tree.read('Order Desk')).expanded, (await tree.read('Widget')).expanded], [false, true]);
    await expectRowDescription(workbench, 'Test', '44');

    // Only Reload loads rows below the first page again.
    server.updateConversation(ines.id, { totalCost: 0.75 });
    await workbench.titleAction('Refresh');
    await expectStatusBarText(workbench, 'No new conversations');
    await expectRowDescription(workbench, 'Ines M.', '5m · 7 · 50¢');
    await workbench.moreAction('Reload All');
    await expectRowDescription(workbench, 'Ines M.', '5m · 7 · 75¢');
    await expectRowSelected(workbench, 'crm-4711');
    assert.deepEqual([(await tree.read('Order Desk')).expanded, (await tree.read('Widget')).expanded], [false, true]);

    server.updateConversation(fresh.id, { totalCost: 0.25 });
    await workbench.titleAction('Refresh');
    await expectStatusBarText(workbench, '1 conversation changed');
    await expect.poll(async () => (await tree.read('Newcomer')).description).toMatch(/25¢/);
  });

  test('keep their highlights when only the first group is refreshed', async ({ server, workbench }) => {
    const { tree } = workbench;
    const wanda = server.addConversation({ type: 'widget', customer: { name: 'Wanda', phone: '+1' } });
    await showConversations(workbench);
    await tree.expand('Widget');
    await tree.click('Ines M.');
    await tree.click('Wanda', 'Control');
    server.updateConversation(ines.id, { totalCost: 0.5 });
    await workbench.titleAction('Refresh');
    await expectRowDescription(workbench, 'Ines M.', '5m · 7 · 50¢');
    const selected = (await tree.rows()).filter((row) => row.selected).map(({ label }) => label);
    assert.deepEqual(selected, ['Ines M.', 'Wanda']);
    await tree.focus();
    await workbench.press('Control+c');
    await expect
      .poll(async () => (await workbench.readClipboard()).split('\n').sort())
      .toEqual([ines.id, wanda.id].sort());
  });
});
