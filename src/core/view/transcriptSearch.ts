import { normalizeBounded } from '../text/fold';
import { type Range, foldPhrase, findRanges } from '../text/foldedRanges';
import { toVisibleLine } from '../text/title';
import { timeLimited } from '../util/timeout';
import { findCallFailure } from './detailsFailure';
import { type MatchPlace, type SearchedConversation, listSearchedFields } from './transcriptFields';

export interface SearchQuery {
  /** For `tool`, the tool's name. */
  readonly text: string;
  readonly isRegex: boolean;
  /** Searches for tool calls instead of text: all failed ones, or all calls of a tool. */
  readonly calls?: 'failed' | 'tool';
}

/** The matches in a text, in order. `text` may be normalized; the ranges refer to it. */
export interface MatchedText {
  readonly text: string;
  readonly ranges: readonly Range[];
}

export type Find = (text: string) => MatchedText;

export type CompiledQuery =
  | { readonly ok: true; readonly find: Find }
  | { readonly ok: false; readonly problem: 'nothing' }
  /** `reason` is the engine's, in English. */
  | { readonly ok: false; readonly problem: 'invalid'; readonly reason: string };

const maxRanges = 100;

export function compileQuery({ text, isRegex }: Omit<SearchQuery, 'calls'>): CompiledQuery {
  return isRegex ? compileRegex(text) : compileText(text);
}

function compileText(typed: string): CompiledQuery {
  const phrase = foldPhrase(typed);
  if (phrase === '') return { ok: false, problem: 'nothing' };
  return { ok: true, find: (text) => ({ text, ranges: findRanges(text, phrase) }) };
}

/** Ignores case, matches line by line, and composes accents on both sides, because an expression counts letters. */
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

function findAll(regex: RegExp, text: string): MatchedText {
  const ranges: Range[] = [];
  for (const { 0: found, index } of text.matchAll(regex)) {
    // `a*` has empty matches between letters, which can't be shown.
    if (found !== '') ranges.push([index, index + found.length]);
    if (ranges.length === maxRanges) break;
  }
  return { text, ranges };
}

/** A line around a match. */
export interface Excerpt {
  readonly text: string;
  /** The matches, in UTF-16 units of `text`. */
  readonly highlights: readonly Range[];
}

/** UTF-16 units before the match; few, because side bars are narrow. */
const maxCharsBefore = 16;
const maxExcerptChars = 120;

/** Returns one short line with harmful characters replaced, and no letter cut in half. */
export function createExcerpt({ text, ranges }: MatchedText): Excerpt {
  const [first] = ranges;
  if (first === undefined) return { text: '', highlights: [] };
  const from = findWordStart(text, first[0]);
  const to = findCharacterStart(text, Math.min(text.length, from + maxExcerptChars));
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
    // Matches of only hidden characters or spaces are invisible.
    highlights: highlights
      .map(([start, end]): Range => [start, Math.min(end, whole.length)])
      .filter(([start, end]) => start < end),
  };
}

/** Returns the start of a word within the limit, or else of a letter. */
function findWordStart(text: string, at: number): number {
  if (at <= maxCharsBefore) return 0;
  const start = at - maxCharsBefore;
  const space = /\s(?=\S)/u.exec(text.slice(start, at));
  return space === null ? findCharacterStart(text, start) : start + space.index + 1;
}

/** Moves the index before a letter that it would cut in two. */
function findCharacterStart(text: string, at: number): number {
  let place = at;
  while (place > 0 && /^(?:[\udc00-\udfff]|\p{M})/u.test(text.slice(place, place + 2))) place -= 1;
  return place;
}

export interface TranscriptMatch {
  readonly place: MatchPlace;
  readonly excerpt: Excerpt;
  /** The first match as in the transcript, shortened; the panel scrolls to it. */
  readonly found: string;
}

export interface TranscriptMatches {
  /** From top to bottom, up to the limit. */
  readonly matches: readonly TranscriptMatch[];
  /** The number of all matches: one for each message, name or value. */
  readonly total: number;
}

/** Per conversation. */
export const maxTranscriptMatches = 100;

/** UTF-16 units. */
const maxFoundChars = 200;

/** The time limit of a regular expression per conversation, in milliseconds. */
const regexTimeLimitMs = 500;

/** @throws TimeoutError if a regular expression exceeds the time limit */
export function searchTranscript(conversation: SearchedConversation, find: Find, isRegex: boolean): TranscriptMatches {
  const work = (): TranscriptMatches => search(conversation, find);
  return isRegex ? timeLimited(regexTimeLimitMs, work) : work();
}

function search(conversation: SearchedConversation, find: Find): TranscriptMatches {
  const matches: TranscriptMatch[] = [];
  let total = 0;
  for (const { place, text } of listSearchedFields(conversation)) {
    const finding = find(text);
    const [first] = finding.ranges;
    if (first === undefined) continue;
    total += 1;
    if (matches.length === maxTranscriptMatches) continue;
    const found = finding.text.slice(first[0], Math.min(first[1], first[0] + maxFoundChars));
    matches.push({ place, excerpt: createExcerpt(finding), found });
  }
  return { matches, total };
}

/** Finds a conversation's failed tool calls, or its calls of a tool. */
export function searchCalls(
  { turns }: Pick<SearchedConversation, 'turns'>,
  { calls, text }: Pick<SearchQuery, 'calls' | 'text'>,
): TranscriptMatches {
  const matches: TranscriptMatch[] = [];
  let total = 0;
  for (const [turn, { functionCalls }] of turns.entries()) {
    for (const [call, { name, result }] of functionCalls.entries()) {
      const failure = findCallFailure(result);
      if (calls === 'failed' ? failure === undefined : name !== text) continue;
      total += 1;
      if (matches.length === maxTranscriptMatches) continue;
      const line = [name, failure?.reason].filter((part) => part !== undefined).join(': ');
      const excerpt = createExcerpt({ text: line, ranges: [[0, name.length]] });
      matches.push({ place: { part: 'name', turn, call, name }, excerpt, found: name.slice(0, maxFoundChars) });
    }
  }
  return { matches, total };
}
