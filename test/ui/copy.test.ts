import assert from 'node:assert/strict';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import { signIn, expectStatusBarText } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';

const key = '7|a-key-of-the-tests';
const hour = 3_600_000;

test.describe('Copying conversations', () => {
  test.use({ sample: { count: 0, fixtures: false }, reuseWindow: true });
  let ids: Record<'Ada' | 'Bea' | 'Cleo' | 'Dora', string>;
  test.beforeEach(async ({ server }) => {
    const addPerson = (name: string, ago: number): string =>
      server.addConversation({
        type: 'test',
        assistant: 'clinic',
        customer: { name, phone: '+49301' },
        createdAt: Date.now() - ago * hour,
        totalCost: 0.0128,
        history: [
          { role: 'user', content: `It is ${name}.` },
          {
            role: 'assistant',
            content: 'One *moment*.',
            function_calls: [{ name: 'look_up', arguments: { name }, result: { found: true } }],
          },
        ],
      }).id;
    ids = {
      Ada: addPerson('Ada', 1),
      Bea: addPerson('Bea', 2),
      Cleo: addPerson('Cleo', 3),
      Dora: addPerson('Dora', 4),
    };
  });

  async function showRows(workbench: Workbench): Promise<void> {
    await signIn(workbench, key);
    await workbench.openContainer();
    await workbench.tree.read('Dora');
  }

  /** Overwrites the clipboard first, so that the text of an earlier copy can't pass the test. */
  async function afterwards(workbench: Workbench, does: () => Promise<void>, text: string | RegExp): Promise<void> {
    await workbench.writeClipboard('nothing copied');
    await does();
    await expect(async () => {
      const found = await workbench.readClipboard();
      if (typeof text === 'string') assert.equal(found, text);
      else assert.match(found, text);
    }).toPass();
  }

  test('copies the IDs of one or many rows from the menu, the icon, the palette, and by Ctrl+C', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    await showRows(workbench);
    await afterwards(workbench, () => tree.contextMenu('Bea', 'Copy Conversation ID'), ids.Bea);
    await expectStatusBarText(workbench, `Copied conversation ID ${ids.Bea.slice(0, 8)}`);
    await afterwards(workbench, () => tree.inlineAction('Cleo', 'Copy Conversation ID'), ids.Cleo);
    assert.equal(
      server.requests.some(({ path }) => path.startsWith('/conversations/')),
      false,
      'an id needs no transcript',
    );

    await tree.click('Ada');
    await tree.click('Cleo', 'Shift');
    const three = [ids.Ada, ids.Bea, ids.Cleo].join('\n');
    await afterwards(workbench, () => tree.contextMenu('Bea', 'Copy Conversation ID'), three);
    await expectStatusBarText(workbench, 'Copied 3 conversation IDs');
    await afterwards(workbench, () => tree.inlineAction('Dora', 'Copy Conversation ID'), ids.Dora);
    await afterwards(workbench, () => workbench.run('AIployees: Copy Conversation ID'), three);
    await tree.click('Ada', 'Control');
    await tree.click('Ada', 'Control');
    await tree.focus();
    await afterwards(
      workbench,
      () => workbench.press('Control+C'),
      new RegExp(`(?=[^]*${ids.Ada})(?=[^]*${ids.Bea})(?=[^]*${ids.Cleo})^(?:\\S+\\n){2}\\S+$`),
    );
  });

  test('copies one or several conversations as JSON, Markdown, and cURL without the API key', async ({
    server,
    workbench,
  }) => {
    const { tree } = workbench;
    await showRows(workbench);
    await afterwards(workbench, () => tree.contextMenu('Ada', 'Copy as JSON'), /^\{/);
    const one = JSON.parse(await workbench.readClipboard()) as {
      conversation: Record<string, unknown>;
      transcript: { history: unknown[] };
    };
    assert.deepEqual(
      [one.conversation['id'], one.conversation['total_cost'], one.transcript.history.length],
      [ids.Ada, 0.0128, 2],
    );
    await afterwards(workbench, () => tree.contextMenu('Ada', 'Copy as Markdown'), /^# Ada\n/);
    const markdown = await workbench.readClipboard();
    for (const part of [ids.Ada, 'Clinic Desk', '$0.0128', 'It is Ada.', 'look_up', 'One *moment*.'])
      assert.ok(markdown.includes(part), part);
    const curl = (id: string): string =>
      `curl --header 'Accept: application/json' --header "Authorization: Bearer $AIPLOYEES_API_KEY" '${server.url}/conversations/${id}'`;
    await afterwards(workbench, () => tree.contextMenu('Ada', 'Copy as cURL'), curl(ids.Ada));
    await expectStatusBarText(workbench, 'Copied a cURL command. It reads the API key from $AIPLOYEES_API_KEY');
    for (const text of [JSON.stringify(one), markdown]) assert.ok(!text.includes(key));

    await tree.click('Ada');
    await tree.click('Bea', 'Shift');
    await afterwards(workbench, () => tree.contextMenu('Bea', 'Copy as JSON'), /^\[/);
    const both = JSON.parse(await workbench.readClipboard()) as { conversation: { id: string } }[];
    assert.deepEqual(
      both.map(({ conversation }) => conversation.id),
      [ids.Ada, ids.Bea],
    );
    await afterwards(workbench, () => workbench.run('AIployees: Copy as Markdown'), /^# Ada\n[^]*^# Bea\n/m);
    await afterwards(
      workbench,
      () => workbench.run('AIployees: Copy as cURL'),
      [curl(ids.Ada), curl(ids.Bea)].join('\n'),
    );

    server.failNext({ match: `/conversations/${ids.Bea}`, status: 404, times: 2 });
    await afterwards(
      workbench,
      async () => {
        await tree.contextMenu('Bea', 'Copy as JSON');
        const notification = await workbench.notifications.read("Couldn't load 1 of 2 transcripts");
        assert.deepEqual(notification.buttons, ['Retry', 'Copy the Other Conversation']);
        await workbench.notifications.press("Couldn't load 1 of 2 transcripts", 'Copy the Other Conversation');
      },
      new RegExp(`"id": "${ids.Ada}"`),
    );
    assert.ok(!(await workbench.readClipboard()).includes(ids.Bea));
  });

  test('finds the conversation whose ID is copied if nothing is selected or open', async ({ workbench }) => {
    const { quick, tree } = workbench;
    await showRows(workbench);
    const openFind = async (): Promise<void> => {
      await workbench.run('AIployees: Copy Conversation ID');
      await expect.poll(async () => (await quick.readState()).title).toBe('Copy Conversation ID');
    };
    const find = async (typed: string, label: string): Promise<void> => {
      await quick.type(typed);
      await expect.poll(async () => (await quick.rows())[0]?.label).toBe(label);
    };
    await openFind();
    await find('bea', 'Bea');
    await afterwards(workbench, () => quick.accept(), ids.Bea);
    await expectStatusBarText(workbench, `Copied conversation ID ${ids.Bea.slice(0, 8)}`);
    assert.equal(await workbench.page.locator('.tab').filter({ hasText: 'Clinic Desk' }).count(), 0, 'nothing opens');

    await openFind();
    await find('00000000-1111-2222-3333-444444444444', 'None of the loaded conversations match');
    await quick.accept();
    await find('cleo', 'Cleo');
    await quick.cancel();
    assert.equal(await workbench.readClipboard(), ids.Bea, 'canceling copies nothing');
    assert.equal((await tree.rows()).filter(({ selected }) => selected).length, 0);
  });

  test('copies from the panel or the rows, whichever had the focus last', async ({ workbench }) => {
    const { tree } = workbench;
    await showRows(workbench);
    await tree.focus();
    assert.ok(!(await offeredCommands(workbench)).includes('Copy as JSON'), 'nothing is selected or open yet');
    await tree.click('Ada');
    const frame = await workbench.detailsFrame();
    await frame.locator('.turns').waitFor();
    await tree.click('Bea', 'Control');
    await tree.click('Cleo', 'Control');
    await tree.click('Dora', 'Control');
    await tree.click('Ada', 'Control');
    await expect
      .poll(async () => (await tree.rows()).filter(({ selected }) => selected).map(({ label }) => label))
      .toEqual(['Bea', 'Cleo', 'Dora']);
    await afterwards(
      workbench,
      () => workbench.run('AIployees: Copy Conversation ID'),
      new RegExp(`^(?=[^]*${ids.Bea})(?=[^]*${ids.Cleo})(?=[^]*${ids.Dora})(?:\\S+\\n){2}\\S+$`),
    );

    await tree.click('Bea');
    const page = await eventually(async () => {
      const shown = await workbench.detailsFrame();
      assert.equal(await shown.locator('.id code').textContent({ timeout: 1000 }), ids.Bea);
      return shown;
    });
    await page.locator('.turns').click();
    await afterwards(workbench, () => workbench.run('AIployees: Copy Conversation ID'), ids.Bea);
    await page.locator('.turns').click();
    await afterwards(workbench, () => workbench.press('Control+C'), ids.Bea);
    await workbench.page.locator('.part.statusbar').getByText('Copied conversation ID').waitFor({ state: 'hidden' });
    await afterwards(workbench, () => workbench.press('c'), ids.Bea);
    await expectStatusBarText(workbench, `Copied conversation ID ${ids.Bea.slice(0, 8)}`);
    await page.locator('.text').first().selectText();
    await afterwards(workbench, () => workbench.press('Control+C'), 'It is Bea.');
    await afterwards(workbench, () => workbench.run('AIployees: Copy as Markdown'), /^# Bea\n/);
  });
});
