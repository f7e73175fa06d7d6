/**
 * Characters in which two spellings of a word differ. Marks that make a different letter aren't among them, such as in
 * Devanagari, Japanese, or Cyrillic й; neither are joiners between emoji, which make a different emoji.
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
/** Letters without a Unicode decomposition, and what users type instead. */
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
/** Two regional indicators make a flag. */
const flag = /\p{Regional_Indicator}{2}/gu;
/** Separates flags. It occurs nowhere else in folded text, because it is ignorable. */
const endOfFlag = '\u200b';

/**
 * Returns a key for comparing spellings. It is composed, so that no letter matches a part of another (Hangul, kana),
 * and in upper case, which doesn't depend on a letter's position (sigma) and expands ß.
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
 * Normalizes text, with a joiner (U+034F) after every 30 marks, as in Unicode's Stream-Safe Text Format (UAX #15).
 * Without it, time grows with the square of a run of marks. No language has such runs.
 */
export function normalizeBounded(text: string, form: 'NFC' | 'NFKD'): string {
  return text.replace(longRunOfMarks, '$&\u034f').normalize(form);
}

/** Splits text into folded words. */
export function foldTerms(text: string): readonly string[] {
  return fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Returns the first index at or after `from` where the folded phrase begins and ends at a letter boundary, or -1. */
export function findFolded(text: string, phrase: string, from = 0): number {
  let at = text.indexOf(phrase, from);
  while (at >= 0 && !(isBetweenLetters(text, at) && isBetweenLetters(text, at + phrase.length)))
    at = text.indexOf(phrase, at + 1);
  return at;
}

/** Characters that continue the previous letter. */
const continues = /^[\p{M}\p{Emoji_Modifier}\u200d\uff9e\uff9f\u{e0020}-\u{e007f}]/u;
const joinedFlag = /^\p{Regional_Indicator}{2}/u;

function isBetweenLetters(text: string, at: number): boolean {
  // Most text has no marks.
  if (at === 0 || at >= text.length || text.charCodeAt(at) < 0x300) return true;
  if (text.charCodeAt(at - 1) === 0x200d || continues.test(text.slice(at, at + 2))) return false;
  return !joinedFlag.test(text.slice(Math.max(0, at - 2), at + 2));
}
