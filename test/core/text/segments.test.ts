import assert from 'node:assert/strict';
import { segmentsOf } from '../../../src/core/text/segments';

/** Hidden characters in brackets. */
function read(written: string): string {
  return segmentsOf(written)
    .map((segment) => (segment.kind === 'text' ? segment.text : segment.kind === 'hidden' ? `[${segment.codes}]` : '?'))
    .join('|');
}

const england = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';

describe('characters that hide or reorder text', () => {
  const shown: readonly [name: string, written: string, read: string][] = [
    ['nothing of plain text', 'Grüße\t👋\nzwei', 'Grüße\t👋\nzwei'],
    ['nothing of nothing', '', ''],
    ['each by its number, between the text', 'a\u202eb\u0007', 'a|[U+202E]|b|[U+0007]'],
    ['nothing before them where they come first', '\u200bx', '[U+200B]|x'],
    ['up to three of a row', '\u200b\ufeff\u2060', '[U+200B U+FEFF U+2060]'],
    ['three of more in a row, and how many they are', '\u200b\ufeff\u2060\u200b', '[U+200B U+FEFF U+2060 … ×4]'],
    ['one of many that are the same', '\u200b'.repeat(1000), '[U+200B ×1000]'],
    ['tags beyond 16 bits', 'a\u{e0061}', 'a|[U+E0061]'],
    ['line ends of two characters as one', 'a\r\nb', 'a\nb'],
    ['a carriage return alone, which writes over what stands there', 'a\rb', 'a|[U+000D]|b'],
    ['a flag of tags as the flag', `${england}!`, `${england}!`],
    ['two flags in a row as flags', `${england}${england}`, `${england}${england}`],
    ['what hides behind a flag', `${england}\u{e0041}x`, `${england}|[U+E0041]|x`],
    ['tags before a flag', `\u{e0041}${england}`, `[U+E0041]|${england}`],
    ['tags that no flag begins', `x\u{e0067}\u{e007f}`, 'x|[U+E0067 U+E007F]'],
    ['a flag that never ends', '\u{1f3f4}\u{e0067}', '\u{1f3f4}|[U+E0067]'],
    ['what hides far behind a flag', `${england} a\u200b`, `${england} a|[U+200B]`],
  ];
  for (const [name, written, expected] of shown) it(`shows ${name}`, () => assert.equal(read(written), expected));

  it('has no segment without text', () => {
    for (const [, written] of shown) {
      assert.ok(segmentsOf(written).every((segment) => (segment.kind === 'text' ? segment.text : segment.codes) !== ''), written);
    }
  });
});
