import assert from 'node:assert/strict';
import type { SampleServer } from '../support/sampleServer';
import { expectStatusBarText, showConversations } from '../support/ui/conversationsView';
import { person, timesRead, waitForTranscript, transcriptPath } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import type { Workbench } from '../support/workbench/workbench';

const minute = 60_000;

function callTo(name: string, result: object): { readonly name: string; arguments: object; result: object } {
  return { name, arguments: {}, result };
}
const failed = { error: 'no such order' };

test.describe('Failed tool calls', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let made: Record<'ada' | 'bea' | 'cleo' | 'nameless', ReturnType<typeof person>>;

  test.beforeEach(({ server }) => {
    const at = (ago: number): number => Date.now() - ago * minute - 2000;
    const createReply = (content: string, ...calls: ReturnType<typeof callTo>[]) => ({
      role: 'assistant',
      content,
      function_calls: calls,
    });
    const addPerson = (name: string, ago: number, ...history: object[]) =>
      person(server, name, { createdAt: at(ago), updatedAt: at(ago), history: history as never });
    made = {
      ada: addPerson(
        'Ada',
        1,
        createReply('One moment.', callTo('get_order', failed), callTo('refund', { done: true })),
      ),
      bea: addPerson('Bea', 2, createReply('Here it is.', callTo('get_order', { state: 'sent' }))),
      cleo: addPerson(
        'Cleo',
        3,
        ...Array.from({ length: 12 }, () => createReply('Again.', callTo('get_order', failed))),
      ),
      nameless: server.addConversation({
        createdAt: at(4),
        updatedAt: at(4),
        history: [{ role: 'user', content: 'Where is\nmy parcel?' }],
      }),
    };
  });

  /** The text of the row's badge, which VS Code renders with CSS. */
  const badge = ({ tree }: Workbench, label: string): Promise<string> =>
    tree
      .row(label)
      .locator('.monaco-icon-label')
      .first()
      .evaluate((element) => getComputedStyle(element, '::after').content.replaceAll(/^(?:none|normal)$|"/g, ''));
  const badgeIs = (workbench: Workbench, label: string, text: string): Promise<void> =>
    expect.poll(() => badge(workbench, label)).toBe(text);
  const requests = (server: SampleServer): number[] => Object.values(made).map((each) => timesRead(server, each));

  test('are shown by badge, icon, and accessible name of the row once the transcript was opened', async ({
    workbench,
  }) => {
    const { tree } = workbench;
    await showConversations(workbench);
    await badgeIs(workbench, 'Ada', '');
    assert.equal((await tree.read('Ada')).icon, 'comment');
    await tree.click('Ada');
    await waitForTranscript(workbench, made.ada);
    await badgeIs(workbench, 'Ada', '1');
    const { icon, ariaLabel, description, label } = await tree.read('Ada');
    assert.deepEqual([icon, label], ['tools', 'Ada']);
    assert.match(ariaLabel, /, 1 failed tool call$/);
    assert.match(description, /^\dm/);
    assert.match(await tree.tooltip('Ada'), /Tool calls: 2, 1 failed: get_order/);
    await badgeIs(workbench, 'Bea', '');

    await tree.click(made.nameless.id.slice(0, 8));
    await waitForTranscript(workbench, made.nameless);
    await tree.read('Where is my parcel?');
  });

  test('are found by a check, which loads only transcripts that were not loaded', async ({ server, workbench }) => {
    await showConversations(workbench);
    await workbench.tree.click('Bea');
    await waitForTranscript(workbench, made.bea);
    await workbench.run('AIployees: Check for Failures');
    await workbench.notifications.read('Checked all 4 conversations. 2 have failed tool calls.');
    await badgeIs(workbench, 'Ada', '1');
    await badgeIs(workbench, 'Cleo', '9+');
    await badgeIs(workbench, 'Bea', '');
    assert.deepEqual(requests(server), [1, 1, 1, 1]);
    await workbench.notifications.clear();

    server.updateConversation(made.bea.id, { updatedAt: Date.now() });
    await workbench.run('AIployees: Refresh');
    await expectStatusBarText(workbench, '1 conversation changed');
    await workbench.run('AIployees: Check for Failures');
    await workbench.notifications.read('Checked all 4 conversations.');
    assert.deepEqual(requests(server), [1, 2, 1, 1]);
    await workbench.notifications.clear();
  });

  test('are what a filter finds, once their transcripts are checked', async ({ workbench }) => {
    const { tree, quick } = workbench;
    const messageIs = (text: string): Promise<void> => expect.poll(() => workbench.viewMessage()).toBe(text);
    await showConversations(workbench);
    await tree.click('Ada');
    await waitForTranscript(workbench, made.ada);
    await badgeIs(workbench, 'Ada', '1');
    await workbench.run('AIployees: Filter Conversations…');
    await quick.type('has:failed');
    await expect
      .poll(async () => (await quick.rows()).slice(0, 2).map(({ label, description }) => [label, description]))
      .toEqual([
        ['failed tool calls', '1 of 4 loaded match'],
        ['Check for Failures', "3 conversations aren't checked"],
      ]);
    await quick.accept();
    await messageIs("Showing failed tool calls · 3 conversations aren't checked");

    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Check for Failures');
    await workbench.notifications.read('Checked all 4 conversations. 2 have failed tool calls.');
    await messageIs('Showing failed tool calls');
    await tree.read('Cleo');
    await expect.poll(() => tree.row('Bea').count()).toBe(0);
    await workbench.notifications.clear();

    await workbench.run('AIployees: Filter Conversations…');
    await quick.type('has:failed tool:ref');
    await quick.choose('tool:refund');
    await expect.poll(async () => (await quick.rows())[0]?.label).toBe('failed calls of refund');
    await quick.type('tool:refund');
    await quick.accept();
    await messageIs('Showing calls of refund');
    await tree.read('Ada');
    await expect.poll(() => tree.row('Cleo').count()).toBe(0);
    await workbench.run('AIployees: Clear Filter');
    await messageIs('');
  });

  test('are reported with the reason if a transcript cannot be loaded', async ({ server, workbench }) => {
    await showConversations(workbench);
    await workbench.tree.read('Ada');
    server.failNext({ match: transcriptPath(made.cleo), status: 404, times: 1 });
    await workbench.run('AIployees: Check for Failures');
    const { message } = await workbench.notifications.read('Checked 3 of 4 conversations. 1 has failed tool calls.');
    assert.match(message, /tool calls\. .+\.$/);
    await workbench.notifications.clear();
  });

  test('are looked for until the user cancels, and the checked ones stay', async ({ server, workbench }) => {
    const { notifications } = workbench;
    await showConversations(workbench);
    await workbench.tree.read('Ada');
    const gate = server.hold(transcriptPath(made.cleo));
    await workbench.run('AIployees: Check for Failures');
    await notifications.read('Checking for failed tool calls: 3 of 4');
    await notifications.press('Checking for failed tool calls', 'Cancel');
    await notifications.read('Check canceled. Checked 3 of 4 conversations. 1 has failed tool calls.');
    await badgeIs(workbench, 'Ada', '1');
    gate.release();
    await notifications.clear();
  });

  test('are listed by tool, and each call opens the conversation there', async ({ workbench }) => {
    const { quick } = workbench;
    await showConversations(workbench);
    await workbench.tree.read('Ada');
    await workbench.run('AIployees: Show Tool Calls');
    await quick.choose('Check 4 More Conversations');
    await expect
      .poll(async () => (await quick.rows()).map(({ label, description }) => [label, description]))
      .toEqual([
        ['get_order', '13 failed · 14 calls · 3 conversations · last 1 min ago'],
        ['refund', '1 call · 1 conversation · last 1 min ago'],
      ]);
    await quick.accept();
    await expect.poll(async () => (await quick.readState()).title).toBe('Calls of get_order');
    const rows = await quick.rows();
    assert.deepEqual(
      rows.slice(0, 2).map(({ label, description, detail, separator }) => [label, description, detail, separator]),
      [
        ['Ada', '1 min ago · turn 1', 'no such order', 'Failed'],
        ['Cleo', '3 min ago · turn 1', 'no such order', ''],
      ],
    );
    await quick.widget.getByRole('button', { name: 'Back' }).click();
    await expect.poll(async () => (await quick.rows()).map(({ label }) => label)).toEqual(['get_order', 'refund']);
    await quick.accept();
    await expect.poll(async () => (await quick.readState()).title).toBe('Calls of get_order');
    await quick.type('Cleo');
    await expect.poll(async () => (await quick.rows()).find(({ focused }) => focused)?.label).toBe('Cleo');
    await quick.accept();
    const frame = await waitForTranscript(workbench, made.cleo);
    await frame.locator('.call[open]').first().waitFor();
  });

  test('can be searched for, all of them or one tool at a time', async ({ workbench }) => {
    const { quick } = workbench;
    await showConversations(workbench);
    await workbench.tree.read('Ada');
    await workbench.run('AIployees: Search Transcripts…');
    await quick.widget.getByRole('button', { name: 'Search for Failed Tool Calls' }).click();
    await expect.poll(() => workbench.resultsMessage()).toMatch(/^13 matches in 2 conversations · all 4 searched/);
    await workbench.run('AIployees: Search Transcripts…');
    await quick.widget.getByRole('button', { name: 'Search for Calls of a Tool' }).click();
    await quick.choose('refund');
    await expect.poll(() => workbench.resultsMessage()).toMatch(/^1 match in 1 conversation · all 4 searched/);
  });
});
