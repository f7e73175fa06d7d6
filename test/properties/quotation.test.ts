import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatConversationMarkdown } from '../../src/core/text/copyMarkdown';
import { quoteMarkdown } from '../../src/core/text/escapeMarkdown';
import { createPreview, type Preview } from '../support/markdown/preview';
import { histories, runs } from './support/histories';

const image = '<img src="https://a.test/IMG">';
const diagram = 'A@{ img: "https://a.test/MERMAID", label: "x", w: 60, h: 60 }';

/** Starts of lines. */
const openings = fc.constantFrom(
  ...[
    '```',
    '```',
    '````',
    '~~~',
    '~~~',
    '~~~~',
    '$$',
    '$$',
    '$',
    ':::',
    ':::: ',
    '```mermaid',
    '~~~ Mermaid',
    '::: mermaid',
    ':::mermaid x',
  ],
  ...[
    '```json',
    '```math',
    '``` `',
    '~~~ `',
    '```\u00a0',
    '```\t',
    '~~~\u00a0 ',
    '``` $$',
    '# ',
    '###### ',
    '#\t',
    '===',
    '---',
    '--- ',
    '==',
    '- -',
    '***',
  ],
  ...[
    '[a]: command:x',
    '[a]:',
    '[^a]: ',
    '[a',
    'b]: command:x "t"',
    '|a|b|',
    '|-|-|',
    '<!--',
    '-->',
    '<div>',
    '</div>',
    '<script>',
    '<?',
    '<![CDATA[',
    ']]>',
  ],
  ...['\\begin{align}', '\\', '\\\\', '``', '`', '<', '!', '~', ''],
);
const inlineText = fc.constantFrom(
  ...[
    'a',
    'word',
    ' ',
    '  ',
    '\t',
    '\\',
    '\\\\',
    '`',
    '``',
    '```',
    '$',
    '$$',
    '*',
    '**',
    '_',
    '~~',
    '|',
    '\\|',
    '!',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&lt;',
    '&#33;',
    '"',
  ],
  ...[
    image,
    '<b>',
    '<a href="command:x">',
    '</a>',
    '<!--',
    '-->',
    '<https://a.test>',
    '<command:x>',
    '![p](https://a.test/MDIMG)',
    '![p][a]',
    '[a]',
    '[a][a]',
  ],
  ...[
    '[Sign in](command:stranger.run)',
    '[x](https://a.test)',
    '[x](<command:x>)',
    '[x]( command:x)',
    '[x](&#99;ommand:x)',
    '[x](vscode://a/b)',
    '[x](#a)',
  ],
  ...[
    '@a',
    '@',
    '#1',
    '#',
    '&#64;',
    '&commat;',
    '&num;',
    '&#35;',
    '&#49;',
    '&#97;',
    '&',
    '1',
    'GH-1',
    'GH',
    '\\-',
    '-',
    '&#71;',
    '`@a`',
    '` @a',
    '[x](https://a.test/',
    '](https://a.test/',
    ' "',
    '")',
    'http://x_y.z/',
    '](command:x)',
    '](',
    ']:',
    '[',
    '![',
    'https://a.test',
    'https://a.test/',
    'https',
    '://a',
    'www.a.test/',
    'command:x',
    diagram,
    '\u00a0',
    '\u2028',
    '\u0085',
    '\u000b',
    '\f',
    '\u0000',
    '\ufeff',
    '\u3000',
  ],
);
const linePrefixes = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' ',
  '  ',
  '   ',
  '    ',
  '\t',
  ' \t',
  '\u00a0',
  '- ',
  '-\t',
  '* ',
  '+   ',
  '1. ',
  '12) ',
  '-',
  '> ',
  '>',
  '> > ',
  '- > ',
  '> - ',
  '>\t',
  '\f',
);
const wholeLines = fc.constantFrom(
  image,
  '![p](https://a.test/MDIMG)',
  '[Sign in](command:stranger.run)',
  diagram,
  '',
  '',
);
const lines = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(linePrefixes, openings, fc.constantFrom('', '', '', ' ', '\t', '\u00a0', ' $$', ' x', '\\'))
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: wholeLines },
  {
    weight: 2,
    arbitrary: fc
      .tuple(linePrefixes, linePrefixes, openings, fc.array(inlineText, { maxLength: 4 }))
      .map(([a, b, opening, rest]) => a + b + opening + rest.join('')),
  },
  { weight: 1, arbitrary: fc.array(inlineText, { maxLength: 6 }).map((parts) => parts.join('')) },
);
const texts = fc
  .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));

/** Languages that the preview only highlights. */
const harmless = /^(?:json)?$/;

