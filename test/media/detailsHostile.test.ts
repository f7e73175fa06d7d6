import assert from 'node:assert/strict';
import type { JsonValue } from '../../src/core/model/json';
import { call, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

/** Texts that are deeply nested or slow to parse. */
const hostileTexts: Readonly<Record<string, string>> = {
  'quotations of one message': '>'.repeat(2000),
  'quotations of a long one': '>'.repeat(4000),
  'lists of one message': `${'- '.repeat(999)}a`,
  'lists of a long one': `${'- '.repeat(1999)}a`,
  'numbered lists': `${'1. '.repeat(1300)}a`,
  'quotations of lists': `${'> - '.repeat(999)}x`,
  'indented lists and quotations': Array.from(
    { length: 40 },
    (_, level) => `${'  '.repeat(level)}- a\n${'  '.repeat(level)}  > b`,
  ).join('\n'),
  'emphasis marks': `${'*'.repeat(1999)}a${'*'.repeat(1999)}`,
  'emphasis and strong emphasis': `${'*a **b '.repeat(280)}${'** *'.repeat(280)}`,
  'overlapping emphasis': '*a_'.repeat(1333),
  images: `${'!['.repeat(660)}a${'](b)'.repeat(660)}`,
  brackets: `${'['.repeat(1999)}a${']'.repeat(1999)}`,
  backticks: '` '.repeat(2000),
  headings: 'a\n=\n'.repeat(1000),
  'blank quotations': '>\n\n'.repeat(1333),
  tables: '|a|b|\n|-|-|\n'.repeat(300),
};

describe('hostile text on the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const lettersOf = (text: string): string => text.replace(/[^ab]/g, '');

  const measureDepth = (): Promise<number> =>
    suite.details.page.evaluate(() => {
      let levels = 0;
      for (let inner = [...document.body.children]; inner.length > 0; levels += 1)
        inner = inner.flatMap((each) => [...each.children]);
      return levels;
    });

  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`is shown completely and quickly: ${name}`, async () => {
      assert.ok(text.length <= 4000, 'longer text would be shortened');
      const { page } = suite.details;
      const startedAt = Date.now();
      await suite.details.show({
        transcript: transcript([turn('user', 'before'), turn('user', text), turn('assistant', '**after**')]),
      });
      assert.equal(await page.locator('.turn').count(), 3);
      assert.equal(lettersOf(await suite.text('#turn-2 .text')), lettersOf(text), 'the text is complete');
      assert.ok((await measureDepth()) < 150, 'the page has few levels');
      assert.equal(await page.locator('#turn-3 strong').innerText(), 'after');
      // Generous for busy machines. Without limits it takes up to a minute or never ends.
      assert.ok(Date.now() - startedAt < 5000, `${Date.now() - startedAt} ms`);
      assert.deepEqual(suite.details.problems, []);
      assert.deepEqual(await suite.details.sentMessages(), [], 'every turn was rendered');
    });
  }

  it('is expanded quickly if it is long', async () => {
    const { page } = suite.details;
    const longs = [
      '- '.repeat(25_000),
      'a\n=\n'.repeat(5000),
      '*a_'.repeat(6600),
      `${'!['.repeat(3300)}a${'](b)'.repeat(3300)}`,
    ];
    await suite.details.show({ transcript: transcript(longs.map((text) => turn('user', text))) });
    const startedAt = Date.now();
    for (const [index, text] of longs.entries()) {
      await page.locator(`#turn-${index + 1} .link-button`).click();
      assert.equal(await suite.text(`#turn-${index + 1} .text > span`), text);
    }
    assert.ok(Date.now() - startedAt < 10_000, `${Date.now() - startedAt} ms`);
    assert.deepEqual(suite.details.problems, []);
  });

  it('is expanded in parts if it is too long, and search results in each part are found', async () => {
    const { page } = suite.details;
    const lines = 'a line of it\n'.repeat(40_000);
    const long = `${lines}${'x'.repeat(399_999)}🎉${'y'.repeat(8_000_000)}`;
    const more = page.locator('#turn-1 .text .link-button');
    const shownLength = (): Promise<number> => suite.text('#turn-1 .text .long').then(({ length }) => length);
    await suite.details.show({ transcript: transcript([turn('user', long), turn('assistant', `${lines}the end`)]) });
    assert.equal(await more.textContent(), 'Show 200 kB more (8.9 MB left)');
    await more.click();
    const first = await shownLength();
    assert.ok(first > 190_000 && first <= 200_000 && first % 13 === 0, `${first} characters are not whole lines`);
    for (let clicks = 0; clicks < 4; clicks += 1) await more.click();
    const expanded = await suite.text('#turn-1 .text .long');
    assert.equal(expanded, long.slice(0, expanded.length), 'the text is complete');
    assert.doesNotMatch(expanded, /[\ud800-\udbff]$/);
    assert.match((await more.textContent()) ?? '', /^Show 200 kB more/);
    await suite.details.post({ type: 'goTo', number: 1, place: { part: 'message', turn: 1, found: 'the end' } });
    assert.ok((await suite.text('#turn-2 .text')).includes('the end'));
    await suite.details.post({ type: 'goTo', number: 2, place: { part: 'message', turn: 0, found: 'nowhere' } });
    assert.equal(await more.count(), 1, 'the rest is not searched');
    assert.deepEqual(suite.details.problems, []);
  });

  it('with many hidden characters is marked quickly', async () => {
    const { page } = suite.details;
    await suite.details.show({ transcript: transcript([turn('user', '\u200ba'.repeat(25_000))]) });
    await page.locator('.text .link-button').click();
    assert.equal(await page.locator('.text .hidden-characters').count(), 500);
    assert.ok(!/\u200b/.test(await suite.text('.text')));
    assert.equal((await suite.text('.text .long')).match(/(?:⟨U\+200B⟩|\[…\])a/g)?.length, 25_000);
  });

  it('in deeply nested JSON is shown', async () => {
    const { page } = suite.details;
    const nestJson = (levels: number): string => `${'{"a":['.repeat(levels / 2)}${']}'.repeat(levels / 2)}`;
    const value = JSON.parse(nestJson(200)) as JsonValue;
    await suite.details.show({
      transcript: transcript([
        turn('user', 'before', call('value', value, value)),
        turn('user', 'text', call('text', nestJson(20_000), { deep: nestJson(3000) })),
      ]),
    });
    await suite.openAll();
    for (let level = 0; level < 20; level += 1)
      await page.locator('#turn-1 .json-branch:not([open]) > summary').last().click();
    assert.equal(await page.locator('#turn-1 .json-branch[open]').count(), 20);
    await page.locator('#turn-2 .json-string .link-button').first().click();
    assert.ok((await suite.text('#turn-2 .json-string')).includes(nestJson(20_000)));
    assert.equal(await page.locator('#turn-2 .json-branch').count(), 0, 'too many levels for a tree');
    assert.deepEqual(suite.details.problems, []);
  });

  it('with a few nested levels is rendered as Markdown', async () => {
    const levels = Array.from({ length: 7 }, (_, level) => `${'    '.repeat(level)}- level ${level}`).join('\n');
    await suite.details.show({
      transcript: transcript([turn('user', levels), turn('user', `${'> '.repeat(12)}quoted`)]),
    });
    assert.equal(await suite.details.page.locator('#turn-1 li').count(), 7);
    assert.equal(await suite.details.page.locator('#turn-2 blockquote').count(), 12);
  });

  it('with many nested levels is shown as plain text', async () => {
    const text = `${'> '.repeat(20)}quoted **so**`;
    await suite.details.show({ transcript: transcript([turn('user', text)]) });
    assert.equal(await suite.text('#turn-1 .text'), text);
  });

  it('is shown as plain text if rendering fails, and the failure is reported', async () => {
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
      await suite.details.sentMessages(),
      [0, 1, 1].map((index) => ({ type: 'undrawn', turn: index, error: 'RangeError' })),
      'the report contains no text of the turn',
    );
    assert.deepEqual(suite.details.problems, []);
  });
});
