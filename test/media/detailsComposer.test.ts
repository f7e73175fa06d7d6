import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import type { ComposerState } from '../../src/protocol/details';
import { barriers } from '../support/ui/axe';
import { clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('writing in the details panel', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const { id } = conversation();
  const idle: ComposerState = { draft: '', number: 0, sending: false };

  const show = (composer?: ComposerState, number = 1, of = clinic): Promise<void> =>
    suite.details.show({
      row: conversation(),
      transcript: of,
      number,
      ...(composer === undefined ? {} : { composer }),
    });
  const text = (): Locator => suite.details.page.getByRole('textbox', { name: 'Type a message to the assistant' });
  const button = (): Locator => suite.details.page.getByRole('button', { name: 'Send', exact: true });
  const sent = async (): Promise<readonly string[]> =>
    (await suite.details.said()).flatMap((said) => (said.type === 'send' ? [said.text] : []));
  beforeEach(() => show(idle));

  it('is not offered where nothing can be written', async () => {
    await show();
    assert.equal(await text().count(), 0);
    assert.equal(await button().count(), 0);
  });

  it('sends with Enter, begins a line with Shift+Enter, and keeps the text until the host took it', async () => {
    await text().click();
    await suite.details.page.keyboard.type('One');
    await suite.details.page.keyboard.press('Shift+Enter');
    await suite.details.page.keyboard.type('two');
    assert.deepEqual(await sent(), []);
    await suite.details.page.keyboard.press('Enter');
    assert.deepEqual(await sent(), ['One\ntwo']);
    assert.equal(await text().inputValue(), 'One\ntwo');
    await show({ draft: '', number: 1, sending: false });
    assert.equal(await text().inputValue(), '');
    assert.equal(await suite.details.spoken(), 'Sent');
  });

  it('sends with the button, by keyboard too', async () => {
    await text().fill('Hi');
    await suite.details.page.keyboard.press('Tab');
    await suite.details.page.keyboard.press('Enter');
    await button().click();
    assert.deepEqual(await sent(), ['Hi', 'Hi']);
  });

  it('tells the host of every change, by the conversation’s id', async () => {
    await text().fill('Hi');
    assert.deepEqual(await suite.details.said(), [{ type: 'draft', id, text: 'Hi' }]);
  });

  it('types letters that are keys of the panel, and moves nowhere', async () => {
    await text().click();
    await suite.details.page.keyboard.type('jkfenp123m/?');
    assert.equal(await text().inputValue(), 'jkfenp123m/?');
    const said = await suite.details.said();
    assert.deepEqual(
      said.filter(({ type }) => type !== 'draft'),
      [],
    );
    assert.equal(await suite.details.page.getByRole('dialog').count(), 0);
  });

  it('takes no Enter that composes characters', async () => {
    await text().fill('に');
    await text().dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    assert.deepEqual(await sent(), []);
  });

  it('sends nothing blank, and counts characters near the limit', async () => {
    await text().fill(' \n ');
    assert.equal(await button().isDisabled(), true);
    await suite.details.page.keyboard.press('Enter');
    await text().fill('🙂'.repeat(1801));
    assert.equal(await suite.text('.composer .count'), '1,801 of 2,000 characters');
    assert.equal(await button().isDisabled(), false);
    await text().fill('🙂'.repeat(2001));
    assert.equal(await suite.text('.composer .count'), '2,001 of 2,000 characters');
    assert.equal(await text().getAttribute('aria-invalid'), 'true');
    assert.equal(await button().isDisabled(), true);
    await suite.details.page.keyboard.press('Enter');
    assert.deepEqual(await sent(), []);
    await text().fill('x');
    assert.equal(await suite.text('.composer .count'), '');
  });

  it('waits while a message is on its way, and keeps the focus', async () => {
    await text().fill('Hi');
    await show({ draft: 'Hi', number: 0, sending: true });
    assert.equal(await suite.text('.composer [role=status]'), 'Sending…');
    assert.equal(await button().isDisabled(), true);
    await suite.details.page.keyboard.type('!');
    await suite.details.page.keyboard.press('Enter');
    assert.equal(await text().inputValue(), 'Hi');
    assert.deepEqual(await sent(), []);
    await show({ draft: 'Hi', number: 0, sending: false });
    await suite.details.page.keyboard.type('!');
    assert.equal(await text().inputValue(), 'Hi!');
  });

  it('says what went wrong as an alert, and keeps the text', async () => {
    await text().fill('Hi');
    await show({ draft: 'Hi', number: 0, sending: false, problem: 'It did <b>not</b> arrive.' });
    assert.equal(await suite.text('.composer [role=alert]'), 'It did <b>not</b> arrive.');
    assert.equal(await text().inputValue(), 'Hi');
    await show({ draft: 'Hi', number: 0, sending: false });
    assert.equal(await suite.details.page.locator('.composer [role=alert]').isHidden(), true);
  });

  it('does not take a newer text away where the host repeats an older one', async () => {
    await text().fill('Hi');
    await show({ draft: 'H', number: 0, sending: false });
    assert.equal(await text().inputValue(), 'Hi');
  });

  it('brings back what was being written, each conversation its own', async () => {
    await suite.details.show({
      row: conversation({ id: 'other' }),
      transcript: clinic,
      number: 2,
      composer: { ...idle, draft: 'Other' },
    });
    assert.equal(await text().inputValue(), 'Other');
    await show({ ...idle, draft: 'Mine' }, 3);
    assert.equal(await text().inputValue(), 'Mine');
  });

  it('shows the answer at the end of the transcript', async () => {
    const long = Array.from({ length: 80 }, (_, index) => turn('assistant', `Message ${index}`));
    await show(idle, 2, transcript(long));
    await suite.details.page.evaluate(() => window.scrollTo(0, 0));
    await show({ ...idle, number: 1 }, 2, transcript(long));
    await show({ ...idle, number: 1 }, 3, transcript([...long, turn('user', 'Hi'), turn('assistant', 'Hello.')]));
    await suite.details.page.waitForFunction(
      () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 1,
    );
  });

  it('has the focus where the host asks for it', async () => {
    await suite.details.tell({ type: 'goTo', number: 1, place: { part: 'composer', found: '' } });
    assert.equal(await text().evaluate((element) => element === document.activeElement), true);
  });

  describe('before the transcript is there', () => {
    const loading = (composer?: ComposerState): Promise<void> =>
      suite.details.show({ row: conversation(), busy: true, ...(composer === undefined ? {} : { composer }) });

    it('takes what is typed once the host asks for it, runs no key of the panel, and keeps it until it can be sent', async () => {
      await suite.reopen({});
      await loading(idle);
      await suite.details.tell({ type: 'goTo', number: 1, place: { part: 'composer', found: '' } });
      await suite.details.page.keyboard.type('jnc1?');
      await suite.details.page.keyboard.press('Enter');
      assert.equal(await text().inputValue(), 'jnc1?');
      assert.equal(await button().isDisabled(), true);
      assert.deepEqual(
        (await suite.details.said()).map(({ type }) => type),
        ['arrived', 'draft', 'draft', 'draft', 'draft', 'draft'],
      );
      await show({ ...idle, draft: 'jnc1?' });
      await suite.details.page.keyboard.press('Enter');
      assert.deepEqual(await sent(), ['jnc1?']);
    });

    it('has the cursor again where the page before it had it, and not where that had it elsewhere', async () => {
      await text().click();
      const writing = await suite.details.keptState();
      await suite.details.page.locator('h1').click();
      await suite.details.page.keyboard.press('j');
      const reading = await suite.details.keptState();
      await suite.reopen({ kept: writing });
      await loading();
      await loading({ ...idle, draft: 'Hel' });
      await suite.details.page.keyboard.type('lo');
      assert.equal(await text().inputValue(), 'Hello');
      await suite.reopen({ kept: reading });
      await show({ ...idle, draft: 'Hel' });
      await suite.details.page.keyboard.press('j');
      assert.equal(await text().inputValue(), 'Hel');
      assert.equal(await suite.focusedId(), 'turn-1');
    });
  });

  it('has nothing that a screen reader would stumble over', async () => {
    await text().fill('x'.repeat(2001));
    await show({ draft: '', number: 0, sending: false, problem: 'No.' });
    assert.deepEqual(await barriers(suite.details.page), []);
  });
});