/** Finds active content of a preview: everything except text, lists, emphasis, tables, code and web links. */
function findActiveContent({ blocks, definitions }: Preview): readonly string[] {
  const activeContent = definitions.map((name) => `defines ${name}`);
  for (const token of blocks.flatMap((block) => [block, ...(block.children ?? [])])) {
    if (token.type === 'html_inline' && token.content === '<!-- -->') continue;
    if (/image|html|math|mermaid|heading/.test(token.type)) activeContent.push(`${token.type} ${token.content.trim()}`);
    if (token.type === 'fence' && !harmless.test(token.info.trim())) activeContent.push(`fence ${token.info}`);
    const href = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
    if (!/^(?:https?:|$)/i.test(href)) activeContent.push(`link ${href}`);
  }
  return activeContent;
}

/** Finds text outside links that GitHub turns into a mention or an issue link. */
function findMentions({ blocks }: Preview): readonly string[] {
  const attacks: string[] = [];
  for (const { children } of blocks) {
    let links = 0;
    for (const { type, content } of children ?? []) {
      if (type === 'link_open') links += 1;
      if (type === 'link_close') links -= 1;
      if (type === 'text' && links === 0 && /(?<![a-z\d])@[a-z\d]|#\d|(?<![a-z\d])GH-\d/i.test(content))
        attacks.push(content);
    }
  }
  return attacks;
}

/** Returns the top-level blocks of a document. */
function topLevelBlocks({ blocks }: Preview): readonly string[] {
  return blocks.filter(({ level, nesting }) => level === 0 && nesting >= 0).map(({ type }) => type);
}

describe('untrusted Markdown in the preview', () => {
  const evil = `${image}\n\n![p](https://a.test/MDIMG)\n\n[Sign in](command:stranger.run)`;
  const attacks: readonly (readonly [name: string, text: string])[] = [
    ['alone', evil],
    ['after a fence followed by a no-break space', `\`\`\`\n\`\`\`\u00a0\n\`\`\`\n${evil}`],
    ['after a fence indented by a tab', `\`\`\`\n\t\`\`\`\n${evil}`],
    ['after a formula that contains the fence', `$$\n\`\`\`\n$$\n\n${evil}`],
    [
      'after a URL that absorbs the backslash',
      `https://a.test/${image} https[://a.test/](command:stranger.run) https://a.test/![p](https://a.test/MDIMG)`,
    ],
    ['after a URL that absorbs their own backslash', `https://a.test/\\${image}`],
    ['in a diagram', `\`\`\`mermaid\nflowchart TD\n${diagram}\n\`\`\``],
    ['in a diagram in a list', `- \`\`\`mermaid\n  flowchart TD\n  ${diagram}\n  \`\`\``],
    ['in a diagram between colons', `::: mermaid\nflowchart TD\n${diagram}\n:::`],
    ['after a diagram that contains the fence', `::: mermaid\n\`\`\`\n:::\n${evil}`],
  ];
  for (const [name, text] of attacks) {
    it(`is only text ${name}`, () => {
      const preview = createPreview(quoteMarkdown(text));
      assert.deepEqual(findActiveContent(preview), []);
      assert.deepEqual(topLevelBlocks(preview), ['blockquote_open']);
    });
  }

  it('would be active without escaping', () => {
    assert.deepEqual(findActiveContent(createPreview(evil)), [
      `html_block ${image}`,
      'image p',
      'link command:stranger.run',
    ]);
    for (const [name, text] of attacks)
      assert.notDeepEqual(findActiveContent(createPreview(text.replace(/^/gm, '> '))), [], name);
  });

  it('never becomes an image, HTML, formula, diagram, definition, heading or command, and stays in its quotation', async () => {
    await histories(
      fc.property(texts, (text) => {
        const preview = createPreview(quoteMarkdown(text));
        assert.deepEqual(findActiveContent(preview), [], quoteMarkdown(text));
        assert.deepEqual(findMentions(preview), [], quoteMarkdown(text));
        assert.deepEqual(topLevelBlocks(preview), ['blockquote_open'], quoteMarkdown(text));
      }),
      runs * 10,
    );
  });

  it('is only text anywhere in a copied conversation', async () => {
    const labels = {
      variables: 'Variables',
      transcript: 'Transcript',
      noTurns: 'None',
      arguments: 'Arguments',
      result: 'Result',
      role: (role: string) => role,
      call: (name: string) => `Calls ${name}`,
    };
    await histories(
      fc.property(texts, texts, (one, other) => {
        const call = { name: one, arguments: { [other]: one }, result: other };
        const turns = [one, other].map((content) => ({ role: other, content, functionCalls: [call] }));
        const document = formatConversationMarkdown(
          {
            title: one,
            facts: [
              { name: 'Id', value: other, code: true },
              { name: 'Name', value: one },
            ],
            variables: { [one]: other },
            turns,
          },
          labels,
        );
        const headings = 1 + 2 + turns.length;
        const activeContent = findActiveContent(createPreview(document));
        assert.deepEqual(
          activeContent.filter((each) => !each.startsWith('heading')),
          [],
          document,
        );
        assert.equal(activeContent.length, 2 * headings, document);
        assert.deepEqual(findMentions(createPreview(document)), [], document);
      }),
      runs,
    );
  });
});
