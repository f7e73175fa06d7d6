import type { FunctionCall, Turn } from '../../model/transcript';
import { align, type Aligned } from './align';
import { callLikeness, plainText, Traits, turnLikeness } from './likeness';

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
  const traits = new Traits();
  const [lefts, rights] = [left.map((turn) => traits.ofTurn(turn)), right.map((turn) => traits.ofTurn(turn))];
  const weigh = (l: number, r: number): number => {
    const [one, other] = [lefts[l], rights[r]];
    return one === undefined || other === undefined ? 0 : turnLikeness(one, other);
  };
  return align(left.length, right.length, weigh).map((place) =>
    turnPair(placed(left, place.left), placed(right, place.right), traits),
  );
}

function placed(turns: readonly Turn[], index: Aligned['left']): PlacedTurn | undefined {
  const turn = index === undefined ? undefined : turns[index];
  return index === undefined || turn === undefined ? undefined : { number: index + 1, turn };
}

function turnPair(left: PlacedTurn | undefined, right: PlacedTurn | undefined, traits: Traits): TurnPair {
  const calls = callPairs(left?.turn.functionCalls ?? [], right?.turn.functionCalls ?? [], traits);
  const sameText =
    left !== undefined && right !== undefined && plainText(left.turn.content) === plainText(right.turn.content);
  return { left, right, calls, same: sameText && calls.every(({ same }) => same) };
}

function callPairs(
  left: readonly FunctionCall[],
  right: readonly FunctionCall[],
  traits: Traits,
): readonly Pair<FunctionCall>[] {
  const [lefts, rights] = [left.map((call) => traits.ofCall(call)), right.map((call) => traits.ofCall(call))];
  const weigh = (l: number, r: number): number => {
    const [one, other] = [lefts[l], rights[r]];
    return one === undefined || other === undefined ? 0 : callLikeness(one, other);
  };
  return align(left.length, right.length, weigh).map((place) => {
    const [one, other] = [lefts[place.left ?? -1], rights[place.right ?? -1]];
    return {
      left: left[place.left ?? -1],
      right: right[place.right ?? -1],
      // Only calls of one function stand beside each other.
      same:
        one !== undefined && other !== undefined && one.arguments === other.arguments && one.result === other.result,
    };
  });
}
