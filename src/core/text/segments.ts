import { findHarmlessDirections } from './directions';

/**
 * What leaves no ink, or turns around what stands beside it: controls but tab and newline, bidi controls, blanks without width,
 * letters and signs that are blank, separators that break lines unasked, marks of annotations and of notes, tags, and what chooses
 * a variant of the character before it. Joiners are not among it: many scripts and emoji need them.
 */
const invisible = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]`;

/** No word has so many in a row, and a message can be written in them. */
const manyJoiners = String.raw`[\u200c\u200d]{3,}`;

/**
 * What a reader sees the use of. The flags of England, Scotland and Wales are a black flag, tags, and a closing tag; and one
 * character may choose a variant of the one before it, where there are any: of emoji and signs, ideographs, and Mongolian.
 */
const meaningful = [
  String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}`,
  String.raw`[\p{Emoji}\p{S}\p{P}][\ufe0e\ufe0f]`,
  String.raw`[\p{S}\p{P}\p{sc=Han}\p{sc=Mymr}\p{sc=Phag}][\ufe00-\ufe02]`,
  String.raw`\p{sc=Han}[\u{e0100}-\u{e01ef}]`,
  String.raw`\p{sc=Mong}[\u180b-\u180d\u180f]`,
].join('|');

/** A character right behind what is blank itself, or behind tags, chooses no variant of it. */
const meaningfulOrHidden = new RegExp(`(?!${invisible})(?:${meaningful})|((?:${invisible}|${manyJoiners})+)`, 'gu');

/** Stretches of what would go unseen, as the indices of their beginnings and ends, in their order. */
export function* findHidden(text: string): Generator<readonly [start: number, end: number]> {
  const harmless = findHarmlessDirections(text);
  for (const { index, 0: whole, 1: hidden } of text.matchAll(meaningfulOrHidden)) {
    if (hidden === undefined) continue;
    const end = index + whole.length;
    let start = index;
    for (let at = index; harmless.size > 0 && at < end; at += 1) {
      if (!harmless.has(at)) continue;
      if (at > start) yield [start, at];
      start = at + 1;
    }
    if (end > start) yield [start, end];
  }
}

/** A stretch of text as it is, or characters that would hide or reorder text, to be shown by their code points. */
export type Segment =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden'; readonly codes: string };

/** More than these are counted: a thousand tags in a row carry a message, but not one to read by its numbers. */
const maxShownCodes = 3;

/**
 * Splits what a stranger wrote so that nothing in it goes unseen. The texts and hidden characters together are the
 * whole input; a carriage return before a newline is the one thing left out.
 */
export function splitSegments(written: string): readonly Segment[] {
  const text = written.replace(/\r\n/g, '\n');
  const segments: Segment[] = [];
  let done = 0;
  const plain = (end: number): void => {
    if (end > done) segments.push({ kind: 'text', text: text.slice(done, end) });
  };
  for (const [start, end] of findHidden(text)) {
    plain(start);
    segments.push({ kind: 'hidden', codes: formatCodes(text.slice(start, end)) });
    done = end;
  }
  plain(text.length);
  return segments;
}

/** `U+202E`, `U+200B U+FEFF`, `U+E0069 U+E0067 U+E006E … ×42`. */
function formatCodes(characters: string): string {
  const codes = [...characters].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  if (codes.length <= maxShownCodes) return codes.join(' ');
  if (new Set(codes).size === 1) return `${codes[0]} ×${codes.length}`;
  return `${codes.slice(0, maxShownCodes).join(' ')} … ×${codes.length}`;
}
