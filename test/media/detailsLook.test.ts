import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { call, clinic, conversation, transcript, turn } from './conversations';
import { useDetailsPage } from './detailsSuite';

const markdown = `# Your *options*

One line
and another with \`code\`, **bold**, ~~gone~~ and [a link](https://example.test/a?b=1).

1. Book 09:20
2. Look at Monday
   - in the morning

> quoted

| Day | Slots |
|-----|------:|
| Mon | 3     |

\`\`\`json
{"a": 1}
\`\`\``;

describe('how the page of the details panel is looked at', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const texts = (selector: string): Promise<string[]> => suite.details.page.locator(selector).allInnerTexts();
  const press = (key: string): Promise<void> => suite.details.page.keyboard.press(key);
  const pressed = (): Promise<string[]> => texts('.switch[aria-pressed="true"]');

  describe('Markdown', () => {
    it('is drawn as elements of its own', async () => {
      await suite.details.show({ transcript: transcript([turn('assistant', markdown)]) });
      const shown: Readonly<Record<string, readonly string[]>> = {
        '.markdown [role=heading]': ['Your options'],
        '.markdown em': ['options'],
        '.markdown strong': ['bold'],
        '.markdown del': ['gone'],
        '.markdown p code': ['code'],
        '.markdown ol > li > p': ['Book 09:20', 'Look at Monday'],
        '.markdown ul > li': ['in the morning'],
        '.markdown blockquote': ['quoted'],
        '.markdown th': ['Day', 'Slots'],
        '.markdown td': ['Mon', '3'],
        '.markdown pre': ['{"a": 1}'],
      };
      for (const [selector, expected] of Object.entries(shown))
        assert.deepEqual(await texts(selector), expected, selector);
      const [first] = await texts('.markdown > p');
      assert.ok(first?.startsWith('One line\nand another'), 'a line break of a chat is one');
      const link = suite.details.page.locator('.markdown a');
      assert.deepEqual(
        [await link.getAttribute('href'), await link.getAttribute('title')],
        Array(2).fill('https://example.test/a?b=1'),
      );
    });

    it('is drawn when its parser has come, and nothing that was told meanwhile before it', async () => {
      let letCome: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (letCome = resolve));
      await suite.reopen({ parser: async (route) => held.then(() => route.continue()) });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until **six**.')]) });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until seven!')]), number: 2 });
      assert.deepEqual(await texts('.markdown'), []);
      letCome();
      await suite.details.drawn();
      assert.deepEqual(await texts('.markdown'), ['Open until seven!']);
    });

    it('does not keep text waiting that has none', async () => {
      await suite.reopen({ parser: () => Promise.resolve() });
      const plain = 'Open until six! 2 + 2 = 4,\r\n#1, a > b';
      await suite.details.show({ transcript: transcript([turn('assistant', plain)]) });
      assert.equal(await suite.text('.markdown'), 'Open until six! 2 + 2 = 4,\n#1, a > b');
    });

    it('stands as it was sent where its parser does not come', async () => {
      await suite.reopen({ parser: (route) => route.abort() });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until **six**.')]) });
      await suite.details.drawn();
      assert.deepEqual(await texts('.markdown'), ['Open until **six**.']);
    });

    it('stands as it was sent at the press of a key or a button, and is drawn again', async () => {
      await suite.details.show({ transcript: transcript([turn('assistant', markdown)]) });
      await press('m');
      assert.equal(await suite.text('.text'), markdown);
      assert.deepEqual(await pressed(), ['Full', 'Plain Text']);
      await suite.details.page.getByRole('button', { name: 'Plain Text' }).click();
      assert.deepEqual(await texts('.markdown strong'), ['bold']);
    });

    it('loses nothing of what it does not draw, and loads and runs none of it', async () => {
      const odd = [
        'A <b onclick="window.hacked = 1">tag</b> in a line',
        '<img src="http://127.0.0.1:9/x.png" onerror="window.hacked = 1">',
        '![picture](http://127.0.0.1:9/y.png)',
        '[run](javascript:window.hacked=1) and [data](data:text/html,x) and [command](command:workbench.action.quit)',
        '[reference][r]',
        '[r]: http://127.0.0.1:9/z',
        'a footnote[^1] \\* &amp; done',
      ].join('\n\n');
      await suite.details.show({ transcript: transcript([turn('user', odd)]) });
      const shown = await suite.text('.markdown');
      for (const part of [
        '<b onclick="window.hacked = 1">tag</b>',
        '<img src=',
        '![picture](http://127.0.0.1:9/y.png)',
        '[run](javascript:window.hacked=1)',
        '[command](command:workbench.action.quit)',
        '[reference][r]',
        '[r]: http://127.0.0.1:9/z',
        'a footnote[^1] * & done',
      ]) {
        assert.ok(shown.includes(part), `${part} is missing from: ${shown}`);
      }
      assert.equal(await suite.details.page.locator('.markdown :is(a, b, img)').count(), 0);
      assert.equal(await suite.details.page.evaluate(() => 'hacked' in window), false);
      assert.deepEqual(
        suite.details.asked.filter((url) => url.includes(':9/')),
        [],
      );
      assert.deepEqual(suite.details.complaints, []);
    });

    it('shows characters that hide or turn text, also in code and in an address', async () => {
      await suite.details.show({
        transcript: transcript([turn('user', '**invoice\u202egnp.exe** `a\u200bb` [x](https://e.test/\u202ea)')]),
      });
      assert.deepEqual(await texts('.hidden-characters'), ['⟨U+202E⟩', '⟨U+200B⟩']);
      assert.ok(!(await suite.details.page.locator('.markdown a').getAttribute('title'))?.includes('\u202e'));
    });

    it('reads in its own direction, each paragraph of it too', async () => {
      await suite.details.show({
        transcript: transcript([turn('user', 'مرحبا **بالعالم**\n\n- واحد\n- اثنان\n\nplain English')]),
      });
      const { page } = suite.details;
      assert.equal(await page.locator('.markdown').evaluate((element) => getComputedStyle(element).direction), 'rtl');
      const left = (selector: string): Promise<number> =>
        page.locator(selector).evaluate((element) => {
          const range = document.createRange();
          range.selectNodeContents(element);
          return Math.round(
            range.getBoundingClientRect().left - (element.parentElement?.getBoundingClientRect().left ?? 0),
          );
        });
      assert.equal(await left('.markdown > p:last-child'), 0, 'English begins at the left');
      assert.ok((await left('.markdown > p:first-child')) > 100, 'Arabic at the right');
    });

    it('of a long message is folded, and all of it there when it is asked for', async () => {
      const long = Array.from({ length: 900 }, (_, index) => `- item **${index}**`).join('\n');
      await suite.details.show({ transcript: transcript([turn('assistant', long)]) });
      assert.ok((await suite.details.page.locator('.markdown li').count()) < 200);
      await suite.details.page.getByRole('button', { name: /^Show all/ }).click();
      assert.equal(await suite.details.page.locator('.markdown li').count(), 900);
    });
  });

  describe('depth', () => {
    it('is the chat alone, with function calls, or what was sent, one key apart', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      assert.deepEqual(await pressed(), ['Full']);
      assert.ok((await suite.details.page.locator('.call').count()) > 0);
      await press('1');
      assert.deepEqual(await pressed(), ['Messages']);
      assert.equal(await suite.details.page.locator('.call').count(), 0);
      assert.deepEqual(
        await suite.details.page.locator('.turn').evaluateAll((turns) => turns.map(({ id }) => id)),
        clinic.turns.flatMap(({ content }, index) => (content === '' ? [] : [`turn-${index + 1}`])),
        'turns keep their numbers',
      );
      await press('3');
      assert.equal(await suite.text('.transcript .loading'), 'Loading…');
      assert.deepEqual(await suite.details.said(), [{ type: 'raw', transcript: 1 }]);
      await suite.details.tell({ type: 'raw', number: 1, raw: { status: true, odd: ['kept'] } });
      assert.match((await texts('.raw'))[0] ?? '', /status.*true[^]*odd/);
      await press('2');
      assert.equal(await suite.details.page.locator('.turn').count(), clinic.turns.length);
      await press('3');
      assert.equal((await suite.details.said()).length, 1, 'what was sent is asked for once');
    });

    it('is switched by buttons too, and the focus stays on them', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      await suite.details.page.getByRole('button', { name: 'Messages' }).click();
      assert.equal(await suite.focusedText(), 'Messages');
    });

    it('keeps the reader’s place', async () => {
      const turns = Array.from({ length: 60 }, (_, index) =>
        turn('assistant', `Message ${index + 1}`, call('look_up', { index }, { found: true })),
      );
      await suite.details.show({ row: conversation(), transcript: transcript(turns) });
      const top = (): Promise<number> =>
        suite.details.page.locator('#turn-40').evaluate((element) => Math.round(element.getBoundingClientRect().top));
      await suite.details.page.locator('#turn-40').evaluate((element) => element.scrollIntoView());
      const before = await top();
      await press('1');
      assert.equal(await top(), before);
    });

    it('and the way of showing Markdown stay for the next conversation, and come back with the window', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      await press('1');
      await press('m');
      await suite.details.show({ row: conversation({ id: 'another' }), transcript: clinic, number: 2 });
      assert.deepEqual(await pressed(), ['Messages', 'Plain Text']);
      const kept = await suite.details.keptState();
      await suite.reopen({ kept });
      await suite.details.show({ row: conversation({ id: 'another' }), transcript: clinic });
      assert.deepEqual(await pressed(), ['Messages', 'Plain Text']);
    });
  });

  it('is left for the next and the previous one of the view', async () => {
    await suite.details.show({ row: conversation(), transcript: clinic });
    await press('n');
    await press('p');
    assert.deepEqual(await suite.details.said(), [
      { type: 'go', to: 'next' },
      { type: 'go', to: 'previous' },
    ]);
  });

  it('is searched by VS Code’s own find', async () => {
    await suite.details.show({ row: conversation(), transcript: clinic });
    await press('/');
    assert.deepEqual(await suite.details.said(), [{ type: 'find' }]);
  });
});
