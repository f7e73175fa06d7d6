import assert from 'node:assert/strict';
import { formatCodeBlock, formatCodeSpan, escapeInline, quoteMarkdown } from '../../../src/core/text/escapeMarkdown';

describe('Text in Markdown', () => {
  it('is escaped so that it renders literally', () => {
    assert.equal(
      escapeInline('*a* _b_ `c` [d](e) <f> &amp; g|h ~i~ # $j$ \\'),
      '\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\&amp; g\\|h \\~i\\~ \\# \\$j\\$ \\\\',
    );
    assert.equal(escapeInline(' Ines\n# M. '), 'Ines \\# M.');
    assert.equal(escapeInline('https://a.test/<b> WWW.a.test: //a'), 'https:\\//a.test/\\<b\\> WWW\\.a.test: //a');
    assert.equal(escapeInline('Dr. Okoro (2), $3'), 'Dr. Okoro (2), $3');
  });

  it('creates no mentions and no links to issues or commits on GitHub', () => {
    assert.equal(
      escapeInline(
        '#1234 from @octo-cat, acme/shop#9, GH-12, &#64;octo, https://a.test/@octo, a5c3785ed8d6a35868bc169f07e40e889087fd2e',
      ),
      '\\#<!-- -->1234 from @<!-- -->octo-cat, acme/shop\\#<!-- -->9, GH-<!-- -->12, \\&\\#<!-- -->64;octo, https:\\//a.test/@<!-- -->octo, a5c<!-- -->3785ed8d6a35868bc169f07e40e889087fd2e',
    );
    assert.equal(
      escapeInline('ada@example.com, # 1, @ home, 7c9e6679-7425-40de-944b-e07fc1f90ae7, 1234567'),
      'ada@example.com, \\# 1, @ home, 7c9e6679-7425-40de-944b-e07fc1f90ae7, 1234567',
    );
  });

  const spans: readonly [text: string, span: string][] = [
    ['find_slots', '`find_slots`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['a``b`c', '```a``b`c```'],
    ['`a', '`` `a ``'],
    ['a`', '`` a` ``'],
    ['a\nb', '`a b`'],
    [' ', ''],
  ];
  for (const [text, span] of spans)
    it(`is formatted as the code span ${span}`, () => assert.equal(formatCodeSpan(text), span));

  it('replaces unpaired surrogates and keeps pairs', () => {
    assert.equal(
      escapeInline('a\ud83d b \ude00 \ude00\ud83d \ud83d\ude00'),
      'a\ufffd b \ufffd \ufffd\ufffd \ud83d\ude00',
    );
  });

  it('is formatted as a code block with a fence longer than any inside', () => {
    assert.equal(formatCodeBlock('{}', 'json'), '```json\n{}\n```');
    assert.equal(formatCodeBlock('a\n`````\nb', ''), '``````\na\n`````\nb\n``````');
  });
});

describe('A quotation', () => {
  const quotations: readonly [name: string, text: string, quoted: string][] = [
    ['of plain text', 'Hello,\n\n**Ines**!', '> Hello,\n>\n> **Ines**!'],
    ['of any line ending', 'a\r\nb\rc\nd', '> a\n> b\n> c\n> d'],
    ['of a list', '- one\n- two', '> - one\n> - two'],
    [
      'with mentions',
      'My order #1234 from @octo-cat, see acme/shop#9',
      '> My order #<!-- -->1234 from @<!-- -->octo-cat, see acme/shop#<!-- -->9',
    ],
    [
      'with mentions of a team, an issue with GH, and a commit',
      '@acme/team GH-12 a5c3785 acme/shop@a5c3785',
      '> @<!-- -->acme/team GH-<!-- -->12 a5c<!-- -->3785 acme/shop@<!-- -->a5c<!-- -->3785',
    ],
    [
      'with mentions as escapes and entities',
      '\\@a &#64;a &#x40;a &commat;a @&#97; \\#1 &#35;1 &num;1 #&#49;',
      '> \\@<!-- -->a &#64;<!-- -->a &#x40;<!-- -->a &commat;<!-- -->a @<!-- -->&#97; \\#<!-- -->1 &#35;<!-- -->1 &num;<!-- -->1 #<!-- -->&#49;',
    ],
    [
      'with mentions inside emphasis and after links',
      '_@a_ **@b** ada**@c** [x](https://a.test/)@d [https://a.test/](https://b.test)@e',
      '> _@<!-- -->a_ **@<!-- -->b** ada**@<!-- -->c** [x](https://a.test/)@<!-- -->d [https://a.test/](https://b.test)@<!-- -->e',
    ],
    [
      'of email addresses, entities, and URLs with mentions',
      'ada@a.test &#123; https://a.test/@a#1 [x](https://a.test/@c#2)',
      '> ada@a.test &#123; https://a.test/@<!-- -->a#<!-- -->1 [x](https://a.test/@<!-- -->c#<!-- -->2)',
    ],
    [
      'with mentions where a link, a URL, or a no-break space moves the code',
      '[x](https://a.test/`b) @a `\n\nhttps://a.test/` @b `\n\n[x](https://a.test "\n` ") @c `\n\n`\n\u00a0\n` @d `',
      '> [x](https://a.test/`b) @<!-- -->a `\n>\n> https://a.test/` @<!-- -->b `\n>\n> [x](https://a.test "\n> ` ") @<!-- -->c `\n>\n> `\n> \u00a0\n> ` @<!-- -->d `',
    ],
    [
      'with mentions where a URL ends',
      'https://a.test&#64;a https://a.test@b ada.b+c@a.test',
      '> https://a.test&#64;<!-- -->a https://a.test@<!-- -->b ada.b+c@a.test',
    ],
    [
      'with mentions after backslashes and entities',
      '\\\\&commat;a \\&#64;a &#71;H&#45;1 GH\\-1',
      '> \\\\&commat;<!-- -->a \\&#<!-- -->64;a &#71;H&#45;<!-- -->1 GH\\-<!-- -->1',
    ],
    ['of invalid URLs', 'https://@a http://x_y.z/@b', '> https://@<!-- -->a http://x_y.z/@<!-- -->b'],
    ['with mentions in code', 'see `@a #1` and ``@b``\n```\n@c\n```', '> see `@a #1` and ``@b``\n> ```\n> @c\n> ```'],
    [
      'with mentions in possibly unclosed code',
      'it ` is\n`@a`\n\n`@b` \\`@c`\n\n| ` | `@d |',
      '> it ` is\n> `@<!-- -->a`\n>\n> `@<!-- -->b` \\`@<!-- -->c`\n>\n> | ` | `@<!-- -->d |',
    ],
    ['of headings', '# one\n  ###### six\n####### no\n#no', '> \\# one\n>   \\###### six\n> ####### no\n> #no'],
    ['of headings inside lists and quotations', '- # a\n> 1) ## b', '> - \\# a\n> > 1) \\## b'],
    ['of underlined headings', 'a\n===\nb\n  ---\nc\n- -', '> a\n> \\===\n> b\n>   \\---\n> c\n> - -'],
    ['of HTML', '<script>alert(1)</script> <!-- a < b', '> \\<script>alert(1)\\</script> \\<!-- a < b'],
    ['of a remote image', 'see ![x](https://example.test/p.png)', '> see \\![x](https://example.test/p.png)'],
    ['of a definition', '[Title]: https://example.test', '> [Title\\]: https://example.test'],
    ['of a definition over two lines', '[Ti\ntle]: command:x', '> [Ti\n> tle\\]: command:x'],
    [
      'of text that is already escaped',
      '\\<b> \\![x](https://a.test) \\\\<b>',
      '> \\<b> \\![x](https://a.test) \\\\\\<b>',
    ],
    [
      'of links',
      '[a](https://a.test) [b](command:x) [c](&#99;ommand:x) [d](<command:x>) [e](\ncommand:x) [f](file:///x)',
      '> [a](https://a.test) [b\\](command:x) [c\\](&#99;ommand:x) [d\\](\\<command:x>) [e\\](\n> command:x) [f\\](file:///x)',
    ],
    [
      'of code that may end with its list',
      '- a\n\n  ```\n![x](https://a.test)\n```\n# b',
      '> - a\n>\n>   ```\n> \\![x](https://a.test)\n> ```\n> \\# b',
    ],
    [
      'of code after list and quotation marks',
      '1. > ```\n```\n![x](https://a.test)',
      '> 1. > ```\n> ```\n> \\![x](https://a.test)',
    ],
    [
      'of code',
      '```js\n# not a heading\n<b>\n```\n# heading',
      '> ```js\n> # not a heading\n> <b>\n> ```\n> \\# heading',
    ],
    ['of code with a longer fence', '````\n```\n# a\n````\n# b', '> ````\n> ```\n> # a\n> ````\n> \\# b'],
    ['of code with tildes', '~~~\n```\n~~~\n# b', '> ````\n> ```\n> ````\n> \\# b'],
    ['of text that only looks like a fence', '``` a ``` b\n# c', '> ``` a ``` b\n> \\# c'],
    ['of backticks after words', 'see ```\n![x](https://a.test)', '> see ```\n> \\![x](https://a.test)'],
    ['of indented code', '  ```\n![x](https://a.test)\n  ```', '>   ```\n> \\![x](https://a.test)\n>   ```'],
    ['of code with HTML as its language', '```js <b>\n<b>\n```', '> ````\n> ```js <b>\n> <b>\n> ```\n> ````'],
    ['of a fence with words inside code', '```\n``` js\n<b>\n```\n# a', '> ````\n> ``` js\n> <b>\n> ````\n> \\# a'],
    ['of code whose fence has trailing spaces', '```\n<b>\n```  \n<i>', '> ```\n> <b>\n> ```\n> \\<i>'],
    ['of code after a list with code spans', '- `a` ~b\n```\n<b>\n```', '> - `a` ~b\n> ```\n> <b>\n> ```'],
    ['of code after backticks that are not a fence', 'as a) ```\n```\n<b>\n```', '> as a) ```\n> ```\n> <b>\n> ```'],
    ['of a heading without text', '#\n##', '> \\#\n> \\##'],
    ['of an underline with trailing spaces', 'a\n---  ', '> a\n> \\---  '],
    ['of dashes before words', '---x\n==x', '> ---x\n> ==x'],
    ['of an unclosed fence', '```\n# a', '> ```\n> # a\n> ```'],
    ['of an empty fence', '```\n```', '> ```\n> ```'],
    [
      'of a fence with spaces that Markdown does not know',
      '```\n```\u00a0\n```\n<b>',
      '> ````\n> ```\u00a0\n> ````\n> \\<b>',
    ],
    ['of a fence after a tab inside code', '```\n\t```\n<b>\n```\n<b>', '> ````\n> \t```\n> <b>\n> ````\n> \\<b>'],
    [
      'of a fence that shorter or different fences do not close',
      '~~~~\n~~~\n````\n~~~~~\n<b>',
      '> `````\n> ~~~\n> ````\n> `````\n> \\<b>',
    ],
    ['of code in a known language', '``` TypeScript \n$a$\n```', '> ```TypeScript\n> $a$\n> ```'],
    [
      'of a diagram',
      '```mermaid\nA@{ img: "x" }\n```\n# b',
      '> ````\n> ```mermaid\n> A@{ img: "x" }\n> ```\n> ````\n> \\# b',
    ],
    ['of an unclosed diagram', '~~~ math\nx', '> ```\n> ~~~ math\n> x\n> ```'],
    ['of a diagram in a list', '- ```mermaid\n  x\n  ```', '> - \\```mermaid\n>   x\n>   ```'],
    ['of code in a known language inside a list', '- ~~~js\n  x\n  ~~~', '> - ~~~js\n>   x\n>   ~~~'],
    ['of blocks between colons', '::: mermaid\nx\n > :::\n::', '> \\::: mermaid\n> x\n>  > \\:::\n> ::'],
    ['of formulas', '$$\n```\n$a\n```', '> \\$\\$\n> ```\n> $a\n> ```'],
    ['of one price', 'It is $3 <b>', '> It is $3 \\<b>'],
    [
      'of a URL next to active markup',
      'https://a.test/<b> and www.a.test/\\<b>',
      '> https:\\//a.test/\\<b> and www\\.a.test/\\<b>',
    ],
    [
      'of a URL without active markup',
      '<b> see https://a.test/x or www.a.test',
      '> \\<b> see https://a.test/x or www.a.test',
    ],
  ];
  for (const [name, text, quoted] of quotations)
    it(`is created ${name}`, () => assert.equal(quoteMarkdown(text), quoted));

  it('keeps nested lists and deeply indented code', () => {
    const list = '- a\n  - b\n    - c\n      1. d';
    assert.equal(
      quoteMarkdown(list),
      list
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n'),
    );
    const code = `${' '.repeat(40)}x.y - z > 1`;
    assert.equal(quoteMarkdown(code), `> ${code}`);
  });

  it('supports more lines of code than a function can take arguments', () => {
    assert.equal(quoteMarkdown(`\`\`\`\n${'a\n'.repeat(200_000)}\`\`\``).split('\n').length, 200_002);
  });

  it('supports more marks in a line than a regular expression can repeat', function () {
    this.timeout(60_000);
    for (const mark of ['>', '-', '* ', '1. ']) {
      const line = mark.repeat(5_000_000);
      assert.equal(quoteMarkdown(`${line}# x`).length, `> ${line}\\# x`.length);
    }
  });

  it('starts every line with its mark', () => {
    for (const text of ['a\u2028b', '\n\n', '```\n\n', '</blockquote>\n# x', '\r\r\n']) {
      for (const line of quoteMarkdown(text).split(/\r\n?|\n/)) assert.ok(line.startsWith('>'), JSON.stringify(line));
    }
  });
});
