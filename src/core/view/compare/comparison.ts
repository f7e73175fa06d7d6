import type { Conversation } from '../../model/conversation';
import type { FunctionCall, Transcript, Turn } from '../../model/transcript';
import { parseCost, formatCostDigits } from '../../text/cost';
import { type Aligned, align, Traits, callLikeness, plainText, turnLikeness } from './align';

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

/** One side of a comparison: the row may not be loaded. */
export interface ComparedSide {
  readonly row: Conversation | undefined;
  readonly transcript: Transcript;
}

/** What differs between two conversations, in numbers, from left to right. */
export interface Differences {
  /** With those that stand on one side only. */
  readonly turns: number;
  readonly calls: { readonly added: number; readonly removed: number; readonly changed: number };
  /** USD, in the digits that the server sent; missing where it is the same or not known of both. */
  readonly cost: Change<string> | undefined;
  /** Missing where it is the same. */
  readonly messages: Change<number> | undefined;
  /** Entries of either history that could not be understood, and so were not compared. */
  readonly rejected: number;
}

export interface Change<T> {
  readonly from: T;
  readonly to: T;
}

export function differencesOf(pairs: readonly TurnPair[], left: ComparedSide, right: ComparedSide): Differences {
  const calls = pairs.flatMap((pair) => pair.calls);
  return {
    turns: pairs.filter(({ same }) => !same).length,
    calls: {
      added: calls.filter((call) => call.left === undefined).length,
      removed: calls.filter((call) => call.right === undefined).length,
      changed: calls.filter((call) => call.left !== undefined && call.right !== undefined && !call.same).length,
    },
    cost: costChange(left.row, right.row),
    messages: change(messagesOf(left.transcript), messagesOf(right.transcript)),
    rejected: left.transcript.rejected + right.transcript.rejected,
  };
}

/** Those that were compared, and those that could not be: the row's own count may be older than the transcript. */
export function messagesOf({ turns, rejected }: Transcript): number {
  return turns.length + rejected;
}

function costChange(left: Conversation | undefined, right: Conversation | undefined): Change<string> | undefined {
  const [from, to] = [formatCostDigits(left?.totalCost), formatCostDigits(right?.totalCost)];
  if (from === undefined || to === undefined || parseCost(from) === parseCost(to)) return undefined;
  return { from, to };
}

function change<T>(from: T, to: T): Change<T> | undefined {
  return from === to ? undefined : { from, to };
}
