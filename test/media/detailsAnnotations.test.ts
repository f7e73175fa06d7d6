import assert from 'node:assert/strict';
import type { Annotation } from '../../src/protocol/details';
import type { PageMessage } from '../../src/protocol/detailsMessages';
import { conversation } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('labels and notes on the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const row = conversation();
  const target = { id: row.id, origin: 'https://call.example' };
  const show = (annotation: Annotation | undefined, id = row.id, unsavedNote?: string): Promise<void> =>
    suite.details.show({
      row: { ...row, id },
      ...(annotation && { annotation }),
      ...(unsavedNote !== undefined && { unsavedNote }),
    });
  const alert = () => suite.details.page.locator('.note [role=alert]').filter({ visible: true });
  const sentMessages = async (): Promise<readonly PageMessage[]> => suite.details.sentMessages();
  const button = (name: string) => suite.details.page.getByRole('button', { name, exact: true });
  const field = () => suite.details.page.getByRole('textbox', { name: 'Note' });

  it("are hidden if they can't be saved", async () => {
    await show(undefined);
    assert.equal(await suite.details.page.locator('.annotations').isVisible(), false);
    assert.equal(await button('Good').count(), 0);
  });

  it('show the current label, and can change or remove it', async () => {
    await show({ label: 'bad' });
    assert.equal(await button('Bad').getAttribute('aria-pressed'), 'true');
    assert.equal(await button('Good').getAttribute('aria-pressed'), 'false');
    await button('Good').click();
    assert.equal(await button('Good').getAttribute('aria-pressed'), 'false', 'the label is not saved yet');
    await show({ label: 'good' });
    assert.equal(await suite.focusedText(), 'Good');
    await button('Good').click();
    assert.deepEqual(await sentMessages(), [
      { type: 'label', label: 'good', ...target },
      { type: 'label', label: 'none', ...target },
    ]);
  });

  it('show a note as plain text', async () => {
    const note = '<img src=x onerror=alert(1)>\n**bold** \u202eevil';
    await show({ note });
    assert.equal(await suite.text('.note-text'), '<img src=x onerror=alert(1)>\n**bold** ⟨U+202E⟩evil');
    assert.equal(await suite.details.page.locator('.note img').count(), 0);
  });

  it('save a note on blur or with Ctrl+Enter, and keep the field open until it is saved', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('  wrong slot ');
    await field().press('Control+Enter');
    assert.deepEqual(await sentMessages(), [{ type: 'note', note: 'wrong slot', ...target }]);
    await show({});
    assert.equal(await field().inputValue(), '  wrong slot ', "the note couldn't be saved");
    await field().press('Control+Enter');
    await show({ note: 'wrong slot' });
    assert.equal(await suite.text('.note-text'), 'wrong slot');
    await button('Edit Note').click();
    await field().fill('');
    await field().blur();
    assert.deepEqual((await sentMessages()).at(-1), { type: 'note', note: '', ...target });
    await show({});
    await button('Add Note').waitFor();
  });

  it("show an alert if a note can't be saved, until it is saved", async () => {
    await show({ note: 'old' });
    await button('Edit Note').click();
    await field().fill('new');
    await field().press('Control+Enter');
    assert.equal(await alert().count(), 0);
    await show({ note: 'old' }, row.id, 'new');
    assert.match(await alert().innerText(), /Couldn't save/);
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    await field().press('Control+Enter');
    assert.equal((await sentMessages()).length, 2);
    await show({ note: 'new' });
    assert.equal(await suite.text('.note-text'), 'new');
    assert.equal(await alert().count(), 0);
  });

  it('preserve an unsaved note while another conversation is open, and save it again only on request', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('half a thought');
    await show({ note: 'another one' }, 'another-id');
    await show({}, row.id, 'half a thought');
    assert.equal(await field().inputValue(), 'half a thought');
    assert.match(await alert().innerText(), /Couldn't save/);
    await show({ note: 'another one' }, 'another-id');
    assert.equal(await suite.text('.note-text'), 'another one');
    assert.deepEqual(await sentMessages(), [{ type: 'note', note: 'half a thought', ...target }], 'sent once, on blur');
    await show({}, row.id, 'half a thought');
    await field().focus();
    await field().blur();
    assert.equal((await sentMessages()).length, 2);
  });

  it('discard an unsaved note with Escape before the extension confirms it', async () => {
    await show({ note: 'old' }, row.id, 'new');
    await field().press('Escape');
    assert.deepEqual(await sentMessages(), [{ type: 'giveUpNote', ...target }]);
    await show({ note: 'old' }, row.id, 'new');
    assert.equal(await suite.text('.note-text'), 'old');
    await show({ note: 'old' });
    await show({ note: 'old' }, row.id, 'new');
    assert.equal(await field().inputValue(), 'new', 'the note failed to save again');
  });

  it('send nothing if the note is unchanged or discarded with Escape', async () => {
    await show({ note: 'a' });
    await button('Edit Note').click();
    await field().blur();
    await button('Edit Note').click();
    await field().fill('b');
    await field().press('Escape');
    assert.equal(await suite.text('.note-text'), 'a');
    assert.deepEqual(await sentMessages(), []);
  });

  it('preserve an edited note when the page updates, and save it for its own conversation', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('half a thou');
    await show({ label: 'good' });
    assert.equal(await field().inputValue(), 'half a thou');
    await show({ note: 'another one' }, 'another-id');
    assert.equal(await suite.text('.note-text'), 'another one');
    assert.deepEqual(await sentMessages(), [{ type: 'note', note: 'half a thou', ...target }]);
  });

  it('ignore keyboard shortcuts while a note is edited', async () => {
    await show({});
    await button('Add Note').click();
    await suite.details.page.keyboard.type('jump? 123');
    assert.equal(await field().inputValue(), 'jump? 123');
    assert.deepEqual(await sentMessages(), []);
  });

  it('focus the note field on request', async () => {
    await show({});
    await suite.details.post({ type: 'goTo', number: 1, place: { part: 'note', found: '' } });
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    assert.deepEqual(await sentMessages(), [{ type: 'arrived', number: 1 }]);
  });
});
