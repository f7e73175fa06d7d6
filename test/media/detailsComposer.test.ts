import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { ComposerState } from '../../src/protocol/details';
import { barriers } from '../support/ui/axe';
import { clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('composer on the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const { id } = conversation();
  const idle: ComposerState = { draft: '', number: 0, sending: false };

  const show = (composer?: ComposerState, number = 1, shownTranscript = clinic): Promise<void> =>
    suite.details.show({
      row: conversation(),
      transcript: shownTranscript,
      number,
      ...(composer === undefined ? {} : { composer }),
    });
  const text = (): Locator => suite.details.page.getByRole('textbox', { name: 'Type a message to the assistant' });
  const button = (): Locator => suite.details.page.getByRole('button', { name: 'Send', exact: true });
  const sentTexts = async (): Promise<readonly string[]> =>
    (await suite.details.sentMessages()).flatMap((message) => (message.type === 'send' ? [message.text] : []));
  beforeEach(() => show(idle));

  it("is hidden if the conversation can't receive messages", async () => {
    await show();
    assert.equal(await text().count(), 0);
    assert.equal(await button().count(), 0);
  });

  it('sends with Enter, starts a line with Shift+Enter, and keeps the text until it is sent', async () => {
    await text().click();
    await suite.details.page.keyboard.type('One');
    await suite.details.page.keyboard.press('Shift+Enter');
    await suite.details.page.keyboard.type('two');
    assert.deepEqual(await sentTexts(), []);
    await suite.details.page.keyboard.press('Enter');
    assert.deepEqual(await sentTexts(), ['One\ntwo']);
    assert.equal(await text().inputValue(), 'One\ntwo');
    await show({ draft: '', number: 1, sending: false });
    assert.equal(await text().inputValue(), '');
    assert.equal(await suite.details.announcement(), 'Sent');
  });

  it('sends with the button, also by keyboard', async () => {
    await text().fill('Hi');
    await suite.details.page.keyboard.press('Tab');
    await suite.details.page.keyboard.press('Enter');
    await button().click();
    assert.deepEqual(await sentTexts(), ['Hi', 'Hi']);
  });

  it("reports every change with the conversation's ID", async () => {
    await text().fill('Hi');
    assert.deepEqual(await suite.details.sentMessages(), [{ type: 'draft', id, text: 'Hi' }]);
  });

  it('treats the letters of shortcuts as text', async () => {
    await text().click();
    await suite.details.page.keyboard.type('jkfenp123m/?');
    assert.equal(await text().inputValue(), 'jkfenp123m/?');
    const messages = await suite.details.sentMessages();
    assert.deepEqual(
      messages.filter(({ type }) => type !== 'draft'),
      [],
    );
    assert.equal(await suite.details.page.getByRole('dialog').count(), 0);
  });

  it('ignores Enter while characters are composed', async () => {
    await text().fill('に');
    await text().dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    assert.deepEqual(await sentTexts(), []);
  });

  it('rejects blank and overlong text, and counts characters near the limit', async () => {
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
    assert.deepEqual(await sentTexts(), []);
    await text().fill('x');
    assert.equal(await suite.text('.composer .count'), '');
  });

  it('is read-only while a message is being sent, and keeps the focus', async () => {
    await text().fill('Hi');
    await show({ draft: 'Hi', number: 0, sending: true });
    assert.equal(await suite.text('.composer [role=status]'), 'Sending…');
    assert.equal(await button().isDisabled(), true);
    await suite.details.page.keyboard.type('!');
    await suite.details.page.keyboard.press('Enter');
    assert.equal(await text().inputValue(), 'Hi');
    assert.deepEqual(await sentTexts(), []);
    await show({ draft: 'Hi', number: 0, sending: false });
    await suite.details.page.keyboard.type('!');
    assert.equal(await text().inputValue(), 'Hi!');
  });

  describe('sent message', () => {
    const pendingText = () => suite.details.page.locator('.pending .text');
    const stop = () => suite.details.page.getByRole('button', { name: 'Stop Waiting' });
    const sending = (waitedMs: number, canStop = true): ComposerState => ({
      draft: 'Hi <b>you</b>',
      number: 0,
      sending: true,
      pending: { text: 'Hi <b>you</b>', waitedMs, canStop },
    });

    it('is immediately in the transcript, with the waiting time and Stop Waiting', async () => {
      await text().fill('Hi <b>you</b>');
      await show(sending(65_000));
      assert.equal(await pendingText().innerText(), 'Hi <b>you</b>');
      assert.equal(await text().inputValue(), '');
      assert.match(await suite.text('.waiting-time'), /^Waiting for the reply, 6\d s$/);
      assert.deepEqual(await barriers(suite.details.page), []);
      await stop().click();
      assert.deepEqual((await suite.details.sentMessages()).at(-1), { type: 'stopWaiting', id });
      await show(sending(66_000, false));
      assert.equal(await suite.text('.waiting-time'), 'Checking whether the message was delivered');
      assert.equal(await stop().isVisible(), false);
    });

    it('stays until the transcript has it', async () => {
      await show(sending(0));
      await show({ ...idle, number: 1 });
      assert.equal(await pendingText().isVisible(), true);
      await suite.details.show({
        ...{ row: conversation(), transcript: clinic, number: 1, busy: true },
        composer: { ...idle, number: 1 },
      });
      assert.equal(await pendingText().isVisible(), true);
      await show({ ...idle, number: 1 }, 2, transcript([...clinic.turns, turn('user', 'Hi <b>you</b>')]));
      assert.equal(await pendingText().isVisible(), false);
      assert.equal(await text().inputValue(), '');
    });

    it('is in the field again if it was not delivered', async () => {
      await show(sending(0));
      await show({ draft: 'Hi <b>you</b>', number: 0, sending: false, problem: 'Stopped.' });
      assert.equal(await pendingText().isVisible(), false);
      assert.equal(await text().inputValue(), 'Hi <b>you</b>');
    });

    it('is only in its own conversation', async () => {
      await show(sending(0));
      await suite.details.show({ row: conversation({ id: 'other' }), transcript: clinic, number: 2, composer: idle });
      assert.equal(await pendingText().isVisible(), false);
    });
  });

  it('shows a problem as an alert, and keeps the text', async () => {
    await text().fill('Hi');
    await show({ draft: 'Hi', number: 0, sending: false, problem: 'It did <b>not</b> arrive.' });
    assert.equal(await suite.text('.composer [role=alert]'), 'It did <b>not</b> arrive.');
    assert.equal(await text().inputValue(), 'Hi');
    await show({ draft: 'Hi', number: 0, sending: false });
    assert.equal(await suite.details.page.locator('.composer [role=alert]').isHidden(), true);
  });

  it('keeps newer text if the extension sends an older draft', async () => {
    await text().fill('Hi');
    await show({ draft: 'H', number: 0, sending: false });
    assert.equal(await text().inputValue(), 'Hi');
  });

  it('restores the draft of each conversation', async () => {
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

  it('scrolls to the reply at the end of the transcript', async () => {
    const long = Array.from({ length: 80 }, (_, index) => turn('assistant', `Message ${index}`));
    await show(idle, 2, transcript(long));
    await suite.details.page.evaluate(() => window.scrollTo(0, 0));
    await show({ ...idle, number: 1 }, 2, transcript(long));
    await show({ ...idle, number: 1 }, 3, transcript([...long, turn('user', 'Hi'), turn('assistant', 'Hello.')]));
    await suite.details.page.waitForFunction(
      () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 1,
    );
  });

  it('gets the focus if the extension requests it', async () => {
    await suite.details.post({ type: 'goTo', number: 1, place: { part: 'composer', found: '' } });
    assert.equal(await text().evaluate((element) => element === document.activeElement), true);
  });

  describe('before the transcript is loaded', () => {
    const showLoading = (composer?: ComposerState): Promise<void> =>
      suite.details.show({ row: conversation(), busy: true, ...(composer === undefined ? {} : { composer }) });

    it('accepts text without running shortcuts, and keeps it until it can be sent', async () => {
      await suite.reopen({});
      await showLoading(idle);
      await suite.details.post({ type: 'goTo', number: 1, place: { part: 'composer', found: '' } });
      await suite.details.page.keyboard.type('jnc1?');
      await suite.details.page.keyboard.press('Enter');
      assert.equal(await text().inputValue(), 'jnc1?');
      assert.equal(await button().isDisabled(), true);
      assert.deepEqual(
        (await suite.details.sentMessages()).map(({ type }) => type),
        ['arrived', 'draft', 'draft', 'draft', 'draft', 'draft'],
      );
      await show({ ...idle, draft: 'jnc1?' });
      await suite.details.page.keyboard.press('Enter');
      assert.deepEqual(await sentTexts(), ['jnc1?']);
    });

    it('gets the focus again only if it had the focus before the page reloaded', async () => {
      await text().click();
      const withFocus = await suite.details.savedState();
      await suite.details.page.locator('h1').click();
      await suite.details.page.keyboard.press('j');
      const withoutFocus = await suite.details.savedState();
      await suite.reopen({ savedState: withFocus });
      await showLoading();
      await showLoading({ ...idle, draft: 'Hel' });
      await suite.details.page.keyboard.type('lo');
      assert.equal(await text().inputValue(), 'Hello');
      await suite.reopen({ savedState: withoutFocus });
      await show({ ...idle, draft: 'Hel' });
      await suite.details.page.keyboard.press('j');
      assert.equal(await text().inputValue(), 'Hel');
      assert.equal(await suite.focusedId(), 'turn-1');
    });
  });

  it('has no accessibility violations', async () => {
    await text().fill('x'.repeat(2001));
    await show({ draft: '', number: 0, sending: false, problem: 'No.' });
    assert.deepEqual(await barriers(suite.details.page), []);
  });
});
