import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import {
  connect,
  keepOpen,
  keepOpenButton,
  waitForPage,
  person,
  expectTexts,
  tabOf,
  timesRead,
  waitForTranscript,
  transcriptPath,
} from '../support/ui/details';
import { expectRowSelected } from '../support/ui/conversationsView';
import { expect, test } from '../support/ui/fixtures';

test.describe('Browsing conversations', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let ada: SampleConversation;
  let ben: SampleConversation;
  let cleo: SampleConversation;

  test.beforeEach(async ({ server }) => {
    [ada, ben, cleo] = [person(server, 'Ada'), person(server, 'Ben'), person(server, 'Cleo')];
  });

  test('reuses one panel for each clicked conversation until the panel is kept open', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ada');
    await expectTexts(await waitForTranscript(workbench, ada), '.text', ['Hello Ada.']);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ada)]);

    await workbench.tree.click('Ben');
    await expectTexts(await waitForTranscript(workbench, ben), '.text', ['Hello Ben.']);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben)]);

    await keepOpen(workbench);
    await workbench.tree.click('Cleo');
    await expectTexts(await waitForTranscript(workbench, cleo), '.text', ['Hello Cleo.']);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben), tabOf(cleo)]);
    await keepOpenButton(workbench).waitFor();

    await workbench.tree.click('Ben');
    await waitForTranscript(workbench, ben);
    await keepOpenButton(workbench).waitFor({ state: 'hidden' });
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben), tabOf(cleo)]);
    assert.equal(timesRead(server, ben), 1);

    await workbench.tree.click('Ada');
    await waitForTranscript(workbench, ada);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben), tabOf(ada)]);
  });

  test('loads a conversation once for a double click', async ({ server, workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.row('Ada').locator('.label-name').dblclick();
    await waitForTranscript(workbench, ada);
    // The work of the second click is done before this one.
    await workbench.tree.click('Ben');
    await waitForTranscript(workbench, ben);
    assert.equal(timesRead(server, ada), 1);
    assert.deepEqual(await workbench.editorTitles(), [tabOf(ben)]);
  });

  test('cancels the requests of skipped conversations, and never shows their messages', async ({
    server,
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Cleo');
    const page = await waitForTranscript(workbench, cleo);
    const [ofAda, ofBen] = [server.hold(transcriptPath(ada)), server.hold(transcriptPath(ben))];

    await workbench.tree.click('Ada');
    await ofAda.waitForRequests();
    await waitForPage(workbench, ada);
    await expectTexts(page, '.text', []);
    assert.equal(await page.locator('h1').innerText(), 'Ada');
    await workbench.tree.click('Ben');
    await ofBen.waitForRequests();
    await server.waitForResponses(transcriptPath(ada));
    await workbench.tree.click('Cleo');
    await server.waitForResponses(transcriptPath(ben));
    await expectTexts(await waitForTranscript(workbench, cleo), '.text', ['Hello Cleo.']);
    const aborted = server.requests.filter((request) => request.aborted).map(({ path }) => path);
    assert.deepEqual(aborted, [transcriptPath(ada), transcriptPath(ben)]);

    server.release();
    await workbench.tree.click('Ada');
    await expectTexts(await waitForTranscript(workbench, ada), '.text', ['Hello Ada.']);
  });

  test('opens the next and the previous conversation, and moves the selection of the tree with them', async ({
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    const people = new Map([
      ['Ada', ada],
      ['Ben', ben],
      ['Cleo', cleo],
    ]);
    const rows = (await workbench.tree.rows()).filter(({ label }) => people.has(label));
    const [first, second] = rows.map(({ label }) => label);
    assert.ok(first !== undefined && second !== undefined);
    const waitForPerson = (name: string): Promise<Frame> => waitForTranscript(workbench, people.get(name) ?? ada);
    await workbench.tree.click(first);
    await (await waitForPerson(first)).locator('h1').click();
    await workbench.press('n');
    await waitForPerson(second);
    await expectRowSelected(workbench, second);
    await workbench.run('AIployees: Previous Conversation');
    await waitForPerson(first);
    await expectRowSelected(workbench, first);
  });

  test('applies keys in the tree to the conversation that the panel moved to', async ({ server, workbench }) => {
    const { tree } = workbench;
    const minutesAgo = (minutes: number) => ({ createdAt: Date.now() - minutes * 60_000 });
    const made = ['Dora', 'Elif', 'Finn', 'Gus'].map((name, index) => person(server, name, minutesAgo(10 + index)));
    await connect(workbench, 'Clinic Desk');
    const copies = async (index: number): Promise<void> => {
      await workbench.press('ControlOrMeta+c');
      await expect.poll(() => workbench.readClipboard()).toBe(made[index]?.id);
    };
    const focusedIs = (label: string): Promise<void> =>
      expect.poll(async () => (await tree.read(label)).focused).toBe(true);
    /** Opens Dora, moves to Elif in the panel, and focuses the view. */
    const goOn = async (): Promise<void> => {
      await tree.click('Dora');
      const page = await waitForTranscript(workbench, { id: made[0]?.id ?? '' });
      await page.locator('h1').click();
      await workbench.press('n');
      await waitForTranscript(workbench, { id: made[1]?.id ?? '' });
      await expectRowSelected(workbench, 'Elif');
      await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
      await workbench.run('AIployees: Focus on Conversations View');
      await tree.hasFocus();
    };

    await goOn();
    await copies(1);
    await focusedIs('Elif');
    await workbench.press('ArrowDown');
    await focusedIs('Finn');
    await copies(2);

    await goOn();
    await workbench.press('ArrowDown');
    await focusedIs('Finn');
    await workbench.press('ArrowDown');
    await focusedIs('Gus');
    await copies(3);

    await goOn();
    await workbench.press('Enter');
    await expect
      .poll(async () => (await waitForPage(workbench, { id: made[1]?.id ?? '' })).evaluate(() => document.hasFocus()))
      .toBe(true);
    await tree.click('Gus');
    await tree.focus();
    await copies(3);
  });

  test('works without a mouse', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.focus();
    await workbench.press('Home');
    await expect(async () => {
      const row = (await workbench.tree.rows()).find(({ focused }) => focused);
      if (row?.label !== 'Ada') await workbench.press('ArrowDown');
      assert.equal(row?.label, 'Ada');
    }).toPass();
    await workbench.press('Enter');
    const page = await waitForTranscript(workbench, ada);
    await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
    await workbench.press('Tab');
    await expect(async () =>
      assert.equal(
        await page.locator(':focus-visible').getAttribute('aria-label', { timeout: 1000 }),
        'Copy Conversation ID',
      ),
    ).toPass();
    await workbench.press('Enter');
    await expect.poll(() => workbench.readClipboard()).toBe(ada.id);
    await expect.poll(() => page.getByRole('status').last().innerText()).toBe('Copied');
  });
});
