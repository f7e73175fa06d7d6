/**
 * Accents, vowel points, joiners, direction marks, variation selectors: what two spellings of one word differ by.
 * Only marks of scripts that are read without them too: in Devanagari or Japanese a mark makes another letter, as in
 * Cyrillic in й, ў, ї, ѓ and ќ. A joiner between emoji makes another emoji.
 */
const ignorable = new RegExp(
  [
    String.raw`[\u00ad\u0300\u0302-\u0305\u0307\u0309-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u180b-\u180d\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20f0\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]+`,
    String.raw`(?<![ГгКк])\u0301`,
    String.raw`(?<![ИиУу])\u0306`,
    String.raw`(?<![Іі])\u0308`,
    String.raw`(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})`,
  ].join('|'),
  'gu',
);
/** Letters that Unicode doesn't take apart, by what people type who don't have them on their keyboard. */
const unstroked: Readonly<Record<string, string>> = {
  Đ: 'D',
  Ð: 'D',
  Ħ: 'H',
  Ł: 'L',
  Ø: 'O',
  Ŧ: 'T',
  Æ: 'AE',
  Œ: 'OE',
  Þ: 'TH',
};
const stroked = /[ĐÐĦŁØŦÆŒÞ]/g;
const plain = /^[\x20-\x7e]*$/;
/** Two letters of an alphabet of its own make a flag. */
const flag = /\p{Regional_Indicator}{2}/gu;
/** Keeps two flags apart. As ignorable it is nowhere else in folded text. */
const endOfFlag = '\u200b';

/**
 * What is the same for spellings that a reader takes for the same. For comparing only, not for showing.
 * Composed, so that a letter doesn't contain a part of it as another letter (Hangul, kana). Upper case, because it
 * does not depend on a letter's place in its word (sigma), and spells out what lower case keeps (ß).
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toUpperCase();
  return normalizeBounded(normalizeBounded(text, 'NFKD').replace(ignorable, ''), 'NFC')
    .toUpperCase()
    .replace(stroked, (letter) => unstroked[letter] ?? letter)
    .replace(flag, `$&${endOfFlag}`);
}

const longRunOfMarks = /\p{M}{30}(?=\p{M})/gu;

/**
 * The text in a normal form, with a joiner (U+034F) after every 30 marks in a row, as in Unicode's Stream-Safe Text Format
 * (UAX #15). Without it, twice as many marks take four times as long, since the marks of a run are sorted. No language has so many.
 */
export function normalizeBounded(text: string, form: 'NFC' | 'NFKD'): string {
  return text.replace(longRunOfMarks, '$&\u034f').normalize(form);
}

/** The words of what was typed, folded. */
export function foldWords(text: string): readonly string[] {
  return fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The first place at or behind `from` where a folded text contains folded words that begin and end between letters, or -1. */
export function findFolded(text: string, phrase: string, from = 0): number {
  let at = text.indexOf(phrase, from);
  while (at >= 0 && !(isBetweenLetters(text, at) && isBetweenLetters(text, at + phrase.length)))
    at = text.indexOf(phrase, at + 1);
  return at;
}

/** What belongs to the letter before it. */
const continues = /^[\p{M}\p{Emoji_Modifier}\u200d\uff9e\uff9f\u{e0020}-\u{e007f}]/u;
const joinedFlag = /^\p{Regional_Indicator}{2}/u;

function isBetweenLetters(text: string, at: number): boolean {
  // Most text is below the first mark.
  if (at === 0 || at >= text.length || text.charCodeAt(at) < 0x300) return true;
  if (text.charCodeAt(at - 1) === 0x200d || continues.test(text.slice(at, at + 2))) return false;
  return !joinedFlag.test(text.slice(Math.max(0, at - 2), at + 2));
}
