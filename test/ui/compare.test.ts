import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import { projectRoot } from '../support/paths';
import type { Workbench } from '../support/workbench/workbench';
import { chooseMenuItem } from '../support/workbench/menu';
import { signIn, expectStatusBarText } from '../support/ui/conversationsView';
import { connect, waitForPage, person, waitForTranscript, transcriptPath } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { waitForStoredEditors } from '../support/ui/storedEditors';
import { offeredCommands } from '../support/ui/palette';

type Side = 'original' | 'modified';

const sideOf = ({ page }: Workbench, side: Side): Locator =>
  page.locator(`.part.editor .monaco-diff-editor .editor.${side}`);

/** Waits for the comparison's tab and both sides. */
async function shows(workbench: Workbench, title: string): Promise<void> {
  await expect.poll(() => workbench.editorTitles()).toContain(title);
  for (const side of ['original', 'modified'] as const)
    await sideOf(workbench, side).locator('.view-line').first().waitFor();
}

/** Returns the text of a side by selecting and copying it. */
async function wholeText(workbench: Workbench, side: Side): Promise<readonly string[]> {
  const line = sideOf(workbench, side).locator('.view-line').filter({ hasText: 'messages' }).last();
  const text = await eventually(async () => {
    await workbench.writeClipboard('');
    await line.click();
    await workbench.press('ControlOrMeta+a');
    await workbench.press('ControlOrMeta+c');
    const copied = await workbench.readClipboard();
    assert.match(copied, /\n$/);
    return copied;
  });
  return text.split('\n');
}

/** Returns the texts of the CodeLenses above a side's first line. */
function lensesOf(workbench: Workbench, side: Side): Promise<string[]> {
  return sideOf(workbench, side)
    .locator('.codelens-decoration')
    .first()
    .locator(':scope > a, :scope > span')
    .allInnerTexts();
}

const plain = (texts: readonly string[]): readonly string[] =>
  texts.map((each) => each.replaceAll('\u00a0', ' ').trim());

