import type { FunctionCall, Turn } from '../../model/transcript';
import { fold } from '../../text/fold';
import { toCanonicalJson } from './fields';

/** Indexes of two aligned items; one is undefined if the other has no counterpart. */
export type Aligned =
  | { readonly left: number; readonly right: number }
  | { readonly left: number; readonly right: undefined }
  | { readonly left: undefined; readonly right: number };

/** The most pairs that are compared: two sequences of a thousand items each in full. */
const maxPairs = 1_000_000;

const enum Step {
  Both,
  Left,
  Right,
}

/**
 * Aligns two sequences in order so that the sum of the paired weights is greatest (Needleman-Wunsch without gap costs).
 * If several are equally good, returns the one that pairs earliest. Long sequences are compared only along the
 * diagonal, so that items that moved far are not paired.
 * @param weigh the similarity of two items; items with 0 or less are never paired
 */
export function align(
  lefts: number,
  rights: number,
  weigh: (left: number, right: number) => number,
  pairs = maxPairs,
): readonly Aligned[] {
  const steps = planSteps(lefts, rights, weigh, findBandWidth(lefts, rights, pairs));
  const aligned: Aligned[] = [];
  for (let left = 0, right = 0; left < lefts || right < rights;) {
    const step = steps(left, right);
    if (step === Step.Both) aligned.push({ left: left++, right: right++ });
    else if (step === Step.Left) aligned.push({ left: left++, right: undefined });
    else aligned.push({ left: undefined, right: right++ });
  }
  return aligned;
}

/** Returns the width of the compared band, wide enough to contain a path. */
function findBandWidth(lefts: number, rights: number, pairs: number): number {
  if ((lefts + 1) * (rights + 1) <= pairs) return rights;
  return Math.max(Math.floor(pairs / (lefts + 1) / 2), Math.ceil(rights / Math.max(lefts, 1)) + 1);
}

/** Returns the best step at each position, from the sums of the remaining items, computed from the end. */
function planSteps(
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
      // After the last item on the left, nothing can be paired.
      row.sums[right - start] = left === lefts ? 0 : best;
      steps[right - start] = best === both ? Step.Both : best === onlyLeft ? Step.Left : Step.Right;
    }
    chosen[left] = steps;
    below = row;
  }
  return (left, right) => chosen[left]?.[right - from(left)] ?? Step.Right;
}

interface Sums {
  /** The first index of the sums. */
  readonly from: number;
  readonly sums: Float64Array;
}

/** Returns the lowest value outside the sequences and the band. */
function sumAt({ from, sums }: Sums, right: number): number {
  return sums[right - from] ?? -Infinity;
}

/** Precomputed features of a turn, because each is compared with many. Equal texts and words have equal numbers. */
export interface TurnTraits {
  readonly role: string;
  readonly text: number;
  /** Ascending and distinct. */
  readonly words: readonly number[];
  /** Tool names, likewise. */
  readonly calls: readonly number[];
}

export interface CallTraits {
  readonly name: string;
  readonly arguments: number;
  readonly result: number;
}

/** Enough to identify a text of any length. */
const maxComparedWords = 200;
const maxComparedChars = 8_000;

/** Similarity of turns with only the role in common, so that a reworded question is paired with the question. */
const sameRoleScore = 0.2;

/** Words, and single characters of scripts without spaces between words. */
const wordPattern = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}]+/gu;

/** Creates the features of turns that are compared with each other. */
export class Traits {
  private readonly numbers = new Map<string, number>();

  describeTurn({ role, content, functionCalls }: Turn): TurnTraits {
    const words = fold(content.slice(0, maxComparedChars)).match(wordPattern) ?? [];
    return {
      role,
      text: this.toNumber(normalizeLines(content)),
      words: this.toNumbers(words.slice(0, maxComparedWords)),
      calls: this.toNumbers(functionCalls.map(({ name }) => name)),
    };
  }

  describeCall(call: FunctionCall): CallTraits {
    return {
      name: call.name,
      arguments: this.toNumber(toCanonicalJson(call.arguments)),
      result: this.toNumber(toCanonicalJson(call.result)),
    };
  }

  private toNumber(text: string): number {
    const number = this.numbers.get(text) ?? this.numbers.size;
    this.numbers.set(text, number);
    return number;
  }

  private toNumbers(texts: readonly string[]): readonly number[] {
    return [...new Set(texts.map((text) => this.toNumber(text)))].sort((one, other) => one - other);
  }
}

/** Removes formatting that only the sender's system added. */
export function normalizeLines(text: string): string {
  return text.replace(/\r\n/g, '\n').trimEnd();
}

/** Returns the similarity of two turns: 0 if the roles differ. */
export function scoreTurns(left: TurnTraits, right: TurnTraits): number {
  if (left.role !== right.role) return 0;
  const text = left.text === right.text ? 1 : 0.9 * computeDiceCoefficient(left.words, right.words);
  if (left.calls.length === 0 && right.calls.length === 0) return sameRoleScore + text;
  return sameRoleScore + 0.6 * text + 0.4 * computeDiceCoefficient(left.calls, right.calls);
}

/** Returns the similarity of two calls: 0 if the tools differ. */
export function scoreCalls(left: CallTraits, right: CallTraits): number {
  if (left.name !== right.name) return 0;
  return 1 + (left.arguments === right.arguments ? 2 : 0) + (left.result === right.result ? 1 : 0);
}

/** Returns Dice's coefficient, from 0 to 1. */
function computeDiceCoefficient(left: readonly number[], right: readonly number[]): number {
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
