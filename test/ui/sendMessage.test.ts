import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import type { SampleServer } from '../support/sampleServer';
import { connect, waitForPage, person, expectTexts, waitForTranscript } from '../support/ui/details';
import { answer } from '../support/ui/dialog';
import { expectRowSelected } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';
import { offeredCommands } from '../support/ui/palette';

const isMessage = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && path.endsWith('/messages');

const composer = (frame: Frame): Locator => frame.getByRole('textbox', { name: 'Type a message to the assistant' });
const hasFocus = (frame: Frame): Promise<void> =>
  expect.poll(() => composer(frame).evaluate((element) => element === document.activeElement)).toBe(true);
const consent = "Send messages to this account's test conversations?";

test.describe('Sending messages to test conversations', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let ada: SampleConversation;
  test.beforeEach(async ({ server }) => {
    ada = person(server, 'Ada');
  });

  const messages = (server: SampleServer): string[] =>
    server.requests.filter(isMessage).map(({ body }) => (JSON.parse(body) as { readonly message: string }).message);

  async function openAda(workbench: Workbench): Promise<Frame> {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    return waitForTranscript(workbench, ada);
  }

  test('sends from the panel after one confirmation, and shows the reply', async ({ server, workbench }) => {
    const frame = await openAda(workbench);
    await composer(frame).fill('Thanks!');
    await composer(frame).press('Enter');
    const message = await answer(workbench, consent, 'Allow');
    for (const text of ['real tools', 'free, according to', '$41.250731', "can't delete", "won't be asked again"])
      assert.ok(message.includes(text), text);
    await expectTexts(frame, '.turn .text', [
      'Hello Ada.',
      'Thanks!',
      'I can find, book, and move appointments. What would you like?',
    ]);
    assert.equal(await composer(frame).inputValue(), '');
    await composer(frame).fill('Bye');
    await composer(frame).press('Enter');
    await expect.poll(() => frame.locator('.turn').count()).toBe(5);
    assert.deepEqual(messages(server), ['Thanks!', 'Bye']);
  });

  test('keeps the draft if the user declines, and while another tab is active', async ({ server, workbench }) => {
    const frame = await openAda(workbench);
    await composer(frame).fill('Thanks!');
    await composer(frame).press('Enter');
    await answer(workbench, consent, 'Cancel');
    await expect.poll(() => composer(frame).isEditable()).toBe(true);
    assert.equal(await composer(frame).inputValue(), 'Thanks!');
    assert.deepEqual(messages(server), []);
    await workbench.run('AIployees: Keep Open');
    await workbench.run('AIployees: Open as JSON');
    await workbench.page.locator('.part.editor .monaco-editor .view-line').first().waitFor();
    await workbench.run('View: Open Previous Editor');
    await expect.poll(async () => composer(await waitForTranscript(workbench, ada)).inputValue()).toBe('Thanks!');
    const again = await waitForTranscript(workbench, ada);
    await hasFocus(again);
    await workbench.page.keyboard.type('!');
    assert.equal(await composer(again).inputValue(), 'Thanks!!');
  });

  test('reports an undelivered message, keeps it, and resends it only on request', async ({ server, workbench }) => {
    const frame = await openAda(workbench);
    server.failNext({ match: isMessage, instead: 'disconnect' });
    await composer(frame).fill('Thanks!');
    await composer(frame).press('Enter');
    await answer(workbench, consent, 'Allow');
    await frame.getByRole('alert').filter({ hasText: "The message isn't in it" }).waitFor();
    assert.equal(await composer(frame).inputValue(), 'Thanks!');
    assert.deepEqual(messages(server), ['Thanks!']);
    await composer(frame).press('Enter');
    await expect.poll(() => frame.locator('.turn').count()).toBe(3);
    assert.deepEqual(messages(server), ['Thanks!', 'Thanks!']);
  });

  test.describe('reports a rejected message, and restores its text when the conversation is reopened after its tab', () => {
    let bea: SampleConversation;
    test.beforeEach(({ server }) => void (bea = person(server, 'Bea')));
    const leave: Readonly<Record<string, (workbench: Workbench) => Promise<void>>> = {
      'was closed': async (workbench) => {
        await workbench.run('View: Close Editor');
        await expect.poll(() => workbench.editorTitles()).toEqual([]);
      },
      'was hidden by another tab': async (workbench) => {
        await workbench.run('AIployees: Keep Open');
        await workbench.tree.click('Bea');
        await waitForPage(workbench, bea);
        assert.equal((await workbench.editorTitles()).length, 2);
      },
      'changed to another conversation': async (workbench) => {
        await workbench.tree.click('Bea');
        await waitForPage(workbench, bea);
        assert.equal((await workbench.editorTitles()).length, 1);
      },
    };
    for (const [where, leaves] of Object.entries(leave)) {
      test(where, async ({ server, workbench }) => {
        const frame = await openAda(workbench);
        const gate = server.hold(isMessage);
        server.failNext({ match: isMessage, status: 422 });
        await composer(frame).fill('Thanks!');
        await composer(frame).press('Enter');
        await answer(workbench, consent, 'Allow');
        await gate.waitForRequests();
        await leaves(workbench);
        gate.release();
        await workbench.notifications.press("The message wasn't delivered", 'Open Conversation');
        const again = await waitForTranscript(workbench, ada);
        assert.equal(await composer(again).inputValue(), 'Thanks!');
        await again.getByRole('alert').filter({ hasText: "The message wasn't delivered" }).waitFor();
        assert.deepEqual(messages(server), ['Thanks!']);
      });
    }
  });

  test('shows a message that was delivered although its reply was lost', async ({ server, workbench }) => {
    const frame = await openAda(workbench);
    server.failNext({ match: isMessage, instead: 'lose' });
    await composer(frame).fill('Thanks!');
    await composer(frame).press('Enter');
    await answer(workbench, consent, 'Allow');
    await frame.getByRole('alert').filter({ hasText: 'The message was delivered and has a reply' }).waitFor();
    await expect.poll(() => frame.locator('.turn').count()).toBe(3);
    assert.equal(await composer(frame).inputValue(), '');
    assert.deepEqual(messages(server), ['Thanks!']);
  });

  test('shows a sent message immediately, and stops waiting for its reply', async ({ server, workbench }) => {
    const frame = await openAda(workbench);
    const gate = server.hold(isMessage);
    await composer(frame).fill('Thanks!');
    await composer(frame).press('Enter');
    await answer(workbench, consent, 'Allow');
    await gate.waitForRequests();
    await expectTexts(frame, '.pending .text', ['Thanks!']);
    assert.equal(await composer(frame).inputValue(), '');
    await frame.getByRole('button', { name: 'Stop Waiting' }).click();
    await frame
      .getByRole('alert')
      .filter({ hasText: "Stopped waiting for the reply. The conversation was reloaded. The message isn't in it." })
      .waitFor();
    assert.equal(await composer(frame).inputValue(), 'Thanks!');
    assert.equal(await frame.locator('.pending').isVisible(), false);
    assert.equal(await frame.locator('.turn').count(), 1);
    gate.release();
    assert.deepEqual(messages(server), ['Thanks!'], 'it is never sent again');
  });

  test('is offered only for test conversations', async ({ server, workbench }) => {
    const zoe = person(server, 'Zoe', { type: 'widget' });
    const frame = await openAda(workbench);
    await composer(frame).waitFor();
    await workbench.tree.expand('Widget');
    await workbench.tree.click('Zoe');
    const other = await waitForTranscript(workbench, zoe);
    await composer(other).waitFor({ state: 'hidden' });
    await expect.poll(() => offeredCommands(workbench)).not.toContain('Send Message…');
    assert.deepEqual(messages(server), []);
  });

  test('sends from the palette', async ({ server, workbench }) => {
    await openAda(workbench);
    await workbench.run('AIployees: Send Message…');
    await answer(workbench, consent, 'Allow');
    await workbench.quick.submit('Thanks!');
    await expect.poll(async () => (await waitForPage(workbench, ada)).locator('.turn').count()).toBe(3);
    assert.deepEqual(messages(server), ['Thanks!']);
  });

  test('creates a test conversation with an assistant, and focuses its message field', async ({
    server,
    workbench,
  }) => {
    await openAda(workbench);
    await workbench.run('AIployees: New Test Conversation…');
    await workbench.quick.choose('Clinic Desk');
    await answer(workbench, consent, 'Allow');
    const created = await eventually(() => {
      const [request] = server.requests.filter(({ method, path }) => method === 'POST' && path === '/conversations');
      assert.ok(request?.status === 200);
      return JSON.parse(request.body) as object;
    });
    assert.deepEqual(created, { assistant_id: ada.assistantUuid, type: 'test' });
    const frame = await eventually(async () => {
      const shown = await workbench.detailsFrame();
      assert.notEqual(await shown.locator('.id code').textContent({ timeout: 1000 }), ada.id);
      return shown;
    });
    await hasFocus(frame);
    await workbench.page.keyboard.type('Thanks!');
    await workbench.press('Enter');
    await expect.poll(() => frame.locator('.turn').count()).toBe(3);
    assert.deepEqual(messages(server), ['Thanks!']);
    await expect.poll(async () => (await workbench.tree.read('Clinic Desk')).description).toMatch(/2/);
    // The row and the header count the new turns, and the row is selected.
    const name = ((await frame.locator('.id code').textContent()) ?? '').slice(0, 8);
    assert.ok(name !== '');
    // Without a customer, the first message names the row.
    await expectRowSelected(workbench, 'Thanks!');
    await expect.poll(async () => (await workbench.tree.read('Thanks!')).description).toMatch(/\b3\b/);
    await expect.poll(() => frame.locator('.line > span').allTextContents()).toContain('3 messages');
    await hasFocus(frame);
  });

  test('accepts text for a new conversation while its hidden panel still loads the transcript', async ({
    server,
    workbench,
  }) => {
    await openAda(workbench);
    await workbench.run('AIployees: Open as JSON');
    await workbench.page.locator('.part.editor .monaco-editor .view-line').first().waitFor();
    const gate = server.hold(
      ({ method, path }) =>
        method === 'GET' && path.startsWith('/conversations/') && path !== `/conversations/${ada.id}`,
    );
    await workbench.run('AIployees: New Test Conversation…');
    await workbench.quick.choose('Clinic Desk');
    await answer(workbench, consent, 'Allow');
    await gate.waitForRequests();
    const frame = await workbench.detailsFrame();
    await composer(frame).waitFor();
    await hasFocus(frame);
    // Each letter is a shortcut of the panel.
    await workbench.page.keyboard.type('jnpcf1');
    gate.release();
    await frame.locator('.turns').waitFor();
    await workbench.page.keyboard.type('!');
    assert.equal(await composer(frame).inputValue(), 'jnpcf1!');
    await workbench.press('Enter');
    await expect.poll(() => messages(server)).toEqual(['jnpcf1!']);
  });

  test('takes the assistants from loaded conversations if the server lists none', async ({ server, workbench }) => {
    server.configure({ assistantsCall: '403' });
    await openAda(workbench);
    await workbench.run('AIployees: New Test Conversation…');
    await expect.poll(async () => (await workbench.quick.rows()).map(({ label }) => label)).toEqual(['Clinic Desk']);
  });
});
