import { hiddenIn } from './hidden';

/** A stretch of text as it is, or characters that would hide or reorder text, to be shown by their code points. */
export type Segment =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'hidden'; readonly codes: string };

/** More than these are counted: a thousand tags in a row carry a message, but not one to read by its numbers. */
const shownCodes = 3;

/**
 * Splits what a stranger wrote so that nothing in it goes unseen. The texts and hidden characters together are the
 * whole input; a carriage return before a newline is the one thing left out.
 */
export function segmentsOf(written: string): readonly Segment[] {
  const text = written.replace(/\r\n/g, '\n');
  const segments: Segment[] = [];
  let done = 0;
  const plain = (end: number): void => {
    if (end > done) segments.push({ kind: 'text', text: text.slice(done, end) });
  };
  for (const [start, end] of hiddenIn(text)) {
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
