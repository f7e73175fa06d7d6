import assert from 'node:assert/strict';
import { barriers } from '../support/ui/axe';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('head of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const row = conversation({
    customer: { name: 'Ines M.', phone: '+49 30 1234' },
    variables: { plan: 'gold' },
  });
  const long = transcript([
    ...clinic.turns,
    ...Array.from({ length: 40 }, (_, index) => turn('user', `Line ${index}.`)),
  ]);
  const topOf = (selector: string): Promise<number> =>
    suite.details.page.locator(selector).evaluate((element) => Math.round(element.getBoundingClientRect().top));

  it('shows who, assistant, type, age, messages, calls, failures, cost, and ID in one line', async () => {
    await suite.details.show({ row, transcript: clinic, aboutOpen: false });
    const parts = await suite.details.page.locator('.line > span').allTextContents();
    assert.deepEqual(parts, [
      'Clinic Desk',
      'Test',
      '2 hr ago, Mon, 23 Nov 2026, 09:14:03 UTC (sent as 2026-11-23 09:14:03)',
      '7 messages',
      '3 tool calls, 1 failed',
      '$0.0128',
    ]);
    const tops = await suite.details.page
      .locator('h1, .line, .id code, .head .id .icon-button')
      .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top / 10)));
    assert.equal(new Set(tops).size, 1, 'all are on one line');
    assert.equal(await suite.text('.id code'), row.id);
  });

  it('omits unknown parts, a cost of nothing, and calls until the transcript is loaded', async () => {
    await suite.details.show({ row: { ...row, totalCost: 0, messageCount: undefined, aiEnabled: false }, busy: true });
    const parts = await suite.details.page.locator('.line > span').allTextContents();
    assert.deepEqual([...parts.slice(0, 2), ...parts.slice(3)], ['Clinic Desk', 'Test', 'AI off']);
    await suite.details.show({ id: 'unlisted', transcript: transcript([turn('user', 'Hi', call('f', {}, 'ok'))]) });
    assert.deepEqual(await suite.details.page.locator('.line > span').allTextContents(), ['1 tool call']);
    await suite.details.show({ id: 'other', busy: true });
    assert.equal(await suite.text('.line'), '', 'the calls of the previous conversation are gone');
  });

  for (const [width, height] of [
    [900, 700],
    [350, 700],
  ] as const) {
    it(`stays at the top, and the transcript begins in the first fifth, at ${width} px`, async () => {
      await suite.reopen({ width, height });
      await suite.details.show({ row, transcript: long, annotation: { label: 'good' }, aboutOpen: false });
      const limit = width === 900 ? height / 5 : height / 4;
      assert.ok((await topOf('#turn-1')) <= limit, `${await topOf('#turn-1')} px`);
      await suite.details.page.evaluate(() => window.scrollTo(0, 900));
      assert.equal(await topOf('.head'), 0);
      await suite.details.page.keyboard.press('j');
      const [focused, head] = await suite.details.page.evaluate(() => [
        document.activeElement?.getBoundingClientRect().bottom ?? 0,
        document.querySelector('.head')?.getBoundingClientRect().bottom ?? 0,
      ]);
      assert.ok((focused ?? 0) > (head ?? 0), 'the focused turn is not behind the head');
    });
  }

  it('scrolls away in a short window, as with a large zoom', async () => {
    await suite.reopen({ width: 350, height: 350 });
    await suite.details.show({ row, transcript: long, aboutOpen: false });
    await suite.details.page.evaluate(() => window.scrollTo(0, 900));
    assert.ok((await topOf('.head')) < 0);
  });

  it('goes to the next failed call, and from the last one to the first, also from the raw body', async () => {
    await suite.details.show({ row, transcript: long, aboutOpen: false });
    const failures = suite.details.page.getByRole('button', { name: '1 failed' });
    await failures.click();
    assert.match(await suite.focusedText(), /book_slot/);
    await suite.details.page.evaluate(() => window.scrollTo(0, 1_000_000));
    await failures.click();
    assert.match(await suite.focusedText(), /book_slot/);
    await suite.details.page.keyboard.press('3');
    await failures.click();
    assert.match(await suite.focusedText(), /book_slot/);
  });

  describe('facts and variables', () => {
    const about = () => suite.details.page.locator('.about');
    const isOpen = (): Promise<boolean> => about().evaluate((element) => (element as HTMLDetailsElement).open);

    it('are closed or open as the host specifies, and the host is notified when the user changes it', async () => {
      await suite.details.show({ row, transcript: clinic, aboutOpen: false });
      assert.equal(await isOpen(), false);
      await about().locator('> summary').click();
      assert.equal(await isOpen(), true);
      assert.deepEqual(await suite.details.sentMessages(), [{ type: 'about', open: true }]);
      await suite.details.show({ row, transcript: clinic, aboutOpen: false });
      assert.equal(await isOpen(), true, 'a state from before the change closes nothing');
      await suite.details.show({ row, transcript: clinic, aboutOpen: true });
      await about().locator('> summary').focus();
      await suite.details.page.keyboard.press('Enter');
      assert.equal(await isOpen(), false);
      assert.deepEqual((await suite.details.sentMessages()).at(-1), { type: 'about', open: false });
      await suite.details.show({ row, transcript: clinic, aboutOpen: false });
      assert.equal(await isOpen(), false);
    });

    it('are opened by a search result without changing the choice', async () => {
      await suite.details.show({ row, transcript: clinic, aboutOpen: false });
      await suite.details.post({ type: 'goTo', number: 1, place: { part: 'variables', found: 'gold' } });
      await suite.details.page.locator('.variables.arrived').waitFor();
      assert.equal(await isOpen(), true);
      assert.deepEqual(await suite.details.sentMessages(), [{ type: 'arrived', number: 1 }]);
    });

    it('are not offered if nothing is known', async () => {
      await suite.details.show({ id: 'unlisted', transcript: clinic, aboutOpen: false });
      assert.equal(await about().isVisible(), false);
      await suite.details.show({ row, transcript: clinic, aboutOpen: false });
      assert.equal(await about().isVisible(), true);
      assert.deepEqual(await barriers(suite.details.page), []);
    });
  });

  describe('label keys', () => {
    const target = { id: row.id, origin: 'https://call.example' };

    it('set a label, and remove it if it is set', async () => {
      await suite.details.show({ row, transcript: clinic, annotation: { label: 'bad' } });
      for (const key of ['g', 'b', 'u']) await suite.details.page.keyboard.press(key);
      assert.deepEqual(await suite.details.sentMessages(), [
        { type: 'label', label: 'good', ...target },
        { type: 'label', label: 'none', ...target },
        { type: 'label', label: 'unsure', ...target },
      ]);
    });

    it('only explain why they do nothing without a folder, and are letters in a text field', async () => {
      await suite.details.show({ row, transcript: clinic });
      await suite.details.page.keyboard.press('g');
      assert.equal(await suite.details.announcement(), 'Open a folder to label conversations.');
      await suite.details.show({ row, transcript: clinic, annotation: {} });
      await suite.details.page.getByRole('button', { name: 'Add Note' }).click();
      await suite.details.page.keyboard.type('bug');
      assert.equal(await suite.details.page.getByRole('textbox', { name: 'Note' }).inputValue(), 'bug');
      assert.deepEqual(await suite.details.sentMessages(), []);
    });
  });
});

