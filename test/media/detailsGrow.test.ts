import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Turn } from '../../src/core/model/transcript';
import { call, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

const long = Array.from({ length: 40 }, (_, index) =>
  turn(index % 2 === 0 ? 'assistant' : 'user', `Line ${index + 1}.`),
);
const more = [turn('user', 'And another.'), turn('assistant', 'Of course.')];

describe('a transcript that is read again while it is looked at', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  const show = (turns: readonly Turn[], number: number): Promise<void> =>
    suite.details.show({ row: conversation(), transcript: transcript(turns), number });
  const scrollY = (): Promise<number> => suite.details.page.evaluate(() => Math.round(window.scrollY));
  const scrollTo = (top: number): Promise<void> => suite.details.page.evaluate((y) => window.scrollTo(0, y), top);
  /** Tells afterwards how often the page was changed. */
  const watch = (): Promise<void> =>
    suite.details.page.evaluate(() => {
      const watched = window as unknown as { changes: string[] };
      watched.changes = [];
      new MutationObserver((records) => {
        for (const { target } of records)
          if (target instanceof Element) watched.changes.push(target.id || target.className);
      }).observe(document.querySelector('main') ?? document.body, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    });
  const changes = (): Promise<readonly string[]> =>
    suite.details.page.evaluate(() => (window as unknown as { changes: string[] }).changes);

  it('gets what is new below, and leaves the place, the open card, the focus and the selection alone', async () => {
    const first = [turn('assistant', 'One moment.', call('look_up', { shelf: 7 }, { found: true })), ...long];
    await show(first, 1);
    await suite.details.page.locator('.call > summary').click();
    await suite.details.page.locator('.call-body').waitFor();
    await suite.details.page.evaluate(() =>
      getSelection()?.selectAllChildren(document.querySelector('#turn-5 .text') ?? document.body),
    );
    await scrollTo(333);
    await watch();
    await show([...first, ...more], 2);
    assert.equal(await suite.details.page.locator('.turn').count(), 43);
    assert.equal(await scrollY(), 333);
    assert.equal(await suite.details.page.locator('.call[open] > .call-body').count(), 1);
    assert.equal(await suite.details.page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
    assert.equal(await suite.details.page.evaluate(() => getSelection()?.toString().trim()), 'Line 4.');
    assert.deepEqual(await changes(), ['turns', 'turns']);
    assert.equal(await suite.details.spoken(), '2 new turns');
  });

  it('goes on at the end where the reader is there', async () => {
    await show(long, 1);
    await scrollTo(1_000_000);
    await show([...long, turn('assistant', 'One more.')], 2);
    const last = suite.details.page.locator('#turn-41');
    assert.ok(await last.evaluate((element) => element.getBoundingClientRect().bottom <= window.innerHeight));
    assert.equal(await suite.details.spoken(), '1 new turn');
  });

  it('is not drawn and not spoken of where it is the same', async () => {
    await show(long, 1);
    await watch();
    await show(long, 2);
    assert.deepEqual(await changes(), []);
    assert.equal(await suite.details.spoken(), '');
  });

  it('draws a turn anew that has another result by now, and gives it the focus back', async () => {
    const calling = (result: string): Turn => turn('assistant', '', call('book', { at: '10:00' }, result));
    await show([...long, calling('pending')], 1);
    await suite.details.page.keyboard.press('j');
    await suite.details.page.locator('#turn-41').focus();
    await show([...long, calling('booked')], 2);
    assert.match(await suite.text('#turn-41'), /booked/);
    assert.equal(await suite.details.page.evaluate(() => document.activeElement?.id), 'turn-41');
    assert.equal(await suite.details.spoken(), '');
  });

  it('loses the turns that the server has no more', async () => {
    await show([...long, ...more], 1);
    await show(long, 2);
    assert.equal(await suite.details.page.locator('.turn').count(), 40);
    await show([], 3);
    assert.equal(await suite.text('.transcript > .quiet'), 'This conversation has no messages.');
    await show(more, 4);
    assert.equal(await suite.details.page.locator('.turn').count(), 2);
    assert.equal(await suite.details.spoken(), '2 new turns');
  });

  it('skips what the chat alone does not show', async () => {
    await show(long, 1);
    await suite.details.page.keyboard.press('1');
    await show([...long, turn('assistant', '', call('book', {}, 'ok')), ...more], 2);
    const ids = await suite.details.page.locator('.turn').evaluateAll((turns) => turns.slice(-3).map(({ id }) => id));
    assert.deepEqual(ids, ['turn-40', 'turn-42', 'turn-43']);
  });

  it('shows the raw answer of before until the new one has come', async () => {
    await show(long, 1);
    await suite.details.page.keyboard.press('3');
    await suite.details.tell({ type: 'raw', number: 1, raw: { history: long.map(({ content }) => content) } });
    await suite.details.page.locator('.raw').waitFor();
    await show([...long, ...more], 2);
    assert.equal(await suite.details.page.locator('.raw').count(), 1);
    assert.deepEqual((await suite.details.said()).at(-1), { type: 'raw', transcript: 2 });
    await suite.details.tell({ type: 'raw', number: 2, raw: { state: 'newer' } });
    assert.match(await suite.text('.raw'), /newer/);
  });

  it('is another one for another conversation: drawn from its top, and not spoken of', async () => {
    await show(long, 1);
    await scrollTo(400);
    await suite.details.show({
      row: conversation({ id: 'another-id' }),
      transcript: transcript([...long, ...more]),
      number: 2,
    });
    assert.equal(await scrollY(), 0);
    assert.equal(await suite.details.spoken(), '');
  });
});
