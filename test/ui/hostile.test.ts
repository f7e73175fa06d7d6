import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { SampleConversation } from '../../src/sample/wire';
import { eventually } from '../support/workbench/eventually';
import type { Workbench } from '../support/workbench/workbench';
import {
  addHostileConversations,
  hostileConversation,
  hostileTexts,
  type HostileConversation,
} from '../support/hostile';
import { connect, waitForPage, waitForTranscript, transcriptPath } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';
import { expectHarmless, Canary, UntrustedTextWatch } from '../support/ui/untrustedText';

test.describe('Untrusted text', () => {
  test.use({
    sample: 'empty',
    reuseWindow: true,
    viewport: { width: 1280, height: 1400 },
    settings: { 'aiployees.pageSize': 60, 'workbench.hover.delay': 100 },
  });
  // Each test opens dozens of conversations.
  test.describe.configure({ timeout: 240_000 });
  let canary: Canary;
  let texts: Readonly<Record<string, string>>;
  let hostile: HostileConversation[];
  /** Has untrusted text in name, type, and assistant. */
  let named: SampleConversation;

  test.beforeEach(async ({ server }) => {
    canary = await Canary.start();
    texts = hostileTexts(canary.url);
    hostile = addHostileConversations(server, canary.url);
    const all = `${texts['icon']} ${texts['commandLink']} ${texts['handler']} ${texts['bidi']} ${texts['control']}`;
    named = server.addConversation({
      ...hostileConversation(all),
      assistantName: `${all} end of name`,
      assistantUuid: `${all}/../..\ud83d`,
    });
  });
  test.afterEach(() => canary.close());

  /** Signs in and expands the assistants, so that all conversations are visible. */
  async function open(workbench: Workbench): Promise<UntrustedTextWatch> {
    const watch = new UntrustedTextWatch(workbench, canary);
    await connect(workbench, 'Clinic Desk', /end of name$/);
    await expect.poll(async () => (await workbench.tree.rows()).length).toBeGreaterThan(hostile.length);
    return watch;
  }

  test('is text in rows, their accessible names, and their tooltips', async ({ workbench }) => {
    const watch = await open(workbench);
    const rows = await workbench.tree.rows();
    expectHarmless(
      'rows',
      rows.flatMap(({ label, description, ariaLabel }) => [label, description, ariaLabel]),
    );
    assert.ok(
      rows.some(({ label }) => label.includes('$(rocket)')),
      'an icon’s name is shown as it is',
    );
    assert.ok(
      rows.every(({ label }) => label.trim() !== '' && label.length < 400),
      'each row can be told by its label',
    );
    await watch.expectNoEffects('rows');

    const elements = workbench.tree.rowElements;
    const left = new Set([...hostile.map(({ conversation }) => conversation.id), named.id]);
    for (let index = 0; index < (await elements.count()); index++) {
      const row = elements.nth(index);
      if ((await row.getAttribute('aria-level')) !== '3') continue;
      // If the row was rerendered under the mouse, the hover can belong to another row.
      await expect(async () => {
        const hover = await workbench.hover.over(row.locator('.monaco-icon-label').first());
        const text = await hover.innerText();
        const id = [...left].find((each) => text.includes(each));
        assert.ok(id !== undefined, `the tooltip of a row not seen before: ${text.slice(0, 200)}`);
        expectHarmless('tooltip', [text]);
        assert.equal(await hover.locator('a, img, script, iframe').count(), 0, text.slice(0, 200));
        left.delete(id);
      }).toPass();
      await watch.expectNoEffects('tooltip');
    }
    assert.deepEqual([...left], [], 'each row has a tooltip');
  });

  test('is text in the quick picks of Find Conversation and of the filter', async ({ workbench }) => {
    const { quick } = workbench;
    const watch = await open(workbench);
    const expectNoEffects = async (where: string): Promise<void> => {
      const rows = await quick.rows();
      expectHarmless(
        where,
        rows.flatMap(({ label, description, detail, ariaLabel }) => [label, description, detail, ariaLabel]),
      );
      await watch.expectNoEffects(where);
    };
    /** VS Code renders a row's description and detail as Markdown in their hovers. */
    const rest = async (where: string, row: Locator, part: string): Promise<void> => {
      // A row that is rerendered under the mouse shows no hover.
      const hover = await eventually(async () => {
        const shown = await workbench.hover.over(row.locator(part));
        assert.ok((await shown.innerText()).includes('end of name'));
        return shown;
      });
      assert.equal(
        await hover.locator('img, .codicon, a:not([data-href^="http"])').count(),
        0,
        await hover.innerHTML(),
      );
      await watch.expectNoEffects(where);
      await workbench.hover.leave();
    };
    await workbench.run('AIployees: Find Conversation…');
    for (const typed of ['rocket', 'sign', 'word', 'invoice', 'proto', 'passwd', '']) {
      await quick.type(typed);
      await expect.poll(async () => (await quick.rows()).length).toBeGreaterThan(1);
      await expectNoEffects(`find ${typed}`);
      if (typed !== 'rocket') continue;
      await rest('description in find', quick.list.filter({ hasText: 'end of name' }).first(), '.label-description');
    }
    await quick.cancel();

    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Assistant');
    const assistant = await eventually(async () => {
      const found = (await quick.rows()).find(({ label }) => label.includes('rocket'));
      assert.ok(found);
      return found.label;
    });
    await expectNoEffects('assistants');
    await quick.choose(assistant);
    await expect
      .poll(async () => (await quick.rows()).some(({ description }) => description.includes('rocket')))
      .toBe(true);
    await expectNoEffects('what is filtered');
    await rest('description of what is filtered', quick.row('Assistant'), '.label-description');
    await quick.choose('Done');
    await expect.poll(() => workbench.viewMessage()).toMatch(/rocket/);
    expectHarmless('message', [await workbench.viewMessage()]);
    await watch.expectNoEffects('the view’s message');
  });

  test('is text in the panel at each detail level, rendered and plain, and in the title of its tab', async ({
    workbench,
  }) => {
    const watch = await open(workbench);
    for (const { tries, conversation } of [...hostile, { tries: 'names', conversation: named }]) {
      await workbench.run('AIployees: Find Conversation…');
      await workbench.quick.submit(conversation.id);
      const page = await waitForTranscript(workbench, conversation);
      for (const summary of await page.locator('.call:not([open]) > summary').elementHandles()) await summary.click();
      await watch.expectNoEffects(`${tries}, turns`);
      for (const depth of ['Messages', 'Raw', 'Full']) {
        await page.getByRole('button', { name: depth, exact: true }).click();
        await watch.expectNoEffects(`${tries}, ${depth}`);
      }
      await page.getByRole('button', { name: 'Plain Text' }).click();
      await watch.expectNoEffects(`${tries}, as sent`);
      await page.getByRole('button', { name: 'Plain Text' }).click();
      const elements = await page
        .locator('body')
        .evaluate(
          (body) =>
            body.querySelectorAll(
              'script:not([nonce]), img, iframe, form:not(.composer), base, meta, object, embed, style',
            ).length,
        );
      assert.equal(elements, 0, tries);
      expectHarmless('tab', await workbench.editorTitles());
    }
    assert.equal(await workbench.page.evaluate(() => 'polluted' in {}), false);
  });

  test('is text in search results and in the transcripts that they open', async ({ workbench }) => {
    const watch = await open(workbench);
    await workbench.run('AIployees: Search Transcripts…');
    await workbench.quick.submit('sign in');
    await workbench.results.hasFocus();
    await expect.poll(async () => (await workbench.results.rows()).length).toBeGreaterThan(6);
    await expect.poll(() => workbench.resultsMessage()).toContain(`all ${hostile.length + 1} searched`);
    const rows = await workbench.results.rows();
    expectHarmless(
      'results',
      rows.flatMap(({ label, description, ariaLabel }) => [label, description, ariaLabel]),
    );
    await watch.expectNoEffects('results');
    await workbench.results.click(rows[1]?.label ?? '');
    await workbench.detailsFrame();
    await watch.expectNoEffects('where a result leads');
  });

  test('is text in a comparison and in the status bar', async ({ workbench }) => {
    const watch = await open(workbench);
    const rows = (await workbench.tree.rows()).filter(
      ({ level, label }) => level === 3 && /rocket|Sign in/.test(label),
    );
    const [first, second] = rows.map(({ label }) => label);
    assert.ok(first !== undefined && second !== undefined);
    await workbench.tree.contextMenu(first, 'Select for Compare');
    await workbench.page.locator('.part.statusbar').getByText('for comparison').waitFor();
    await watch.expectNoEffects('status bar');
    await workbench.tree.contextMenu(second, 'Compare with Selected');
    await workbench.page.locator('.monaco-diff-editor .view-line').first().waitFor();
    await workbench.page.locator('.codelens-decoration').first().waitFor();
    await watch.expectNoEffects('comparison');
    expectHarmless('tab', await workbench.editorTitles());
  });

  test('is text in a Markdown document, its preview, its outline, and file names', async ({ server, workbench }) => {
    // All texts in one conversation, because opening a preview is slow.
    const all = Object.values(texts).flatMap((text) => hostileConversation(text).history ?? []);
    const whole = server.addConversation({ ...hostileConversation(texts['icon'] ?? ''), history: all });
    const watch = await open(workbench);
    for (const [tries, conversation] of [
      ['names', named],
      ['all', whole],
    ] as const) {
      await workbench.run('AIployees: Find Conversation…');
      await workbench.quick.submit(conversation.id);
      await waitForPage(workbench, conversation);
      await workbench.run('AIployees: Open as Markdown');
      const name = `conversation-${conversation.id.slice(0, 8)}.md`;
      await workbench.page.locator(`.part.editor .tab.active[data-resource-name="${name}"]`).waitFor();
      await workbench.page.locator('.part.editor .monaco-editor.focused').waitFor();
      await workbench.run('Markdown: Open Preview');
      const body = await eventually(async () => {
        for (const frame of workbench.page.frames()) {
          const found = frame.locator('.markdown-body').filter({ hasText: 'as_text' });
          if ((await found.count().catch(() => 0)) > 0 && (await found.isVisible())) return found;
        }
        throw new Error('No preview shows the conversation.');
      });
      assert.equal(
        await body
          .locator('img, form, iframe, base, meta, [onerror], [onload], .mermaid, .katex, .katex-error')
          .count(),
        0,
        tries,
      );
      await watch.expectNoEffects(`${tries}, preview`);
      await workbench.run('View: Close All Editors');
    }
  });

  test('is text in server errors in rows, panel, quick picks, input boxes, and notifications', async ({
    server,
    workbench,
  }) => {
    const { quick, notifications, tree } = workbench;
    const text = `${texts['icon']} ${texts['commandLink']} ${texts['bidi']} ${texts['terminal']} ${texts['placeholders']}`;
    const fault = { status: 422, body: JSON.stringify({ message: text, errors: { [text]: [text] } }) };
    const watch = await open(workbench);

    server.failNext({ ...fault, match: '/user/assistants/get', times: 9 });
    await workbench.run('AIployees: Filter Conversations…');
    await quick.choose('Assistant');
    await expect.poll(async () => (await quick.rows()).some(({ detail }) => detail.includes('rocket'))).toBe(true);
    await watch.expectNoEffects('quick pick');
    await quick.cancel();
    await quick.cancel();

    server.failNext({ ...fault, match: transcriptPath(named), times: 9 });
    await workbench.run('AIployees: Find Conversation…');
    await quick.submit(named.id);
    const page = await waitForPage(workbench, named);
    await page.locator('.notice').getByText('rocket').waitFor();
    await watch.expectNoEffects('panel');
    await workbench.run('AIployees: Open as JSON');
    expectHarmless('notification', [(await notifications.read(/Server message/)).message]);
    await watch.expectNoEffects('notification');
    await notifications.clear();

    server.failNext({ ...fault, match: '/user/conversations', times: 9 });
    await workbench.run('AIployees: Reload All');
    const row = await tree.read(/rocket.*|Server message/);
    expectHarmless('row', [row.label, row.description, row.ariaLabel]);
    await watch.expectNoEffects('row');

    server.clearFaults();
    server.failNext({ ...fault, status: 403, times: 9 });
    await workbench.run('AIployees: Set API Key…');
    await quick.submit('9|another-key');
    await expect.poll(async () => (await quick.readState()).message).toMatch(/Server message/);
    expectHarmless('input box', [(await quick.readState()).message]);
    await watch.expectNoEffects('input box');
  });

  test("is text in the name of the API key's owner", async ({ server, workbench }) => {
    const watch = new UntrustedTextWatch(workbench, canary);
    const owner = `${texts['icon']} ${texts['commandLink']} ${texts['handler']} ${texts['bidi']}`;
    server.failNext({ match: '/user/me', status: 200, body: JSON.stringify({ id: 1, name: owner, email: owner }) });
    await workbench.run('AIployees: Set API Key…');
    await workbench.quick.submit('7|a-key-of-the-tests');
    const { message } = await workbench.notifications.read('API key saved for');
    assert.match(message, /rocket/);
    expectHarmless('owner', [message]);
    await watch.expectNoEffects('owner');
  });
});