describe('turns of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const row = conversation();
  const lines = Array.from({ length: 40 }, (_, index) => turn('user', `Line ${index}.`));
  const failed = call('book', {}, { success: false, error: 'no' });
  const pill = () => suite.details.page.locator('.pill');
  const show = (turns: readonly ReturnType<typeof turn>[], number: number, id = row.id): Promise<void> =>
    suite.details.show({ row: { ...row, id }, transcript: transcript(turns), number, aboutOpen: false });

  it('have their calls above the reply that was made from them', async () => {
    await suite.details.show({ row, transcript: clinic });
    const kinds = await suite.details.page
      .locator('#turn-3 .said > :is(.call, .text)')
      .evaluateAll((all: readonly HTMLElement[]) => all.map(({ className }) => className.split(' ')[0]));
    assert.deepEqual(kinds, ['call', 'call', 'text']);
  });

  it('have visible numbers, and a click asks for a link to the turn', async () => {
    await suite.details.show({ row, transcript: clinic });
    const number = suite.details.page.getByRole('button', { name: 'Copy Link to Turn 2', exact: true });
    assert.equal(await number.evaluate((element) => getComputedStyle(element).opacity), '1');
    assert.equal(await number.innerText(), '2');
    await number.click();
    assert.deepEqual(await suite.details.sentMessages(), [
      { type: 'copy', what: { kind: 'turnLink', turn: 1 }, id: row.id, transcript: 1 },
    ]);
    await suite.details.post({ type: 'copied', ok: true });
    assert.equal(await number.innerText(), '2', 'it stays a number');
    assert.equal(await suite.details.announcement(), 'Copied');
  });

  it('that are new are counted in a button until they are visible, and a click goes there', async () => {
    await show(lines, 1);
    await show([...lines, turn('user', 'One.')], 2);
    assert.equal(await pill().innerText(), '1 new turn');
    await show([...lines, turn('user', 'One.'), turn('assistant', 'Two.', failed)], 3);
    assert.equal(await pill().innerText(), '2 new turns, 1 failed call');
    assert.equal(await suite.details.announcement(), '1 new turn, 1 failed call');
    assert.deepEqual(await barriers(suite.details.page), []);
    await pill().click();
    assert.equal(await suite.focusedId(), 'turn-41');
    assert.equal(await pill().isVisible(), false);

    await suite.details.page.evaluate(() => window.scrollTo(0, 0));
    await show([...lines, ...lines], 4);
    assert.equal(await pill().innerText(), '38 new turns');
    await suite.details.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await pill().waitFor({ state: 'hidden' });
  });

  it('that are new have no button at the end of the page, or in another conversation', async () => {
    await show(lines, 1);
    await suite.details.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await show([...lines, turn('user', 'One.')], 2);
    assert.equal(await pill().isVisible(), false);
    await suite.details.page.evaluate(() => window.scrollTo(0, 0));
    await show([...lines, turn('user', 'One.'), turn('user', 'Two.')], 3);
    assert.equal(await pill().isVisible(), true);
    await show([...lines, ...lines], 4, 'another');
    assert.equal(await pill().isVisible(), false);
  });

  it('that are new and hidden are shown by the button', async () => {
    await show(lines, 1);
    await suite.details.page.keyboard.press('1');
    await show([...lines, turn('assistant', '', failed)], 2);
    assert.equal(await pill().innerText(), '1 new turn, 1 failed call');
    await pill().click();
    assert.equal(await suite.focusedId(), 'turn-41');
    assert.equal(await suite.details.page.locator('.call.failed').count(), 1);
  });
});
