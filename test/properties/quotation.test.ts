import assert from 'node:assert/strict';
import fc from 'fast-check';
import { conversationMarkdown } from '../../src/core/text/copyMarkdown';
import { quotation } from '../../src/core/text/escapeMarkdown';
import { previewOf, type Preview } from '../support/markdown/preview';
import { histories, runs } from './support/histories';

const image = '<img src="https://a.test/IMG">';
const diagram = 'A@{ img: "https://a.test/MERMAID", label: "x", w: 60, h: 60 }';

/** What a line says where it begins. */
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
const inner = fc.constantFrom(
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
const marks = fc.constantFrom(
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
const wholes = fc.constantFrom(image, '![p](https://a.test/MDIMG)', '[Sign in](command:stranger.run)', diagram, '', '');
const lines = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(marks, openings, fc.constantFrom('', '', '', ' ', '\t', '\u00a0', ' $$', ' x', '\\'))
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: wholes },
  {
    weight: 2,
    arbitrary: fc
      .tuple(marks, marks, openings, fc.array(inner, { maxLength: 4 }))
      .map(([a, b, opening, rest]) => a + b + opening + rest.join('')),
  },
  { weight: 1, arbitrary: fc.array(inner, { maxLength: 6 }).map((parts) => parts.join('')) },
);
const texts = fc
  .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 14 })
  .map((parts) => parts.flat().join(''));

/** Languages that the preview colours, and of which nothing else is made. */
const harmless = /^(?:json)?$/;

/** What the preview makes of the text beyond text, lists, emphasis, tables, code and links to the web. */
function madeOf({ blocks, definitions }: Preview): readonly string[] {
  const made = definitions.map((name) => `defines ${name}`);
  for (const token of blocks.flatMap((block) => [block, ...(block.children ?? [])])) {
    if (token.type === 'html_inline' && token.content === '<!-- -->') continue;
    if (/image|html|math|mermaid|heading/.test(token.type)) made.push(`${token.type} ${token.content.trim()}`);
    if (token.type === 'fence' && !harmless.test(token.info.trim())) made.push(`fence ${token.info}`);
    const href = token.type === 'link_open' ? (token.attrGet('href') ?? '') : '';
    if (!/^(?:https?:|$)/i.test(href)) made.push(`link ${href}`);
  }
  return made;
}

/** Texts, outside of links, that GitHub makes a mention or a link to an issue of. */
function mentioned({ blocks }: Preview): readonly string[] {
  const found: string[] = [];
  for (const { children } of blocks) {
    let links = 0;
    for (const { type, content } of children ?? []) {
      if (type === 'link_open') links += 1;
      if (type === 'link_close') links -= 1;
      if (type === 'text' && links === 0 && /(?<![a-z\d])@[a-z\d]|#\d|(?<![a-z\d])GH-\d/i.test(content))
        found.push(content);
    }
  }
  return found;
}

/** What stands at the document's own level: of a quotation, nothing but the quotation. */
function outermost({ blocks }: Preview): readonly string[] {
  return blocks.filter(({ level, nesting }) => level === 0 && nesting >= 0).map(({ type }) => type);
}

describe('A stranger’s Markdown in the preview', () => {
  const evil = `${image}\n\n![p](https://a.test/MDIMG)\n\n[Sign in](command:stranger.run)`;
  const found: readonly (readonly [name: string, text: string])[] = [
    ['as it is', evil],
    ['behind a fence that a no-break space stands behind', `\`\`\`\n\`\`\`\u00a0\n\`\`\`\n${evil}`],
    ['behind a fence that a tab sets in', `\`\`\`\n\t\`\`\`\n${evil}`],
    ['behind a formula that takes the fence', `$$\n\`\`\`\n$$\n\n${evil}`],
    [
      'behind an address that takes the backslash',
      `https://a.test/${image} https[://a.test/](command:stranger.run) https://a.test/![p](https://a.test/MDIMG)`,
    ],
    ['behind an address that takes a backslash of theirs', `https://a.test/\\${image}`],
    ['in a diagram', `\`\`\`mermaid\nflowchart TD\n${diagram}\n\`\`\``],
    ['in a diagram in a list', `- \`\`\`mermaid\n  flowchart TD\n  ${diagram}\n  \`\`\``],
    ['in a diagram between colons', `::: mermaid\nflowchart TD\n${diagram}\n:::`],
    ['behind a diagram that takes the fence', `::: mermaid\n\`\`\`\n:::\n${evil}`],
  ];
  for (const [name, text] of found) {
    it(`makes nothing of it ${name}`, () => {
      const preview = previewOf(quotation(text));
      assert.deepEqual(madeOf(preview), []);
      assert.deepEqual(outermost(preview), ['blockquote_open']);
    });
  }

  it('is known to be seen by this preview where it is quoted as it is', () => {
    assert.deepEqual(madeOf(previewOf(evil)), [`html_block ${image}`, 'image p', 'link command:stranger.run']);
    for (const [name, text] of found) assert.notDeepEqual(madeOf(previewOf(text.replace(/^/gm, '> '))), [], name);
  });

  it('makes no image, HTML, formula, diagram, definition, heading or command of it, and stays within the quotation', async () => {
    await histories(
      fc.property(texts, (text) => {
        const preview = previewOf(quotation(text));
        assert.deepEqual(madeOf(preview), [], quotation(text));
        assert.deepEqual(mentioned(preview), [], quotation(text));
        assert.deepEqual(outermost(preview), ['blockquote_open'], quotation(text));
      }),
      runs * 10,
    );
  });

  it('makes nothing of it in a whole document, wherever it stands', async () => {
    const words = {
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
        const document = conversationMarkdown(
          {
            title: one,
            facts: [
              { name: 'Id', value: other, code: true },
              { name: 'Name', value: one },
            ],
            variables: { [one]: other },
            turns,
          },
          words,
        );
        const headings = 1 + 2 + turns.length;
        const made = madeOf(previewOf(document));
        assert.deepEqual(
          made.filter((each) => !each.startsWith('heading')),
          [],
          document,
        );
        assert.equal(made.length, 2 * headings, document);
        assert.deepEqual(mentioned(previewOf(document)), [], document);
      }),
      runs,
    );
  });
});
