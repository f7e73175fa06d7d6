import { findHarmlessDirections } from './directions';

/**
 * Characters that are invisible or reorder text, such as bidi controls, blanks, tags, and variation selectors. Joiners
 * aren't included, because many scripts and emoji need them.
 */
const invisible = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]`;

/** No word has so many in a row; longer runs can encode a hidden message. */
const manyJoiners = String.raw`[\u200c\u200d]{3,}`;

/**
 * Invisible characters with a visible effect: tags in the flags of England, Scotland, and Wales, and variation
 * selectors after emoji, symbols, ideographs, and Mongolian letters.
 */
const meaningful = [
  String.raw`\u{1f3f4}[\u{e0020}-\u{e007e}]{1,8}\u{e007f}`,
  String.raw`[\p{Emoji}\p{S}\p{P}][\ufe0e\ufe0f]`,
  String.raw`[\p{S}\p{P}\p{sc=Han}\p{sc=Mymr}\p{sc=Phag}][\ufe00-\ufe02]`,
  String.raw`\p{sc=Han}[\u{e0100}-\u{e01ef}]`,
  String.raw`\p{sc=Mong}[\u180b-\u180d\u180f]`,
].join('|');

/** A selector after a blank or a tag has no effect, so it is hidden. */
const meaningfulOrHidden = new RegExp(`(?!${invisible})(?:${meaningful})|((?:${invisible}|${manyJoiners})+)`, 'gu');

/** Yields the ranges of hidden characters in order. */
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

/** Text as it is, or hidden characters as code points. */
export type Segment =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden'; readonly codes: string };

/** Longer runs show only a count: a thousand tags can carry a message, but not a readable one. */
const maxShownCodes = 3;

/** Splits untrusted text so that nothing in it stays hidden. Only a carriage return before a newline is dropped. */
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

/** Formats `U+202E`, `U+200B U+FEFF`, `U+E0069 U+E0067 U+E006E … ×42`. */
function formatCodes(characters: string): string {
  const codes = [...characters].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  if (codes.length <= maxShownCodes) return codes.join(' ');
  if (new Set(codes).size === 1) return `${codes[0]} ×${codes.length}`;
  return `${codes.slice(0, maxShownCodes).join(' ')} … ×${codes.length}`;
}
