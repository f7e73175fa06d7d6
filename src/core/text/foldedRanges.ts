import { fold, findFolded } from './fold';

/** From the first UTF-16 unit to behind the last one. */
export type Range = readonly [start: number, end: number];

/** More of them in one text say no more than these. */
const maxRanges = 100;

/** What `rangesOf` looks for, from what was typed; empty where nothing of it counts. */
export function foldPhrase(typed: string): string {
  return fold(typed).replace(/\s+/g, ' ').trim();
}

/**
 * Where a phrase stands in a text, in whatever case, spelling and spacing: places of the text as it is, though folding
 * makes it longer or shorter.
 * @param phrase as `foldedPhrase` gives it
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
    // Two in one letter: "s" is twice in "ß".
    if (last === undefined || start >= last[1]) ranges.push([start, end]);
  }
  return ranges;
}

/** A letter with its marks, a syllable of Hangul, a flag, an emoji with what is joined to it: folding one changes nothing of the others. */
const letters =
  /\p{Regional_Indicator}{2}|(?:(?:[\u1100-\u1112][\u1161-\u1175]|[\uac00-\ud7a3])[\u11a8-\u11c2]?|\P{M})(?:[\p{M}\p{Emoji_Modifier}\uff9e\uff9f\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic})*|\p{M}+/gu;

/** The folded text, and for each unit of it where the letter begins and ends that it comes from. */
function foldWithPositions(text: string): { folded: string; starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  let folded = '';
  // Asking the text itself would have V8 copy all of it for each letter.
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
