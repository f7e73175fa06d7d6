import { normalizeBounded } from '../text/fold';
import { type Range, foldPhrase, findRanges } from '../text/foldedRanges';
import { toVisibleLine } from '../text/label';
import { timeLimited } from '../util/timeout';
import { type MatchPlace, type SearchedConversation, searchedFields } from './transcriptFields';

/** What is looked for in transcripts. */
export interface SearchQuery {
  /** As typed. */
  readonly text: string;
  readonly isRegex: boolean;
}

/** Where it stands in a text, in its order. `text` is the text that the ranges are of: as it is, or normalised. */
export interface Finding {
  readonly text: string;
  readonly ranges: readonly Range[];
}

export type Find = (text: string) => Finding;

export type CompiledQuery =
  | { readonly ok: true; readonly find: Find }
  | { readonly ok: false; readonly problem: 'nothing' }
  /** `reason` is the engine's, in English. */
  | { readonly ok: false; readonly problem: 'invalid'; readonly reason: string };

const mostRanges = 100;

export function compileQuery({ text, isRegex }: SearchQuery): CompiledQuery {
  return isRegex ? compileRegex(text) : compileText(text);
}

function compileText(typed: string): CompiledQuery {
  const phrase = foldPhrase(typed);
  if (phrase === '') return { ok: false, problem: 'nothing' };
  return { ok: true, find: (text) => ({ text, ranges: findRanges(text, phrase) }) };
}

/** In any case, line by line, and with composed accents on both sides: an expression counts letters. */
function compileRegex(typed: string): CompiledQuery {
  if (typed === '') return { ok: false, problem: 'nothing' };
  let regex: RegExp;
  try {
    regex = new RegExp(typed.normalize('NFC'), 'gimu');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problem: 'invalid', reason: error.message.replace(/^.*\/[a-z]*: /s, '') };
  }
  return { ok: true, find: (text) => findAll(regex, normalizeBounded(text, 'NFC')) };
}

function findAll(regex: RegExp, text: string): Finding {
  const ranges: Range[] = [];
  for (const { 0: found, index } of text.matchAll(regex)) {
    // `a*` is found between any two letters: that is nothing to look at.
    if (found !== '') ranges.push([index, index + found.length]);
    if (ranges.length === mostRanges) break;
  }
  return { text, ranges };
}

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
    const piece = toVisibleLine(text.slice(done, end)).replace(/\s+/g, ' ');
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

export interface TranscriptMatch {
  readonly place: MatchPlace;
  readonly excerpt: Excerpt;
  /** The first that was found there, as it stands in the transcript, bounded: what to point at once it is open. */
  readonly found: string;
}

export interface TranscriptMatches {
  /** From top to bottom, at most `mostMatches`. */
  readonly matches: readonly TranscriptMatch[];
  /** All of them: one for each message, name or value in which something was found. */
  readonly total: number;
}

/** Of one conversation; nobody reads more before opening it. */
export const mostMatches = 100;

/** UTF-16 units. */
const longestFound = 200;

/** Milliseconds that a regular expression may take for one conversation. */
const timeLimit = 500;

/** @throws TimeoutError for a regular expression that does */
export function searchTranscript(conversation: SearchedConversation, find: Find, isRegex: boolean): TranscriptMatches {
  const work = (): TranscriptMatches => search(conversation, find);
  return isRegex ? timeLimited(timeLimit, work) : work();
}

function search(conversation: SearchedConversation, find: Find): TranscriptMatches {
  const matches: TranscriptMatch[] = [];
  let total = 0;
  for (const { place, text } of searchedFields(conversation)) {
    const finding = find(text);
    const [first] = finding.ranges;
    if (first === undefined) continue;
    total += 1;
    if (matches.length === mostMatches) continue;
    const found = finding.text.slice(first[0], Math.min(first[1], first[0] + longestFound));
    matches.push({ place, excerpt: excerptOf(finding), found });
  }
  return { matches, total };
}
