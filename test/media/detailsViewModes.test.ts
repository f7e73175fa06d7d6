import assert from 'node:assert/strict';
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

describe('view modes of the details page', function () {
  this.timeout(60_000);
  const suite = useDetailsPage();
  const texts = (selector: string): Promise<string[]> => suite.details.page.locator(selector).allInnerTexts();
  const press = (key: string): Promise<void> => suite.details.page.keyboard.press(key);
  const pressedSwitches = (): Promise<string[]> => texts('.switch[aria-pressed="true"]');

  describe('Markdown', () => {
    it('is rendered as elements', async () => {
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
      assert.ok(first?.startsWith('One line\nand another'), 'line breaks are kept');
      const link = suite.details.page.locator('.markdown a');
      assert.deepEqual(
        [await link.getAttribute('href'), await link.getAttribute('title')],
        Array(2).fill('https://example.test/a?b=1'),
      );
    });

    it('is rendered once its parser is loaded, with only the latest transcript', async () => {
      let loadParser: () => void = () => undefined;
      const parserLoaded = new Promise<void>((resolve) => (loadParser = resolve));
      await suite.reopen({ parser: async (route) => parserLoaded.then(() => route.continue()) });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until **six**.')]) });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until seven!')]), number: 2 });
      assert.deepEqual(await texts('.markdown'), []);
      loadParser();
      await suite.details.whenRendered();
      assert.deepEqual(await texts('.markdown'), ['Open until seven!']);
    });

    it('in text without syntax needs no parser', async () => {
      await suite.reopen({ parser: () => Promise.resolve() });
      const plain = 'Open until six! 2 + 2 = 4,\r\n#1, a > b';
      await suite.details.show({ transcript: transcript([turn('assistant', plain)]) });
      assert.equal(await suite.text('.markdown'), 'Open until six! 2 + 2 = 4,\n#1, a > b');
    });

    it("is shown as plain text if the parser can't be loaded", async () => {
      await suite.reopen({ parser: (route) => route.abort() });
      await suite.details.show({ transcript: transcript([turn('assistant', 'Open until **six**.')]) });
      await suite.details.whenRendered();
      assert.deepEqual(await texts('.markdown'), ['Open until **six**.']);
    });

    it('can be switched to plain text and back by a key or button', async () => {
      await suite.details.show({ transcript: transcript([turn('assistant', markdown)]) });
      await press('m');
      assert.equal(await suite.text('.text'), markdown);
      assert.deepEqual(await pressedSwitches(), ['Full', 'Plain Text']);
      await suite.details.page.getByRole('button', { name: 'Plain Text' }).click();
      assert.deepEqual(await texts('.markdown strong'), ['bold']);
    });

    it('shows unsupported syntax as text, without requests or scripts', async () => {
      const unsupported = [
        'A <b onclick="window.hacked = 1">tag</b> in a line',
        '<img src="http://127.0.0.1:9/x.png" onerror="window.hacked = 1">',
        '![picture](http://127.0.0.1:9/y.png)',
        '[run](javascript:window.hacked=1) and [data](data:text/html,x) and [command](command:workbench.action.quit)',
        '[reference][r]',
        '[r]: http://127.0.0.1:9/z',
        'a footnote[^1] \\* &amp; done',
      ].join('\n\n');
      await suite.details.show({ transcript: transcript([turn('user', unsupported)]) });
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
        suite.details.requestedUrls.filter((url) => url.includes(':9/')),
        [],
      );
      assert.deepEqual(suite.details.problems, []);
    });

    it('has visible control and bidirectional characters, also in code and links', async () => {
      await suite.details.show({
        transcript: transcript([turn('user', '**invoice\u202egnp.exe** `a\u200bb` [x](https://e.test/\u202ea)')]),
      });
      assert.deepEqual(await texts('.hidden-characters'), ['⟨U+202E⟩', '⟨U+200B⟩']);
      assert.ok(!(await suite.details.page.locator('.markdown a').getAttribute('title'))?.includes('\u202e'));
    });

    it('is shown in its own direction in each paragraph', async () => {
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
      assert.equal(await left('.markdown > p:last-child'), 0, 'English starts at the left');
      assert.ok((await left('.markdown > p:first-child')) > 100, 'Arabic starts at the right');
    });

    it('of a long message is shortened, and can be expanded', async () => {
      const long = Array.from({ length: 900 }, (_, index) => `- item **${index}**`).join('\n');
      await suite.details.show({ transcript: transcript([turn('assistant', long)]) });
      assert.ok((await suite.details.page.locator('.markdown li').count()) < 200);
      await suite.details.page.getByRole('button', { name: /^Show all/ }).click();
      assert.equal(await suite.details.page.locator('.markdown li').count(), 900);
    });
  });

  describe('detail level', () => {
    it('can be messages, full or raw by pressing a key', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      assert.deepEqual(await pressedSwitches(), ['Full']);
      assert.ok((await suite.details.page.locator('.call').count()) > 0);
      await press('1');
      assert.deepEqual(await pressedSwitches(), ['Messages']);
      assert.equal(await suite.details.page.locator('.call').count(), 0);
      assert.deepEqual(
        await suite.details.page.locator('.turn').evaluateAll((turns) => turns.map(({ id }) => id)),
        clinic.turns.flatMap(({ content }, index) => (content === '' ? [] : [`turn-${index + 1}`])),
        'turns keep their numbers',
      );
      await press('3');
      assert.equal(await suite.text('.transcript .loading'), 'Loading…');
      assert.deepEqual(await suite.details.sentMessages(), [{ type: 'raw', transcript: 1 }]);
      await suite.details.post({ type: 'raw', number: 1, raw: { status: true, odd: ['kept'] } });
      assert.match((await texts('.raw'))[0] ?? '', /status.*true[^]*odd/);
      await press('2');
      assert.equal(await suite.details.page.locator('.turn').count(), clinic.turns.length);
      await press('3');
      assert.equal((await suite.details.sentMessages()).length, 1, 'the raw response is requested once');
    });

    it('can be changed by buttons, which keep the focus', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      await suite.details.page.getByRole('button', { name: 'Messages' }).click();
      assert.equal(await suite.focusedText(), 'Messages');
    });

    it('can be changed without changing the scroll position', async () => {
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

    it('stays with the plain text mode for the next conversation and after the window reloads', async () => {
      await suite.details.show({ row: conversation(), transcript: clinic });
      await press('1');
      await press('m');
      await suite.details.show({ row: conversation({ id: 'another' }), transcript: clinic, number: 2 });
      assert.deepEqual(await pressedSwitches(), ['Messages', 'Plain Text']);
      const savedState = await suite.details.savedState();
      await suite.reopen({ savedState });
      await suite.details.show({ row: conversation({ id: 'another' }), transcript: clinic });
      assert.deepEqual(await pressedSwitches(), ['Messages', 'Plain Text']);
    });
  });

  it('request the next and the previous conversation with N and P', async () => {
    await suite.details.show({ row: conversation(), transcript: clinic });
    await press('n');
    await press('p');
    assert.deepEqual(await suite.details.sentMessages(), [
      { type: 'go', to: 'next' },
      { type: 'go', to: 'previous' },
    ]);
  });

  it("open VS Code's find widget with /", async () => {
    await suite.details.show({ row: conversation(), transcript: clinic });
    await press('/');
    assert.deepEqual(await suite.details.sentMessages(), [{ type: 'find' }]);
  });
});
