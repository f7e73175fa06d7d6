import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Annotation } from '../../src/protocol/details';
import type { PageMessage } from '../../src/protocol/detailsMessages';
import { conversation } from './conversations';
import { useDetailsPage } from './detailsSuite';

describe('labels and notes on the page of the details panel', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const row = conversation();
  const of = { id: row.id, origin: 'https://call.example' };
  const show = (annotation: Annotation | undefined, id = row.id, unkeptNote?: string): Promise<void> =>
    suite.details.show({
      row: { ...row, id },
      ...(annotation && { annotation }),
      ...(unkeptNote !== undefined && { unkeptNote }),
    });
  const alert = () => suite.details.page.locator('.note [role=alert]').filter({ visible: true });
  const said = async (): Promise<readonly PageMessage[]> => suite.details.said();
  const button = (name: string) => suite.details.page.getByRole('button', { name, exact: true });
  const field = () => suite.details.page.getByRole('textbox', { name: 'Note' });

  it('are not there where they can’t be kept', async () => {
    await show(undefined);
    assert.equal(await suite.details.page.locator('.annotations').isVisible(), false);
    assert.equal(await button('Good').count(), 0);
  });

  it('show the label that there is, and ask for another one, or for none', async () => {
    await show({ label: 'bad' });
    assert.equal(await button('Bad').getAttribute('aria-pressed'), 'true');
    assert.equal(await button('Good').getAttribute('aria-pressed'), 'false');
    await button('Good').click();
    assert.equal(await button('Good').getAttribute('aria-pressed'), 'false', 'it is not kept yet');
    await show({ label: 'good' });
    assert.equal(await suite.focusedText(), 'Good');
    await button('Good').click();
    assert.deepEqual(await said(), [
      { type: 'label', label: 'good', ...of },
      { type: 'label', label: 'none', ...of },
    ]);
  });

  it('show a note as the text that it is', async () => {
    const note = '<img src=x onerror=alert(1)>\n**bold** \u202eevil';
    await show({ note });
    assert.equal(await suite.text('.note-text'), '<img src=x onerror=alert(1)>\n**bold** ⟨U+202E⟩evil');
    assert.equal(await suite.details.page.locator('.note img').count(), 0);
  });

  it('keep a note when it is left or with Ctrl+Enter, and have it in sight until it is kept', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('  wrong slot ');
    await field().press('Control+Enter');
    assert.deepEqual(await said(), [{ type: 'note', note: 'wrong slot', ...of }]);
    await show({});
    assert.equal(await field().inputValue(), '  wrong slot ', 'it could not be kept');
    await field().press('Control+Enter');
    await show({ note: 'wrong slot' });
    assert.equal(await suite.text('.note-text'), 'wrong slot');
    await button('Edit Note').click();
    await field().fill('');
    await field().blur();
    assert.deepEqual((await said()).at(-1), { type: 'note', note: '', ...of });
    await show({});
    await button('Add Note').waitFor();
  });

  it('say of a note that it could not be kept, until it is', async () => {
    await show({ note: 'old' });
    await button('Edit Note').click();
    await field().fill('new');
    await field().press('Control+Enter');
    assert.equal(await alert().count(), 0);
    await show({ note: 'old' }, row.id, 'new');
    assert.match(await alert().innerText(), /Couldn't save/);
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    await field().press('Control+Enter');
    assert.equal((await said()).length, 2);
    await show({ note: 'new' });
    assert.equal(await suite.text('.note-text'), 'new');
    assert.equal(await alert().count(), 0);
  });

  it('lose nothing that could not be kept while another conversation is looked at, and send it again only when told to', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('half a thought');
    await show({ note: 'another one' }, 'another-id');
    await show({}, row.id, 'half a thought');
    assert.equal(await field().inputValue(), 'half a thought');
    assert.match(await alert().innerText(), /Couldn't save/);
    await show({ note: 'another one' }, 'another-id');
    assert.equal(await suite.text('.note-text'), 'another one');
    assert.deepEqual(await said(), [{ type: 'note', note: 'half a thought', ...of }], 'once, when it was left');
    await show({}, row.id, 'half a thought');
    await field().focus();
    await field().blur();
    assert.equal((await said()).length, 2);
  });

  it('give up what could not be kept with Escape, though the host has not heard it yet', async () => {
    await show({ note: 'old' }, row.id, 'new');
    await field().press('Escape');
    assert.deepEqual(await said(), [{ type: 'giveUpNote', ...of }]);
    await show({ note: 'old' }, row.id, 'new');
    assert.equal(await suite.text('.note-text'), 'old');
    await show({ note: 'old' });
    await show({ note: 'old' }, row.id, 'new');
    assert.equal(await field().inputValue(), 'new', 'it was written and could not be kept once more');
  });

  it('say nothing where nothing was changed, or Escape gave it up', async () => {
    await show({ note: 'a' });
    await button('Edit Note').click();
    await field().blur();
    await button('Edit Note').click();
    await field().fill('b');
    await field().press('Escape');
    assert.equal(await suite.text('.note-text'), 'a');
    assert.deepEqual(await said(), []);
  });

  it('do not take away what is being written when ages tick or a label comes, nor let it reach another conversation', async () => {
    await show({});
    await button('Add Note').click();
    await field().fill('half a thou');
    await show({ label: 'good' });
    assert.equal(await field().inputValue(), 'half a thou');
    await show({ note: 'another one' }, 'another-id');
    assert.equal(await suite.text('.note-text'), 'another one');
    assert.deepEqual(await said(), [{ type: 'note', note: 'half a thou', ...of }]);
  });

  it('take no key for a move through the transcript while a note is written', async () => {
    await show({});
    await button('Add Note').click();
    await suite.details.page.keyboard.type('jump? 123');
    assert.equal(await field().inputValue(), 'jump? 123');
    assert.deepEqual(await said(), []);
  });

  it('are written to on being told to', async () => {
    await show({});
    await suite.details.tell({ type: 'goTo', number: 1, place: { part: 'note', found: '' } });
    assert.equal(await field().evaluate((element) => element === document.activeElement), true);
    assert.deepEqual(await said(), [{ type: 'arrived', number: 1 }]);
  });
});
