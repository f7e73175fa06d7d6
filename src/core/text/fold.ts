/**
 * Accents, vowel points, joiners, direction marks, emoji variation selectors: what two spellings of one word differ by.
 * Only marks of scripts that are read without them too: in Devanagari or Japanese a mark makes another letter.
 */
const ignorable =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20f0\ufe00-\ufe0f\ufeff]+/g;
const plain = /^[\x20-\x7e]*$/;

/**
 * What is the same for spellings that a reader takes for the same. For comparing only, not for showing.
 * Upper case, because it does not depend on a letter's place in its word (sigma), and spells out what lower case keeps (ß).
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toUpperCase();
  return text.normalize('NFKD').replace(ignorable, '').toUpperCase();
}

/** The words of what was typed, folded. */
export function wordsOf(text: string): readonly string[] {
  return fold(text).split(/\s+/).filter((word) => word !== '');
}
