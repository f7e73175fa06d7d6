import assert from 'node:assert/strict';
import { fixtures } from '../../src/sample/conversations/fixtures';
import type { SampleConversation } from '../../src/sample/wire';
import type { Workbench } from '../support/workbench/workbench';
import { connect, expectTexts, timesRead, waitForTranscript, showFacts } from '../support/ui/details';
import { expect, test } from '../support/ui/fixtures';

const booking = {
  name: 'book_slot',
  arguments: { slot: '11:40', note: null },
  result: { success: false, error: 'The slot was taken a minute ago.' },
};
const profile = { name: 'read_profile', arguments: [], result: '{"patient":{"name":"Ines","insured":true}}' };

/** The JSON in the clipboard; undefined if it holds other text. */
async function copiedJson(workbench: Workbench): Promise<unknown> {
  const text = await workbench.readClipboard();
  return /^[[{]/.test(text) ? JSON.parse(text) : undefined;
}

test.describe('Reading a conversation', () => {
  test.use({ sample: 'empty', reuseWindow: true });
  let ines: SampleConversation;
  let hostile: SampleConversation;
  let scripts: SampleConversation;
  let long: SampleConversation;
  let huge: SampleConversation;

  test.beforeEach(async ({ server }) => {
    const add = (name: string, rest: Partial<SampleConversation>): SampleConversation =>
      server.addConversation({ customer: { name, phone: '+49 30 1234' }, ...rest });
    ines = add('Ines M.', {
      externalIdentifier: 'crm-4471',
      totalCost: 0.0128,
      variables: { plan: 'gold', address: { city: 'Berlin' } },
      history: [
        { role: 'assistant', content: 'Good morning.' },
        { role: 'user', content: '11:40 please.\r\nThank you.' },
        { role: 'assistant', content: null, function_calls: [profile, booking] },
        { role: 'system', content: 'Handed over.' },
      ],
    });
    hostile = add('<img src=x onerror=alert(1)>', {
      variables: { '<b>x</b>': '<script>alert(2)</script>' },
      history: fixtures.markup.turns(),
    });
    scripts = add('مرحبا', { history: fixtures.scripts.turns() });
    long = add('Long', { history: fixtures.longHistory.turns() });
    huge = add('Huge', { history: fixtures.hugeResult.turns() });
  });

  test('shows the facts and the transcript, and copies each part of them', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ines M.');
    const page = await waitForTranscript(workbench, ines);
    assert.equal(await page.locator('h1').innerText(), 'Ines M.');
    await expectTexts(page, 'header .line bdi', ['Clinic Desk', 'Test', '$0.0128']);
    assert.equal(await page.locator('.fact').first().isVisible(), false);
    await showFacts(page);
    await expectTexts(page, '.fact dt', ['Messages', 'Cost', 'AI', 'Created', 'Updated', 'Customer', 'External ID']);
    await expectTexts(page, '.turn h3', ['Assistant', 'User', 'Assistant', 'System']);
    await expectTexts(page, '.text', ['Good morning.', '11:40 please.\nThank you.', 'Handed over.']);
    await expectTexts(page, '.variables tbody th', ['plan', 'address']);
    const failed = page.locator('.call.failed > summary');
    await expectTexts(page, '.call.failed .failure', ['Failed: The slot was taken a minute ago.']);
    await failed.click();
    await expectTexts(page, '.call.failed tbody th', ['slot', 'note']);
    await page.locator('.call:not(.failed) > summary').click();
    await expectTexts(page, '.call:not(.failed) .badge', ['decoded']);

    const copies: readonly (readonly [button: string, text: string])[] = [
      ['Copy Conversation ID', ines.id],
      ['Copy Cost', '0.0128'],
      ['Copy Customer', 'Ines M. · +49 30 1234'],
      ['Copy the value of plan', 'gold'],
      ['Copy the value of address', JSON.stringify({ city: 'Berlin' }, undefined, 2)],
      ['Copy the text of turn 2', '11:40 please.\r\nThank you.'],
      ['Copy the arguments of book_slot', JSON.stringify(booking.arguments, undefined, 2)],
      ['Copy the result of read_profile', profile.result],
    ];
    for (const [name, text] of copies) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect.poll(() => workbench.readClipboard()).toBe(text);
    }
    await page.locator('.call.failed .link-button').click();
    await expect.poll(() => copiedJson(workbench)).toStrictEqual(booking);
  });

  test('names the speakers, tool calls, and outcomes for a screen reader', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ines M.');
    const page = await waitForTranscript(workbench, ines);
    await page.locator('.call.failed > summary').click();
    await page.locator('.call.failed .call-body').waitFor();
    const spoken = await page.getByRole('region', { name: 'Transcript' }).ariaSnapshot();
    assert.equal(
      spoken,
      `- region "Transcript":
  - heading "Transcript" [level=2]
  - list:
    - listitem "Assistant":
      - heading "Assistant" [level=3]
      - button "Copy Link to Turn 1": "1"
      - text: Good morning.
      - button "Copy the text of turn 1"
    - listitem "User":
      - heading "User" [level=3]
      - button "Copy Link to Turn 2": "2"
      - text: 11:40 please. Thank you.
      - button "Copy the text of turn 2"
    - listitem "Assistant":
      - heading "Assistant" [level=3]
      - button "Copy Link to Turn 3": "3"
      - group: "Tool call read_profile → patient: {name: Ines, insured: true}"
      - group:
        - text: "Tool call book_slot (slot: 11:40, note: null) Failed: The slot was taken a minute ago."
        - heading "Arguments" [level=4]
        - button "Copy the arguments of book_slot"
        - table:
          - rowgroup:
            - row "Argument Value":
              - columnheader "Argument"
              - columnheader "Value"
          - rowgroup:
            - row "slot \\"11:40\\"":
              - rowheader "slot"
              - cell "\\"11:40\\""
            - row "note null":
              - rowheader "note"
              - cell "null"
        - heading "Result" [level=4]
        - button "Copy the result of book_slot"
        - text: "success: false error: \\"The slot was taken a minute ago.\\""
        - button "Copy Tool Call"
    - listitem "System":
      - heading "System" [level=3]
      - button "Copy Link to Turn 4": "4"
      - text: Handed over.
      - button "Copy the text of turn 4"`,
    );
  });

  test('moves through the transcript with single keys', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ines M.');
    const page = await waitForTranscript(workbench, ines);
    await page.locator('h1').click();
    const press = async (keys: string, focused: string): Promise<void> => {
      for (const key of keys) await workbench.press(key);
      const now = (): Promise<string> =>
        page.evaluate(
          () => document.activeElement?.id || (document.activeElement?.querySelector('.call-name')?.textContent ?? ''),
        );
      await expect.poll(() => now()).toBe(focused);
    };
    await press('jjj', 'turn-3');
    await press('k', 'turn-2');
    await press('f', 'read_profile');
    await press('e', 'book_slot');
    const outline = await page.locator(':focus').evaluate((element) => getComputedStyle(element).outlineStyle);
    assert.equal(outline, 'solid');
    await workbench.press('Enter');
    await page.locator('.call.failed[open]').waitFor();
    await workbench.press('?');
    await page.getByRole('dialog', { name: 'Keyboard Shortcuts' }).waitFor();
    await workbench.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await press('', 'book_slot');
    await press('j', 'turn-4');
    await press('j', 'turn-4');
    await expect.poll(() => page.getByRole('status').last().innerText()).toBe('No more turns');
  });

  test("switches between three detail levels with a key each, and opens VS Code's find", async ({
    server,
    workbench,
  }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Ines M.');
    const page = await waitForTranscript(workbench, ines);
    await page.locator('h1').click();
    const read = timesRead(server, ines);
    await workbench.press('1');
    await page.locator('.call').first().waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'Messages' }).getAttribute('aria-pressed'), 'true');
    await workbench.press('3');
    await page.locator('.raw').getByText('history:').waitFor();
    assert.equal(timesRead(server, ines), read, 'what was sent is there already');
    await workbench.press('2');
    await page.locator('.call.failed').waitFor();
    await workbench.press('/');
    await workbench.page.locator('.simple-find-part.visible input').first().waitFor();
  });

  test('shows untrusted text as text: nothing runs, loads, or breaks the content security policy', async ({
    workbench,
    window,
  }) => {
    const dialogs: string[] = [];
    const requests: string[] = [];
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click(/مرحبا/);
    const page = await waitForTranscript(workbench, scripts);
    const texts = fixtures.scripts.turns().map(({ content }) => content?.replaceAll('\r\n', '\n') ?? '');
    await expectTexts(page, '.text', texts);
    const directions = await page
      .locator('.text')
      .evaluateAll((texts) => texts.map((text) => getComputedStyle(text).direction));
    assert.deepEqual(directions, ['rtl', 'rtl', 'rtl']);

    workbench.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    // The window itself still loads its own files.
    workbench.page.on('request', (request) => {
      if (request.serviceWorker() === null && request.frame() === page) requests.push(request.url());
    });
    await workbench.tree.click('<img src=x onerror=alert(1)>');
    await waitForTranscript(workbench, hostile);
    // Rendered, and as plain text.
    for (const links of [['https://docs.example.test/start'], []]) {
      const addresses = await page
        .locator(':is(header, main) a[href]')
        .evaluateAll((found) => found.map((each) => each.getAttribute('href')));
      assert.deepEqual(addresses, links, 'of what would run nothing is a link');
      assert.equal(await page.locator(':is(header, main) :is(img, script, iframe, b, svg:not(.codicon))').count(), 0);
      await page.getByRole('button', { name: 'Plain Text' }).click();
    }
    await page.getByRole('button', { name: 'Plain Text' }).click();
    const markup = await page.locator('.text').allTextContents();
    assert.deepEqual(
      markup,
      fixtures.markup.turns().map(({ content }) => content),
    );
    assert.equal(await page.locator('h1').textContent(), '<img src=x onerror=alert(1)>');
    assert.deepEqual(dialogs, []);
    assert.deepEqual(requests, []);
    assert.deepEqual(
      window.console.filter((line) => /content security|\[pageerror\]/i.test(line)),
      [],
    );
  });

  test('stays fast and complete with 400 turns and with a result of 200 kB', async ({ workbench }) => {
    await connect(workbench, 'Clinic Desk');
    await workbench.tree.click('Long');
    const page = await waitForTranscript(workbench, long);
    assert.equal(await page.locator('.turn').count(), 400);
    await page.locator('h1').click();
    await workbench.press('Control+f');
    // A headless browser finds nothing, so test only that the find widget opens.
    const find = workbench.page.locator('.simple-find-part.visible input').first();
    await find.waitFor();
    await workbench.press('Escape');
    await find.waitFor({ state: 'hidden' });

    await workbench.tree.click('Huge');
    await waitForTranscript(workbench, huge);
    await page.locator('.call > summary').click();
    await page.locator('.call .json-branch > summary').click();
    await page.getByRole('button', { name: /^Show 100 more/ }).click();
    await expect.poll(() => page.locator('.json-children > .json-leaf').count()).toBe(200);
    await page.getByRole('button', { name: 'Copy the result of get_import_log' }).click();
    const sent = huge.history.at(-1)?.function_calls?.[0]?.result;
    await expect.poll(() => copiedJson(workbench)).toStrictEqual(sent);
  });
});
