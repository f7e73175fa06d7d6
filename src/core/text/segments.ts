/** A stretch of text as it is, or characters that would hide or reorder text, to be shown by their code points. */
export type Segment = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden'; readonly codes: string };

/** Controls but tab and newline, bidi controls, blanks without width, separators that break lines unasked, and tags. */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]+/gu;

/** The flags of England, Scotland and Wales are a black flag, tags, and a closing tag: letters that a reader does see. */
const flagOfTags = /\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}/gu;

/** More than these are counted: a thousand tags in a row carry a message, but not one to read by its numbers. */
const shownCodes = 3;

/**
 * Splits what a stranger wrote so that nothing in it goes unseen. The texts and hidden characters together are the
 * whole input; a carriage return before a newline is the one thing left out.
 */
export function segmentsOf(written: string): readonly Segment[] {
  const text = written.replace(/\r\n/g, '\n');
  const flags = [...text.matchAll(flagOfTags)].map((match) => [match.index, match.index + match[0].length] as const);
  const segments: Segment[] = [];
  let done = 0;
  const plain = (end: number): void => {
    if (end > done) segments.push({ kind: 'text', text: text.slice(done, end) });
  };
  for (const match of text.matchAll(hidden)) {
    const end = match.index + match[0].length;
    const flag = flags.find(([from, to]) => from < match.index && match.index < to);
    const start = flag === undefined ? match.index : Math.min(flag[1], end);
    if (start === end) continue;
    plain(start);
    segments.push({ kind: 'hidden', codes: codesOf(text.slice(start, end)) });
    done = end;
  }
  plain(text.length);
  return segments;
}

/** `U+202E`, `U+200B U+FEFF`, `U+E0069 U+E0067 U+E006E … ×42`. */
function codesOf(characters: string): string {
  const codes = [...characters].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  if (codes.length <= shownCodes) return codes.join(' ');
  if (new Set(codes).size === 1) return `${codes[0]} ×${codes.length}`;
  return `${codes.slice(0, shownCodes).join(' ')} … ×${codes.length}`;
}
