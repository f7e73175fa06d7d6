import assert from 'node:assert/strict';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import { connect, waitForTranscript } from '../support/ui/details';
import { test } from '../support/ui/fixtures';

/** Returns the rows of the editor's outline. */
async function readOutline(workbench: Workbench): Promise<string[]> {
  await workbench.run('Go to Symbol in Editor...');
  return eventually(async () => {
    const labels = (await workbench.quick.rows()).map(({ label }) => label);
    assert.ok(
      labels.some((label) => label.includes('Transcript')),
      labels.join('\n'),
    );
    return labels;
  });
}

test.describe('A conversation as Markdown', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let ada: SampleConversation;

  test.beforeEach(async ({ server }) => {
    ada = server.addConversation({
      customer: { name: 'Ada', phone: '+49 30 1234' },
      history: [
        { role: 'assistant', content: '# Welcome\n\nHow can I help?' },
        {
          role: 'user',
          content: '[all you need](command:workbench.action.quit)\n<img src=https://a.test/p>\n![p](https://a.test/p)',
        },
        {
          role: 'assistant',
          content: 'I looked.',
          function_calls: [{ name: 'find_slots', arguments: { day: 'friday' }, result: { slots: [] } }],
        },
      ],
    });
  });

  test('is a read-only document whose outline lists the turns', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.contextMenu('Ada', 'Open as Markdown');
    await workbench.page
      .locator(`.part.editor .tab[data-resource-name="conversation-${ada.id.slice(0, 8)}.md"]`)
      .waitFor();
    await workbench.page.locator('.part.editor .monaco-editor.focused').waitFor();
    // It has no headings of messages and no rows of another provider.
    const outline = await readOutline(workbench);
    assert.deepEqual(
      outline
        .filter((label) => /Welcome|\d+\. |Transcript|^.?Ada|Ada$/.test(label))
        .map((label) => label.replace(/^\W*#+ /, '')),
      ['Ada', 'Transcript', '1. Assistant', '2. User', '3. Assistant'],
    );
    await workbench.quick.cancel();
    await workbench.page.keyboard.type('x');
    await workbench.page.locator('.monaco-editor-overlaymessage').filter({ visible: true }).waitFor();
  });

  test('opens from the panel, and its preview runs nothing and loads nothing', async ({ workbench }) => {
    const requests: string[] = [];
    workbench.page.on('request', (request) => requests.push(request.url()));
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    await workbench.run('AIployees: Open as Markdown');
    await workbench.page.locator('.part.editor .monaco-editor.focused').waitFor();
    await workbench.run('Markdown: Open Preview');
    const body = await eventually(async () => {
      for (const frame of workbench.page.frames()) {
        const found = frame.locator('.markdown-body').filter({ hasText: 'I looked.' });
        if ((await found.count().catch(() => 0)) > 0) return found;
      }
      throw new Error('No preview shows the conversation.');
    });
    assert.match(await body.innerText(), /\[all you need\]\(command:workbench\.action\.quit\)/);
    assert.equal(await body.locator('img').count(), 0);
    const links = await body
      .locator('a')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? ''));
    assert.deepEqual(
      links.filter((href) => !href.startsWith('https:')),
      [],
    );
    assert.deepEqual(
      requests.filter((url) => url.includes('a.test')),
      [],
    );
    assert.deepEqual(await body.locator('h3').allInnerTexts(), ['1. Assistant', '2. User', '3. Assistant']);
  });
});
