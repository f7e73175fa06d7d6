import { normalized } from '../../text/fold';
import { foldedPhrase, rangesOf, type Range } from '../../text/foldedRanges';

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
  const phrase = foldedPhrase(typed);
  if (phrase === '') return { ok: false, problem: 'nothing' };
  return { ok: true, find: (text) => ({ text, ranges: rangesOf(text, phrase) }) };
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
  return { ok: true, find: (text) => findAll(regex, normalized(text, 'NFC')) };
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
