import assert from 'node:assert/strict';
import type { Turn } from '../../src/core/model/transcript';
import { call, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

const long = Array.from({ length: 40 }, (_, index) =>
  turn(index % 2 === 0 ? 'assistant' : 'user', `Line ${index + 1}.`),
);
const more = [turn('user', 'And another.'), turn('assistant', 'Of course.')];

describe('reloaded transcript on the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();

  const show = (turns: readonly Turn[], number: number): Promise<void> =>
    suite.details.show({ row: conversation(), transcript: transcript(turns), number });
  const scrollY = (): Promise<number> => suite.details.page.evaluate(() => Math.round(window.scrollY));
  const scrollTo = (top: number): Promise<void> => suite.details.page.evaluate((y) => window.scrollTo(0, y), top);
  /** Records changes of the page for `changes`. */
  const recordChanges = (): Promise<void> =>
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

  it('gets new turns at the end without changing the position, open cards, focus or selection', async () => {
    const first = [turn('assistant', 'One moment.', call('look_up', { shelf: 7 }, { found: true })), ...long];
    await show(first, 1);
    await suite.details.page.locator('.call > summary').click();
    await suite.details.page.locator('.call-body').waitFor();
    await suite.details.page.evaluate(() =>
      getSelection()?.selectAllChildren(document.querySelector('#turn-5 .text') ?? document.body),
    );
    await scrollTo(333);
    await recordChanges();
    await show([...first, ...more], 2);
    assert.equal(await suite.details.page.locator('.turn').count(), 43);
    assert.equal(await scrollY(), 333);
    assert.equal(await suite.details.page.locator('.call[open] > .call-body').count(), 1);
    assert.equal(await suite.details.page.evaluate(() => document.activeElement?.tagName), 'SUMMARY');
    assert.equal(await suite.details.page.evaluate(() => getSelection()?.toString().trim()), 'Line 4.');
    assert.deepEqual(await changes(), ['turns', 'turns', 'new-turns-label']);
    assert.equal(await suite.details.announcement(), '2 new turns');
  });

  it('scrolls to the new turns if the page was scrolled to the end', async () => {
    await show(long, 1);
    await scrollTo(1_000_000);
    await show([...long, turn('assistant', 'One more.')], 2);
    const last = suite.details.page.locator('#turn-41');
    assert.ok(await last.evaluate((element) => element.getBoundingClientRect().bottom <= window.innerHeight));
    assert.equal(await suite.details.announcement(), '1 new turn');
  });

  it("isn't rendered or announced again if it is equal", async () => {
    await show(long, 1);
    await recordChanges();
    await show(long, 2);
    assert.deepEqual(await changes(), []);
    assert.equal(await suite.details.announcement(), '');
  });

  it('renders a turn with a new result again, and restores its focus', async () => {
    const callWith = (result: string): Turn => turn('assistant', '', call('book', { at: '10:00' }, result));
    await show([...long, callWith('pending')], 1);
    await suite.details.page.keyboard.press('j');
    await suite.details.page.locator('#turn-41').focus();
    await show([...long, callWith('booked')], 2);
    assert.match(await suite.text('#turn-41'), /booked/);
    assert.equal(await suite.details.page.evaluate(() => document.activeElement?.id), 'turn-41');
    assert.equal(await suite.details.announcement(), '');
  });

  it('loses turns that the server has deleted', async () => {
    await show([...long, ...more], 1);
    await show(long, 2);
    assert.equal(await suite.details.page.locator('.turn').count(), 40);
    await show([], 3);
    assert.equal(await suite.text('.transcript > .quiet'), 'This conversation has no messages.');
    await show(more, 4);
    assert.equal(await suite.details.page.locator('.turn').count(), 2);
    assert.equal(await suite.details.announcement(), '2 new turns');
  });

  it('hides new turns without a message if only messages are shown', async () => {
    await show(long, 1);
    await suite.details.page.keyboard.press('1');
    await show([...long, turn('assistant', '', call('book', {}, 'ok')), ...more], 2);
    const ids = await suite.details.page.locator('.turn').evaluateAll((turns) => turns.slice(-3).map(({ id }) => id));
    assert.deepEqual(ids, ['turn-40', 'turn-42', 'turn-43']);
  });

  it('shows the previous raw response until the new one arrives', async () => {
    await show(long, 1);
    await suite.details.page.keyboard.press('3');
    await suite.details.post({ type: 'raw', number: 1, raw: { history: long.map(({ content }) => content) } });
    await suite.details.page.locator('.raw').waitFor();
    await show([...long, ...more], 2);
    assert.equal(await suite.details.page.locator('.raw').count(), 1);
    assert.deepEqual((await suite.details.sentMessages()).at(-1), { type: 'raw', transcript: 2 });
    await suite.details.post({ type: 'raw', number: 2, raw: { state: 'newer' } });
    assert.match(await suite.text('.raw'), /newer/);
  });

  it("of another conversation starts at the top and isn't announced", async () => {
    await show(long, 1);
    await scrollTo(400);
    await suite.details.show({
      row: conversation({ id: 'another-id' }),
      transcript: transcript([...long, ...more]),
      number: 2,
    });
    assert.equal(await scrollY(), 0);
    assert.equal(await suite.details.announcement(), '');
  });
});
