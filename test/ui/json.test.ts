import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import { projectRoot } from '../support/paths';
import type { Workbench } from '../support/workbench/workbench';
import { chooseMenuItem } from '../support/workbench/menu';
import { connect, person, tabOf, waitForTranscript, transcriptPath } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { waitForStoredEditors } from '../support/ui/storedEditors';

const nameOf = ({ id }: SampleConversation): string => `conversation-${id.slice(0, 8)}.json`;

/** Returns the names of the open JSON documents from left to right. */
function jsonTabs({ page }: Workbench): Promise<string[]> {
  const tabs = page.locator('.part.editor .tab[data-resource-name$=".json"]');
  return tabs.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-resource-name') ?? ''));
}

/** Returns the text of the active editor by selecting and copying it. */
async function wholeText(workbench: Workbench): Promise<string> {
  await workbench.writeClipboard('');
  return eventually(async () => {
    await workbench.press('ControlOrMeta+a');
    await workbench.press('ControlOrMeta+c');
    const text = await workbench.readClipboard();
    assert.match(text, /^\{[^]*\}\s*$/);
    return text;
  });
}

test.describe('A conversation as JSON', () => {
  // Only a window with a folder restores its editors.
  test.use({ sample: 'empty', reuseWindow: true, folder: join(projectRoot, 'test', 'fixtures') });
  let ada: SampleConversation;
  let ben: SampleConversation;

  test.beforeEach(async ({ server }) => {
    [ada, ben] = [
      person(server, 'Ada', { variables: { plan: 'gold' }, externalIdentifier: 'crm-7' }),
      person(server, 'Ben'),
    ];
  });

  test('shows the row and the transcript as the server sent them in a read-only editor', async ({
    server,
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.run('AIployees: Open as JSON');
    await expect(async () => assert.deepEqual(await jsonTabs(workbench), [nameOf(ada)])).toPass();
    await workbench.page.locator('.part.editor .monaco-editor.focused').waitFor();
    const text = await wholeText(workbench);
    const shown = JSON.parse(text) as { conversation: { id: string; variables: unknown }; transcript: unknown };
    assert.equal(shown.conversation.id, ada.id);
    assert.deepEqual(shown.conversation.variables, ada.variables);
    const headers = { accept: 'application/json' };
    const sent: unknown = await (await fetch(`${server.url}${transcriptPath(ada)}`, { headers })).json();
    assert.deepEqual(shown.transcript, sent);

    await workbench.page.keyboard.type('x');
    await workbench.page.locator('.monaco-editor-overlaymessage').filter({ visible: true }).waitFor();
    assert.equal(await wholeText(workbench), text);
  });

  test('opens for several conversations, and is gone after a reload without a trace in the storage', async ({
    workbench,
    window,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.tree.click('Ben', 'Control');
    await workbench.tree.contextMenu('Ben', 'Open as JSON');
    await expect(async () =>
      assert.deepEqual((await jsonTabs(workbench)).sort(), [nameOf(ada), nameOf(ben)].sort()),
    ).toPass();
    assert.deepEqual(await workbench.previewTitles(), []);
    await waitForStoredEditors(workbench, ada.id);

    await window.reload();
    await workbench.page.locator('.part.editor .tab').first().click();
    await waitForTranscript(workbench, ada);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ada)]);
    assert.equal(
      JSON.stringify(await workbench.page.context().storageState({ indexedDB: true })).includes('Hello Ada'),
      false,
    );
  });

  test("is in the panel's menu, with commands to copy and reveal", async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    const choose = async (item: string): Promise<void> => {
      await workbench.page.locator('.part.editor .editor-actions .codicon-toolbar-more').first().click();
      await chooseMenuItem(workbench.page, item);
    };
    const expectClipboard = (check: (text: string) => void): Promise<void> =>
      expect(async () => check(await workbench.readClipboard())).toPass();
    await choose('Copy Conversation ID');
    await expectClipboard((text) => assert.equal(text, ada.id));
    await choose('Copy as Markdown');
    await expectClipboard((text) => assert.match(text, /^# Ada[^]*Hello Ada\./));
    await choose('Copy as JSON');
    await expectClipboard((text) => assert.match(text, new RegExp(`"id": "${ada.id}"[^]*Hello Ada\\.`)));
    await choose('Copy as cURL');
    await expectClipboard((text) => {
      assert.match(
        text,
        new RegExp(`^curl [^]*\\$AIPLOYEES_API_KEY[^]*${ada.id}|^curl [^]*${ada.id}[^]*\\$AIPLOYEES_API_KEY`),
      );
      assert.ok(!text.includes('a-key-of-the-tests'));
    });

    await workbench.tree.collapse('Test');
    await choose('Reveal in Conversations View');
    await expect.poll(async () => (await workbench.tree.read('Ada')).selected).toBe(true);
  });
});
