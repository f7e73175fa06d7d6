import type { FunctionCall, Turn } from '../../model/transcript';
import { align, type Aligned } from './align';
import { meanTheSame } from './fields';
import { callLikeness, plainText, traitsOf, turnLikeness } from './likeness';

/** Two things beside each other; at least one is there. */
export interface Pair<T> {
  readonly left: T | undefined;
  readonly right: T | undefined;
  /** Whether a reader would call them the same. */
  readonly same: boolean;
}

export interface PlacedTurn {
  /** As the panel counts them, from 1. */
  readonly number: number;
  readonly turn: Turn;
}

export interface TurnPair extends Pair<PlacedTurn> {
  readonly calls: readonly Pair<FunctionCall>[];
}

/** Two transcripts, turn by turn, with what stands in one only in its place. */
export function comparisonOf(left: readonly Turn[], right: readonly Turn[]): readonly TurnPair[] {
  const traits = { left: left.map(traitsOf), right: right.map(traitsOf) };
  const weigh = (l: number, r: number): number => {
    const [one, other] = [traits.left[l], traits.right[r]];
    return one === undefined || other === undefined ? 0 : turnLikeness(one, other);
  };
  return align(left.length, right.length, weigh).map((place) => turnPair(placed(left, place.left), placed(right, place.right)));
}

function placed(turns: readonly Turn[], index: Aligned['left']): PlacedTurn | undefined {
  const turn = index === undefined ? undefined : turns[index];
  return index === undefined || turn === undefined ? undefined : { number: index + 1, turn };
}

function turnPair(left: PlacedTurn | undefined, right: PlacedTurn | undefined): TurnPair {
  const calls = callPairs(left?.turn.functionCalls ?? [], right?.turn.functionCalls ?? []);
  const sameText =
    left !== undefined && right !== undefined && plainText(left.turn.content) === plainText(right.turn.content);
  return { left, right, calls, same: sameText && calls.every(({ same }) => same) };
}

function callPairs(left: readonly FunctionCall[], right: readonly FunctionCall[]): readonly Pair<FunctionCall>[] {
  const weigh = (l: number, r: number): number => {
    const [one, other] = [left[l], right[r]];
    return one === undefined || other === undefined ? 0 : callLikeness(one, other);
  };
  return align(left.length, right.length, weigh).map((place) => {
    const one = place.left === undefined ? undefined : left[place.left];
    const other = place.right === undefined ? undefined : right[place.right];
    return { left: one, right: other, same: one !== undefined && other !== undefined && areSame(one, other) };
  });
}

/** Of two calls of one function, as only those stand beside each other. */
function areSame(left: FunctionCall, right: FunctionCall): boolean {
  return meanTheSame(left.arguments, right.arguments) && meanTheSame(left.result, right.result);
}