test.describe('Comparing conversations', () => {
  // Only a window with a folder restores its editors.
  test.use({
    sample: 'empty',
    reuseWindow: true,
    folder: join(projectRoot, 'test', 'fixtures'),
    viewport: { width: 1440, height: 900 },
  });
  let ada: SampleConversation;
  let bea: SampleConversation;
  let cleo: SampleConversation;
  const hostile = '[Dan](command:workbench.action.closeWindow) $(bug)';
  const summary = '2 turns differ · 1 tool call added, 1 changed · cost $0.0128 → $0.0201 · 3 → 4 messages';

  test.beforeEach(async ({ server }) => {
    const createHistory = (day: string, more: SampleConversation['history'] = []): SampleConversation['history'] => [
      { role: 'assistant', content: 'Hello. How can I help?' },
      { role: 'user', content: 'When is Dr Okoro free?' },
      ...more,
      {
        role: 'assistant',
        content: 'She has 09:20.',
        function_calls: [
          {
            name: 'find_slots',
            arguments: day === 'Fri' ? { day, doctor: 'okoro' } : { doctor: 'okoro', day },
            result: { slots: ['09:20'] },
          },
        ],
      },
    ];
    const minute = 60_000;
    ada = person(server, 'Ada', {
      createdAt: Date.now() - 3 * minute,
      history: createHistory('Fri'),
      totalCost: 0.0128,
    });
    const search = {
      role: 'assistant',
      content: null,
      function_calls: [{ name: 'find_doctor', arguments: { name: 'Okoro' }, result: { id: 'okoro' } }],
    };
    bea = person(server, 'Bea', {
      createdAt: Date.now() - 2 * minute,
      history: createHistory('Sat', [search]),
      totalCost: 0.0201,
    });
    cleo = person(server, 'Cleo', { createdAt: Date.now() - minute });
    person(server, hostile);
  });

  test('aligns two selected conversations side by side and summarizes the differences', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    assert.ok(!(await workbench.tree.contextMenuItems('Ada')).includes('Compare Selected'));
    await workbench.tree.click('Bea', 'Control');
    const items = await workbench.tree.contextMenuItems('Bea');
    assert.deepEqual(
      items.filter((item) => /compare/i.test(item)),
      ['Compare Selected'],
    );
    await workbench.tree.contextMenu('Bea', 'Compare Selected');
    await shows(workbench, 'Ada ↔ Bea');

    await expect(async () => {
      assert.deepEqual(
        plain(await lensesOf(workbench, 'original')).filter((each) => each !== '|'),
        ['Open Left', 'Open Right', 'Rerun Left'],
      );
    }).toPass();
    const left = await wholeText(workbench, 'original');
    const right = await wholeText(workbench, 'modified');
    assert.deepEqual(left.slice(0, 4), [
      summary,
      '',
      `Left: Ada · Clinic Desk · Test · ${ada.id.slice(0, 8)} · 3 messages · $0.0128`,
      `Right: Bea · Clinic Desk · Test · ${bea.id.slice(0, 8)} · 4 messages · $0.0201`,
    ]);
    assert.deepEqual(right.slice(0, 4), left.slice(0, 4));
    const after = (lines: readonly string[], line: string): string | undefined => lines[lines.indexOf(line) + 1];
    const missing = '▸ – ↔ 3 · Assistant';
    assert.deepEqual([after(left, missing), after(right, missing)], ['', 'ƒ find_doctor']);
    assert.equal(after(left, '    day: "Fri"'), '    doctor: "okoro"');
    assert.equal(after(right, '    day: "Sat"'), '    doctor: "okoro"');
    // VS Code hatches the lines that the left side lacks.
    const hatching = workbench.page.locator('.monaco-diff-editor .editor.original .diagonal-fill');
    await hatching.first().waitFor();
    const heading = sideOf(workbench, 'original').locator('.view-line').filter({ hasText: '– ↔ 3' });
    const turn = sideOf(workbench, 'modified').locator('.view-line').filter({ hasText: 'find_doctor' });
    const [above, below] = [await heading.boundingBox(), await turn.boundingBox()];
    assert.ok(above !== null && below !== null && below.y > above.y);
  });

  test('shows order numbers without color swatches in a comparison and in Markdown', async ({ server, workbench }) => {
    const { page } = workbench;
    const history = [{ role: 'user', content: 'Where are orders #566912 and #fade01 now?' }];
    person(server, 'Eve', { history });
    person(server, 'Finn', { history });
    await connect(workbench, 'Clinic Desk');
    const documents = page.locator('.part.editor .editor-group-container').nth(0);
    const text = page.locator('.part.editor .editor-group-container').nth(1);
    const swatches = '.colorpicker-color-decoration';
    let colors = 0;
    /** VS Code detects colors with a delay. A plain text file next to the document shows when it is done. */
    const showsNoSwatch = async (): Promise<void> => {
      await documents.locator('.view-line').filter({ hasText: '#fade01' }).first().waitFor();
      await text.locator('.view-lines').click();
      await page.keyboard.type('#566912 ');
      colors += 1;
      await expect.poll(() => text.locator(swatches).count()).toBe(colors);
      assert.equal(await documents.locator(swatches).count(), 0);
    };
    await workbench.tree.contextMenu('Eve', 'Open as Markdown');
    await documents.locator('.monaco-editor.focused').waitFor();
    await workbench.run('View: New Editor Group Below');
    await workbench.run('File: New Untitled Text File');
    await text.locator('.monaco-editor.focused').waitFor();
    await showsNoSwatch();

    await documents.locator('.view-lines').click();
    await workbench.tree.click('Eve');
    await workbench.tree.click('Finn', 'Control');
    await workbench.run('AIployees: Compare Selected');
    await shows(workbench, 'Eve ↔ Finn');
    await showsNoSwatch();
    await workbench.run('View: Revert and Close Editor');
  });

  test('opens either conversation from the comparison', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.tree.click('Bea', 'Control');
    await workbench.run('AIployees: Compare Selected');
    await shows(workbench, 'Ada ↔ Bea');
    const tab = workbench.page.locator('.part.editor .tab').filter({ hasText: 'Ada ↔ Bea' });
    await sideOf(workbench, 'original').getByRole('button', { name: 'Open Right' }).click();
    await waitForPage(workbench, bea);
    await tab.click();
    await sideOf(workbench, 'modified').getByRole('button', { name: 'Open Left' }).click();
    await waitForPage(workbench, ada);
    await tab.click();
    await shows(workbench, 'Ada ↔ Bea');
    await workbench.run('AIployees: Open Right Conversation');
    await waitForPage(workbench, bea);
  });

  test('remembers the selected conversation across rows and panels until the API key changes', async ({
    workbench,
  }) => {
    const { tree } = workbench;
    await connect(workbench, 'Clinic Desk');
    const listCompareItems = async (row: string): Promise<string[]> =>
      (await tree.contextMenuItems(row)).filter((item) => /compare/i.test(item));
    await tree.click('Bea');
    assert.deepEqual(await listCompareItems('Bea'), ['Select for Compare']);
    await tree.contextMenu('Bea', 'Select for Compare');
    await expectStatusBarText(workbench, 'Selected Bea for comparison');
    await expect.poll(() => listCompareItems('Ada')).toEqual(['Compare with Selected', 'Select for Compare']);
    await tree.contextMenu('Bea', 'Compare with Selected');
    await workbench.notifications.read('Bea is already selected for comparison.');
    await workbench.notifications.clear();
    await tree.contextMenu('Ada', 'Compare with Selected');
    await shows(workbench, 'Ada ↔ Bea');

    await tree.click('Ada');
    await waitForTranscript(workbench, ada);
    const choose = async (item: string): Promise<void> => {
      await workbench.page.locator('.part.editor .editor-actions .codicon-toolbar-more').first().click();
      await chooseMenuItem(workbench.page, item);
    };
    await choose('Select for Compare');
    await expectStatusBarText(workbench, 'Selected Ada for comparison');
    await tree.click('Cleo');
    await waitForTranscript(workbench, cleo);
    await choose('Compare with Selected');
    await shows(workbench, 'Ada ↔ Cleo');

    await signIn(workbench, '8|another-key-of-the-tests');
    await expect.poll(() => offeredCommands(workbench)).not.toContain('Compare with Selected');
  });

  test('reports which transcript failed to load and why, and retries it', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Ada', 'Select for Compare');
    await expectStatusBarText(workbench, 'Selected Ada for comparison');
    server.failNext({ match: transcriptPath(bea), status: 404, times: 1 });
    await expect.poll(() => workbench.tree.contextMenuItems('Bea')).toContain('Compare with Selected');
    await workbench.tree.contextMenu('Bea', 'Compare with Selected');
    const notification = await workbench.notifications.read("Couldn't load the transcript of Bea");
    assert.match(notification.message, /Conversation not found \(404\)/);
    assert.deepEqual([notification.severity, notification.buttons], ['error', ['Retry']]);
    assert.deepEqual(await workbench.editorTitles(), []);
    await workbench.notifications.press("Couldn't load the transcript of Bea", 'Retry');
    await shows(workbench, 'Ada ↔ Bea');
  });

  test('shows a customer name with Markdown as text, without links and icons', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu(hostile, 'Select for Compare');
    await expectStatusBarText(workbench, '$(bug) for comparison');
    await workbench.tree.click(hostile);
    await workbench.run('AIployees: Compare with Selected');
    await workbench.notifications.read('[Dan] (command:workbench.action.closeWindow) $(bug) is already selected');
    assert.equal(await workbench.page.locator('.notification-list-item-message a').count(), 0);
  });

  test("is gone after a reload, and leaves nothing in the browser's storage", async ({ workbench, window }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.tree.click('Bea', 'Control');
    await workbench.run('AIployees: Compare Selected');
    await shows(workbench, 'Ada ↔ Bea');
    // The next stored state is younger than the comparison.
    await workbench.tree.click('Cleo');
    await waitForTranscript(workbench, cleo);
    await waitForStoredEditors(workbench, cleo.id);
    const stored = JSON.stringify(await workbench.page.context().storageState({ indexedDB: true }));
    for (const text of ['Okoro', 'Bea', bea.id]) assert.equal(stored.includes(text), false, text);

    await window.reload();
    await waitForTranscript(workbench, cleo);
    assert.ok(!(await workbench.editorTitles()).includes('Ada ↔ Bea'));
  });
});
