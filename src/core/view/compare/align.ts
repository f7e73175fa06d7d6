import type { FunctionCall, Turn } from '../../model/transcript';
import { fold } from '../../text/fold';
import { meaningOf } from './fields';

/** Items of two sequences that stand beside each other, by index; one is missing where the other has no counterpart. */
export type Aligned =
  | { readonly left: number; readonly right: number }
  | { readonly left: number; readonly right: undefined }
  | { readonly left: undefined; readonly right: number };

/** So many pairs are weighed at most: two sequences of a thousand items each in full. */
const mostPairs = 1_000_000;

const enum Step {
  Both,
  Left,
  Right,
}

/**
 * Lays two sequences beside each other, in their order, so that the weights of what is paired are greatest in sum
 * (Needleman-Wunsch; nothing is lost by a gap). Of equally good ways the one that pairs soonest.
 *
 * Sequences too long to weigh every pair are weighed along the diagonal only: what belongs together is then found
 * where it did not move far.
 * @param weigh how well two items go together; 0 and less never stand beside each other
 */
export function align(
  lefts: number,
  rights: number,
  weigh: (left: number, right: number) => number,
  pairs = mostPairs,
): readonly Aligned[] {
  const steps = stepsOf(lefts, rights, weigh, reachOf(lefts, rights, pairs));
  const aligned: Aligned[] = [];
  for (let left = 0, right = 0; left < lefts || right < rights;) {
    const step = steps(left, right);
    if (step === Step.Both) aligned.push({ left: left++, right: right++ });
    else if (step === Step.Left) aligned.push({ left: left++, right: undefined });
    else aligned.push({ left: undefined, right: right++ });
  }
  return aligned;
}

/** How far from the diagonal it is looked: at least so far that a way through is connected. */
function reachOf(lefts: number, rights: number, pairs: number): number {
  if ((lefts + 1) * (rights + 1) <= pairs) return rights;
  return Math.max(Math.floor(pairs / (lefts + 1) / 2), Math.ceil(rights / Math.max(lefts, 1)) + 1);
}

/** What to do at each place, from the sums of what can still come: reckoned from the end. */
function stepsOf(
  lefts: number,
  rights: number,
  weigh: (left: number, right: number) => number,
  reach: number,
): (left: number, right: number) => Step {
  const from = (left: number): number => Math.max(0, Math.floor((left * rights) / Math.max(lefts, 1)) - reach);
  const to = (left: number): number => Math.min(rights, Math.ceil((left * rights) / Math.max(lefts, 1)) + reach);
  const chosen: Uint8Array[] = [];
  let below: Sums = { from: 0, sums: new Float64Array(0) };
  for (let left = lefts; left >= 0; left--) {
    const start = from(left);
    const row: Sums = { from: start, sums: new Float64Array(to(left) - start + 1) };
    const steps = new Uint8Array(row.sums.length);
    for (let right = to(left); right >= start; right--) {
      const weight = left < lefts && right < rights ? weigh(left, right) : 0;
      const both = weight > 0 ? weight + sumAt(below, right + 1) : -Infinity;
      const onlyLeft = sumAt(below, right);
      const onlyRight = sumAt(row, right + 1);
      const best = Math.max(both, onlyLeft, onlyRight);
      // Behind the last on the left nothing is paired any more.
      row.sums[right - start] = left === lefts ? 0 : best;
      steps[right - start] = best === both ? Step.Both : best === onlyLeft ? Step.Left : Step.Right;
    }
    chosen[left] = steps;
    below = row;
  }
  return (left, right) => chosen[left]?.[right - from(left)] ?? Step.Right;
}

interface Sums {
  /** The first place that the sums are of. */
  readonly from: number;
  readonly sums: Float64Array;
}

/** Nothing is worse than where there is no way: beyond the ends, and too far from the diagonal. */
function sumAt({ from, sums }: Sums, right: number): number {
  return sums[right - from] ?? -Infinity;
}

/**
 * What is looked at to find the counterpart of a turn or a call. Made once for each, since each is compared with many: numbers
 * stand for texts and words, the same number for the same text.
 */
export interface TurnTraits {
  readonly role: string;
  readonly text: number;
  /** In ascending order, each once. */
  readonly words: readonly number[];
  /** Names of the called functions, likewise. */
  readonly calls: readonly number[];
}

export interface CallTraits {
  readonly name: string;
  readonly arguments: number;
  readonly result: number;
}

/** Enough to know a text by, however long it is. */
const mostWords = 200;
const mostCharacters = 8_000;

/** What turns have in common by their role alone: a question asked in other words stands beside the question. */
const ofOneRole = 0.2;

/** Words, and single characters of scripts that put no blanks between words. */
const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}]+/gu;

/** The traits of what is compared with each other. */
export class Traits {
  private readonly numbers = new Map<string, number>();

  ofTurn({ role, content, functionCalls }: Turn): TurnTraits {
    const words = fold(content.slice(0, mostCharacters)).match(word) ?? [];
    return {
      role,
      text: this.numberOf(plainText(content)),
      words: this.numbersOf(words.slice(0, mostWords)),
      calls: this.numbersOf(functionCalls.map(({ name }) => name)),
    };
  }

  ofCall(call: FunctionCall): CallTraits {
    return {
      name: call.name,
      arguments: this.numberOf(meaningOf(call.arguments)),
      result: this.numberOf(meaningOf(call.result)),
    };
  }

  private numberOf(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }

  private numbersOf(texts: readonly string[]): readonly number[] {
    return [...new Set(texts.map((text) => this.numberOf(text)))].sort((one, other) => one - other);
  }
}

/** Text without what only its sender's system made of it. */
export function plainText(text: string): string {
  return text.replace(/\r\n/g, '\n').trimEnd();
}

/** How well two turns stand beside each other: 0 for those of different speakers, more the more they have in common. */
export function turnLikeness(left: TurnTraits, right: TurnTraits): number {
  if (left.role !== right.role) return 0;
  const text = left.text === right.text ? 1 : 0.9 * shared(left.words, right.words);
  if (left.calls.length === 0 && right.calls.length === 0) return ofOneRole + text;
  return ofOneRole + 0.6 * text + 0.4 * shared(left.calls, right.calls);
}

/** The same for two calls: only of one function, since another function is another call. */
export function callLikeness(left: CallTraits, right: CallTraits): number {
  if (left.name !== right.name) return 0;
  return 1 + (left.arguments === right.arguments ? 2 : 0) + (left.result === right.result ? 1 : 0);
}

/** From 0 for nothing to 1 for everything (Dice's coefficient). */
function shared(left: readonly number[], right: readonly number[]): number {
  if (left.length + right.length === 0) return 0;
  let common = 0;
  for (let l = 0, r = 0; l < left.length && r < right.length;) {
    const difference = (left[l] ?? 0) - (right[r] ?? 0);
    if (difference === 0) common += 1;
    if (difference <= 0) l += 1;
    if (difference >= 0) r += 1;
  }
  return (2 * common) / (left.length + right.length);
}
