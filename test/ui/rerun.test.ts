import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import type { Workbench } from '../support/workbench/workbench';
import type { SampleServer } from '../support/sampleServer';
import type { LoggedRequest } from '../support/sampleServer';
import { connect, person, waitForTranscript } from '../support/ui/details';
import { answer, waitForQuestion } from '../support/ui/dialog';
import { expect, test } from '../support/ui/fixtures';

const isMessage = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && path.endsWith('/messages');

test.describe('Rerunning a conversation', () => {
  test.use({ sample: 'empty', reuseWindow: true, viewport: { width: 1440, height: 900 } });
  let ada: SampleConversation;
  test.beforeEach(async ({ server }) => {
    const history = [
      { role: 'assistant', content: 'Hello Ada.' },
      { role: 'user', content: 'When is Dr Okoro free?' },
      { role: 'assistant', content: 'She has 09:20.' },
      { role: 'user', content: '  ' },
      { role: 'user', content: 'What else can you do?' },
      { role: 'assistant', content: 'Many things.' },
    ];
    ada = person(server, 'Ada', { history, variables: { patient_name: 'Ada L' } });
  });

  const listPosts = (server: SampleServer): LoggedRequest[] =>
    server.requests.filter(({ method }) => method === 'POST');
  const messages = (server: SampleServer): string[] =>
    listPosts(server)
      .filter(isMessage)
      .map(({ body }) => (JSON.parse(body) as { readonly message: string }).message);
  const comparison = ({ page }: Workbench): Locator => page.locator('.part.editor .monaco-diff-editor');

  /** Starts a rerun from the row's menu, and confirms it. */
  async function begin(workbench: Workbench): Promise<string> {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Ada', 'Rerun as Test Conversation');
    return answer(workbench, 'Rerun this conversation', 'Rerun');
  }

  /** Waits for the comparison with the new conversation on the right. */
  async function showsComparison(workbench: Workbench): Promise<void> {
    await comparison(workbench)
      .locator('.editor.original .view-line')
      .filter({ hasText: 'Hello Ada.' })
      .first()
      .waitFor();
    const right = comparison(workbench).locator('.editor.modified .view-line');
    await right.filter({ hasText: 'hello Ada L' }).first().waitFor();
  }

  test("asks once, sends the user's messages in order, and opens a comparison that can rerun again", async ({
    server,
    workbench,
  }) => {
    const detail = await begin(workbench);
    for (const text of [
      "Sends the user's 2 messages to Clinic Desk",
      'Skips 1 message without text.',
      'real tools',
      'balance: $41.250731',
      "can't delete",
    ]) {
      assert.ok(detail.includes(text), `${text} is not in: ${detail}`);
    }
    await showsComparison(workbench);
    const [created, ...rest] = listPosts(server);
    assert.equal(created?.path, '/conversations');
    assert.deepEqual(JSON.parse(created.body), {
      assistant_id: ada.assistantUuid,
      type: 'test',
      variables: { patient_name: 'Ada L' },
    });
    assert.equal(rest.length, 2);
    assert.deepEqual(messages(server), ['When is Dr Okoro free?', 'What else can you do?']);
    assert.match((await workbench.tree.read('Clinic Desk')).description, /2/);

    server.forgetRequests();
    await comparison(workbench).locator('.editor.original').getByRole('button', { name: 'Rerun Left' }).click();
    await answer(workbench, 'Rerun this conversation', 'Rerun');
    await expect.poll(() => messages(server)).toEqual(['When is Dr Okoro free?', 'What else can you do?']);
    await showsComparison(workbench);
    await expect.poll(async () => (await workbench.tree.read('Clinic Desk')).description).toMatch(/3/);
  });

  test("isn't confirmed again for an assistant if the user chooses that", async ({ server, workbench }) => {
    const ask = (name: string): SampleConversation =>
      person(server, name, { history: [{ role: 'user', content: `Hi from ${name}.` }] });
    ask('Bea');
    ask('Cleo');
    const zoe = ask('Zoe');
    server.updateConversation(zoe.id, { assistantUuid: 'another-assistant', assistantName: 'Zoo Desk' });
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Bea', 'Rerun as Test Conversation');
    const detail = await answer(workbench, 'Rerun this conversation', "Rerun, Don't Ask Again");
    assert.ok(detail.includes("Don't Ask Again applies to this assistant in this window."), detail);
    await expect.poll(() => messages(server)).toEqual(['Hi from Bea.']);
    await comparison(workbench).locator('.view-line').filter({ hasText: 'Hi from Bea.' }).first().waitFor();

    await workbench.tree.contextMenu('Cleo', 'Rerun as Test Conversation');
    await expect.poll(() => messages(server)).toEqual(['Hi from Bea.', 'Hi from Cleo.']);
    await comparison(workbench).locator('.view-line').filter({ hasText: 'Hi from Cleo.' }).first().waitFor();

    // Some of Ada's messages would be left out.
    await workbench.tree.contextMenu('Ada', 'Rerun as Test Conversation');
    await answer(workbench, 'Skips 1 message without text.', 'Cancel');
    await workbench.tree.expand('Zoo Desk');
    await workbench.tree.contextMenu('Zoe', 'Rerun as Test Conversation');
    await answer(workbench, 'Rerun this conversation', 'Cancel');
    assert.equal(messages(server).length, 2);
  });

  test('sends nothing if the user declines', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.run('AIployees: Rerun as Test Conversation');
    await answer(workbench, 'Rerun this conversation', 'Cancel');
    assert.deepEqual(listPosts(server), []);
  });

  test("asks without a balance if the server doesn't report one", async ({ server, workbench }) => {
    server.configure({ me: '404' });
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Ada', 'Rerun as Test Conversation');
    const detail = await (await waitForQuestion(workbench, 'Rerun this conversation')).innerText();
    assert.ok(!detail.includes('balance') && detail.includes('free, according to'), detail);
  });

  test('stops between two messages when it is canceled', async ({ server, workbench }) => {
    const gate = server.hold(isMessage);
    await begin(workbench);
    await gate.waitForRequests();
    await workbench.notifications.press('Rerunning conversation', 'Cancel');
    await workbench.notifications.read('Stopping the rerun after this reply');
    gate.release();
    await showsComparison(workbench);
    await workbench.notifications.takeFromList('The rerun stopped after 1 of 2 messages.');
    assert.deepEqual(messages(server), ['When is Dr Okoro free?']);
  });

  test('loads the transcript after a lost reply, and asks the user how to continue', async ({ server, workbench }) => {
    server.failNext({ match: isMessage, instead: 'lose' });
    await begin(workbench);
    const detail = await answer(workbench, 'No reply to message 1 of 2', 'Send Next Message');
    assert.ok(detail.includes('The message was delivered and has a reply'), detail);
    await showsComparison(workbench);
    assert.deepEqual(messages(server), ['When is Dr Okoro free?', 'What else can you do?']);
  });

  test('resends an undelivered message only if the user confirms it', async ({ server, workbench }) => {
    server.failNext({ match: isMessage, instead: 'disconnect', times: 2 });
    await begin(workbench);
    const detail = await answer(workbench, 'No reply to message 1 of 2', 'Send Again');
    assert.ok(detail.includes("The message isn't in it"), detail);
    await expect.poll(() => messages(server).length).toBe(2);
    await answer(workbench, 'No reply to message 1 of 2', 'Stop');
    await workbench.notifications.read('The rerun stopped after 0 of 2 messages.');
    assert.deepEqual(messages(server), ['When is Dr Okoro free?', 'When is Dr Okoro free?']);
    assert.equal(await comparison(workbench).count(), 0);
  });

  test("reports why the test conversation couldn't be created", async ({ server, workbench }) => {
    server.configure({ insufficientBalance: true });
    await begin(workbench);
    const { message } = await workbench.notifications.read("Couldn't create the test conversation.");
    assert.ok(message.includes('Insufficient balance. Please top up your account.'), message);
    assert.equal(listPosts(server).length, 1);
  });

  test('reports that a conversation has no user messages', async ({ server, workbench }) => {
    person(server, 'Bea');
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Bea', 'Rerun as Test Conversation');
    await workbench.notifications.read('this conversation has no user messages');
    assert.deepEqual(listPosts(server), []);
  });
});
