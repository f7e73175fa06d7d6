import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JsonValue } from '../../src/core/model/json';
import { call, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

/** Nested, or as slow to parse as there is, by what they are made of. */
const hard: Readonly<Record<string, string>> = {
  'quotations of one message': '>'.repeat(2000),
  'quotations of a long one': '>'.repeat(4000),
  'lists of one message': `${'- '.repeat(999)}a`,
  'lists of a long one': `${'- '.repeat(1999)}a`,
  'numbered lists': `${'1. '.repeat(1300)}a`,
  'quotations of lists': `${'> - '.repeat(999)}x`,
  'lists and quotations after blanks': Array.from(
    { length: 40 },
    (_, level) => `${'  '.repeat(level)}- a\n${'  '.repeat(level)}  > b`,
  ).join('\n'),
  'signs of emphasis': `${'*'.repeat(1999)}a${'*'.repeat(1999)}`,
  'emphasis and strong emphasis': `${'*a **b '.repeat(280)}${'** *'.repeat(280)}`,
  'emphasis that crosses': '*a_'.repeat(1333),
  pictures: `${'!['.repeat(660)}a${'](b)'.repeat(660)}`,
  brackets: `${'['.repeat(1999)}a${']'.repeat(1999)}`,
  backticks: '` '.repeat(2000),
  headings: 'a\n=\n'.repeat(1000),
  'blank quotations': '>\n\n'.repeat(1333),
  tables: '|a|b|\n|-|-|\n'.repeat(300),
};

describe('what strangers write to break the page of the details panel', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const plain = (text: string): string => text.replace(/[^ab]/g, '');

  const deepest = (): Promise<number> =>
    suite.details.page.evaluate(() => {
      let levels = 0;
      for (let inner = [...document.body.children]; inner.length > 0; levels += 1)
        inner = inner.flatMap((each) => [...each.children]);
      return levels;
    });

  for (const [name, text] of Object.entries(hard)) {
    it(`takes no turn away, and no time: ${name}`, async () => {
      assert.ok(text.length <= 4000, 'longer text is folded');
      const { page } = suite.details;
      const began = Date.now();
      await suite.details.show({
        transcript: transcript([turn('user', 'before'), turn('user', text), turn('assistant', '**after**')]),
      });
      assert.equal(await page.locator('.turn').count(), 3);
      assert.equal(plain(await suite.text('#turn-2 .text')), plain(text), 'all of it is there');
      assert.ok((await deepest()) < 150, 'what the browser lays out has few levels');
      assert.equal(await page.locator('#turn-3 strong').innerText(), 'after');
      // A whole run may be going on beside this one. Without bounds it is up to a minute, or for ever.
      assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
      assert.deepEqual(suite.details.complaints, []);
      assert.deepEqual(await suite.details.said(), [], 'none was given up while it was drawn');
    });
  }

  it('takes no time either where all of a long text is asked for', async () => {
    const { page } = suite.details;
    const longs = [
      '- '.repeat(25_000),
      'a\n=\n'.repeat(5000),
      '*a_'.repeat(6600),
      `${'!['.repeat(3300)}a${'](b)'.repeat(3300)}`,
    ];
    await suite.details.show({ transcript: transcript(longs.map((text) => turn('user', text))) });
    const began = Date.now();
    for (const [index, text] of longs.entries()) {
      await page.locator(`#turn-${index + 1} .link-button`).click();
      assert.equal(await suite.text(`#turn-${index + 1} .text > span`), text);
    }
    assert.ok(Date.now() - began < 10_000, `${Date.now() - began} ms`);
    assert.deepEqual(suite.details.complaints, []);
  });

  it('is shown in parts where it is too much for one block, and gone to in each of them', async () => {
    const { page } = suite.details;
    const lines = 'a line of it\n'.repeat(40_000);
    const long = `${lines}${'x'.repeat(399_999)}🎉${'y'.repeat(8_000_000)}`;
    const more = page.locator('#turn-1 .text .link-button');
    const shown = (): Promise<number> => suite.text('#turn-1 .text .long').then(({ length }) => length);
    await suite.details.show({ transcript: transcript([turn('user', long), turn('assistant', `${lines}the end`)]) });
    assert.equal(await more.textContent(), 'Show 200 kB more (8.9 MB left)');
    await more.click();
    const first = await shown();
    assert.ok(first > 190_000 && first <= 200_000 && first % 13 === 0, `${first}: whole lines`);
    for (let clicks = 0; clicks < 4; clicks += 1) await more.click();
    const said = await suite.text('#turn-1 .text .long');
    assert.equal(said, long.slice(0, said.length), 'nothing is left out');
    assert.doesNotMatch(said, /[\ud800-\udbff]$/);
    assert.match((await more.textContent()) ?? '', /^Show 200 kB more/);
    await suite.details.tell({ type: 'goTo', number: 1, place: { part: 'message', turn: 1, found: 'the end' } });
    assert.ok((await suite.text('#turn-2 .text')).includes('the end'));
    await suite.details.tell({ type: 'goTo', number: 2, place: { part: 'message', turn: 0, found: 'nowhere' } });
    assert.equal(await more.count(), 1, 'the rest is not looked through');
    assert.deepEqual(suite.details.complaints, []);
  });

  it('takes no time to mark what is hidden, however much of it there is', async () => {
    const { page } = suite.details;
    await suite.details.show({ transcript: transcript([turn('user', '\u200ba'.repeat(25_000))]) });
    await page.locator('.text .link-button').click();
    assert.equal(await page.locator('.text .hidden-characters').count(), 500);
    assert.ok(!/\u200b/.test(await suite.text('.text')));
    assert.equal((await suite.text('.text .long')).match(/(?:⟨U\+200B⟩|\[…\])a/g)?.length, 25_000);
  });

  it('shows JSON that is nested without an end', async () => {
    const { page } = suite.details;
    const deep = (levels: number): string => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;
    const value = JSON.parse(deep(200)) as JsonValue;
    await suite.details.show({
      transcript: transcript([
        turn('user', 'before', call('value', value, value)),
        turn('user', 'text', call('text', deep(20_000), { deep: deep(3000) })),
      ]),
    });
    await suite.openAll();
    for (let level = 0; level < 20; level += 1)
      await page.locator('#turn-1 .json-branch:not([open]) > summary').last().click();
    assert.equal(await page.locator('#turn-1 .json-branch[open]').count(), 20);
    await page.locator('#turn-2 .json-string .link-button').first().click();
    assert.ok((await suite.text('#turn-2 .json-string')).includes(deep(20_000)));
    assert.equal(await page.locator('#turn-2 .json-branch').count(), 0, 'nobody opens a thousand levels');
    assert.deepEqual(suite.details.complaints, []);
  });

  it('shows Markdown that is nested as people nest it', async () => {
    const levels = Array.from({ length: 7 }, (_, level) => `${'    '.repeat(level)}- level ${level}`).join('\n');
    await suite.details.show({
      transcript: transcript([turn('user', levels), turn('user', `${'> '.repeat(12)}quoted`)]),
    });
    assert.equal(await suite.details.page.locator('#turn-1 li').count(), 7);
    assert.equal(await suite.details.page.locator('#turn-2 blockquote').count(), 12);
  });

  it('shows what is nested deeper than that as it was sent', async () => {
    const text = `${'> '.repeat(20)}quoted **so**`;
    await suite.details.show({ transcript: transcript([turn('user', text)]) });
    assert.equal(await suite.text('#turn-1 .text'), text);
  });

  it('is shown as it was sent where drawing it fails, beside the others, and is told of', async () => {
    const { page } = suite.details;
    await page.waitForFunction(() => 'markdownSyntax' in window);
    await page.evaluate(() => {
      const window_ = window as unknown as { markdownSyntax: (text: string) => unknown };
      const parse = window_.markdownSyntax;
      window_.markdownSyntax = (text) => {
        if (text.includes('break')) throw new RangeError(text);
        return parse(text);
      };
    });
    const long = `**break** ${'it '.repeat(2000)}`;
    await suite.details.show({
      transcript: transcript([turn('user', '**break**'), turn('user', long), turn('assistant', '**after**')]),
    });
    assert.equal(await suite.text('#turn-1 .text'), '**break**');
    assert.equal(await page.locator('#turn-3 strong').innerText(), 'after');
    await page.locator('#turn-2 .text .link-button').click();
    assert.equal(await suite.text('#turn-2 .text > span'), long);
    assert.deepEqual(
      await suite.details.said(),
      [0, 1, 1].map((index) => ({ type: 'undrawn', turn: index, error: 'RangeError' })),
      'and nothing of what was written is in what is logged',
    );
    assert.deepEqual(suite.details.complaints, []);
  });
});
