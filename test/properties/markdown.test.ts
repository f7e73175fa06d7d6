import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { needsParser } from '../../media/details/markdown';
import { histories, runs } from './support/histories';

const pieces = fc.constantFrom(
  ...[
    'a',
    'Hello',
    ' ',
    '  ',
    '    ',
    '\t',
    '\n',
    '\n\n',
    '1',
    '1.',
    '1)',
    '-',
    '--',
    '+',
    '=',
    '==',
    '#',
    '##',
    '>',
    '|',
    '~',
    '~~',
    '!',
    '[',
    ']',
    '(x)',
  ],
  ...[
    '*',
    '_',
    '`',
    '<',
    '&',
    '&amp;',
    '&#33;',
    ';',
    '\\',
    '.',
    ':',
    'https://x.example',
    'a@b.example',
    '€',
    '😀',
    '\u00a0',
    '\r',
  ],
);

describe('check for Markdown syntax', () => {
  it('finds syntax with tabs and carriage returns', () => {
    for (const text of ['--\t--', 'a\r-:', 'a\n:-', 'a\r\r\nb'])
      assert.equal(needsParser(text), true, JSON.stringify(text));
  });

  it('is fast for text that consists of line separators', () => {
    const startedAt = performance.now();
    assert.equal(needsParser(`a${'\u2028'.repeat(20_000)}`), false);
    assert.ok(performance.now() - startedAt < 200);
  });

  it('finds no syntax only if the parser returns a single paragraph of text', async () => {
    const window: { markdownSyntax?: (text: string) => Root } = {};
    Object.assign(globalThis, { window });
    await import('../../media/details/markdownSyntax');
    const parse = window.markdownSyntax ?? assert.fail('there is no parser');
    let plainTexts = 0;
    const isText = (kind: string, index: number): boolean =>
      kind === 'text' || kind === 'break' || (kind === 'paragraph' && index === 0);
    await histories(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        if (needsParser(text)) return;
        plainTexts += 1;
        const inner = (block: Nodes): readonly string[] =>
          'children' in block ? block.children.map(({ type }) => type) : [];
        const kinds = parse(text).children.flatMap((block) => [block.type, ...inner(block)]);
        assert.deepEqual(
          kinds.filter((kind, index) => !isText(kind, index)),
          [],
          JSON.stringify(text),
        );
      }),
      runs * 10,
    );
    assert.ok(plainTexts > 100, `${plainTexts} texts without syntax`);
  });
});
