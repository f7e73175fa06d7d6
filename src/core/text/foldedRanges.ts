import { fold, findFolded } from './fold';

/** UTF-16 indices; the end is exclusive. */
export type Range = readonly [start: number, end: number];

/** More matches in one text add no information. */
const maxRanges = 100;

/** Folds a search phrase for `findRanges`; empty if it contains nothing searchable. */
export function foldPhrase(typed: string): string {
  return fold(typed).replace(/\s+/g, ' ').trim();
}

/**
 * Returns the ranges of a phrase in the original text, ignoring case, accents, and spacing.
 * @param phrase from `foldPhrase`
 */
export function findRanges(text: string, phrase: string): readonly Range[] {
  if (phrase === '' || findFolded(fold(text).replace(/\s+/g, ' '), phrase) < 0) return [];
  const { folded, starts, ends } = foldWithPositions(text);
  const ranges: Range[] = [];
  for (
    let at = findFolded(folded, phrase);
    at >= 0 && ranges.length < maxRanges;
    at = findFolded(folded, phrase, at + phrase.length)
  ) {
    const [start = 0, end = 0] = [starts[at], ends[at + phrase.length - 1]];
    const last = ranges.at(-1);
    // Two matches in one letter: "s" is in "ß" twice.
    if (last === undefined || start >= last[1]) ranges.push([start, end]);
  }
  return ranges;
}

/** A letter with its marks, a Hangul syllable, a flag, or a joined emoji: each folds independently of the others. */
const letters =
  /\p{Regional_Indicator}{2}|(?:(?:[\u1100-\u1112][\u1161-\u1175]|[\uac00-\ud7a3])[\u11a8-\u11c2]?|\P{M})(?:[\p{M}\p{Emoji_Modifier}\uff9e\uff9f\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*|\p{M}+/gu;

/** Returns the folded text, and the start and end of the original letter for each of its UTF-16 units. */
function foldWithPositions(text: string): { folded: string; starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  // Tracked separately, because reading the end of the text would make V8 copy all of it for each letter.
  let endsWithSpace = false;
  for (const { 0: letter, index } of text.matchAll(letters)) {
    let piece = fold(letter).replace(/\s+/g, ' ');
    if (endsWithSpace && piece.startsWith(' ')) piece = piece.slice(1);
    if (piece !== '') endsWithSpace = piece.endsWith(' ');
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(index);
      ends.push(index + letter.length);
    }
    folded += piece;
  }
  return { folded, starts, ends };
}
