import type { Range } from '../../text/foldedRanges';
import { visible } from '../../text/label';
import type { Finding } from './query';

/** A line around what was found. */
export interface Excerpt {
  readonly text: string;
  /** What was found in it, in UTF-16 units of `text`. */
  readonly highlights: readonly Range[];
}

/** UTF-16 units. Little stands before: a side bar is narrow, and what was found is to be seen in it. */
const before = 16;
const longest = 120;

/** One line, bounded, with whatever could hide or reorder text made harmless; never half of a letter. */
export function excerptOf({ text, ranges }: Finding): Excerpt {
  const [first] = ranges;
  if (first === undefined) return { text: '', highlights: [] };
  const from = wordBefore(text, first[0]);
  const to = wholeBefore(text, Math.min(text.length, from + longest));
  const highlights: Range[] = [];
  let line = from > 0 ? '…' : '';
  let done = from;
  const add = (end: number): void => {
    const piece = visible(text.slice(done, end)).replace(/\s+/g, ' ');
    line += line === '' || line.endsWith(' ') || line === '…' ? piece.trimStart() : piece;
    done = end;
  };
  for (const [start, end] of ranges) {
    if (start >= to) break;
    add(start);
    const begin = line.length;
    add(Math.min(end, to));
    highlights.push([begin, line.length]);
  }
  add(to);
  const whole = line.trimEnd();
  return {
    text: to < text.length ? `${whole}…` : whole,
    // What only hidden characters or blanks were found in is not to be seen.
    highlights: highlights
      .map(([start, end]): Range => [start, Math.min(end, whole.length)])
      .filter(([start, end]) => start < end),
  };
}

/** The beginning of a word, at most so many units before; of any letter where there is no word's. */
function wordBefore(text: string, at: number): number {
  if (at <= before) return 0;
  const start = at - before;
  const space = /\s(?=\S)/u.exec(text.slice(start, at));
  return space === null ? wholeBefore(text, start) : start + space.index + 1;
}

/** The place itself, or before the letter that it would cut in two. */
function wholeBefore(text: string, at: number): number {
  let place = at;
  while (place > 0 && /^(?:[\udc00-\udfff]|\p{M})/u.test(text.slice(place, place + 2))) place -= 1;
  return place;
}
