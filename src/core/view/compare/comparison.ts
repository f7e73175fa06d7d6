import type { Conversation } from '../../model/conversation';
import type { FunctionCall, Transcript, Turn } from '../../model/transcript';
import { parseCost, formatCostDigits } from '../../text/cost';
import { type Aligned, align, Traits, scoreCalls, normalizeLines, scoreTurns } from './align';

/** An aligned pair; at least one side is set. */
export interface Pair<T> {
  readonly left: T | undefined;
  readonly right: T | undefined;
  /** Whether a user would consider them the same. */
  readonly same: boolean;
}

export interface PlacedTurn {
  /** The panel's number, from 1. */
  readonly number: number;
  readonly turn: Turn;
}

export interface TurnPair extends Pair<PlacedTurn> {
  readonly calls: readonly Pair<FunctionCall>[];
}

/** Aligns two transcripts turn by turn; a turn without a counterpart is alone in its pair. */
export function compareTurns(left: readonly Turn[], right: readonly Turn[]): readonly TurnPair[] {
  const traits = new Traits();
  const [lefts, rights] = [
    left.map((turn) => traits.describeTurn(turn)),
    right.map((turn) => traits.describeTurn(turn)),
  ];
  const weigh = (l: number, r: number): number => {
    const [one, other] = [lefts[l], rights[r]];
    return one === undefined || other === undefined ? 0 : scoreTurns(one, other);
  };
  return align(left.length, right.length, weigh).map((place) =>
    createTurnPair(toPlacedTurn(left, place.left), toPlacedTurn(right, place.right), traits),
  );
}

function toPlacedTurn(turns: readonly Turn[], index: Aligned['left']): PlacedTurn | undefined {
  const turn = index === undefined ? undefined : turns[index];
  return index === undefined || turn === undefined ? undefined : { number: index + 1, turn };
}

function createTurnPair(left: PlacedTurn | undefined, right: PlacedTurn | undefined, traits: Traits): TurnPair {
  const calls = pairCalls(left?.turn.functionCalls ?? [], right?.turn.functionCalls ?? [], traits);
  const sameText =
    left !== undefined &&
    right !== undefined &&
    normalizeLines(left.turn.content) === normalizeLines(right.turn.content);
  return { left, right, calls, same: sameText && calls.every(({ same }) => same) };
}

function pairCalls(
  left: readonly FunctionCall[],
  right: readonly FunctionCall[],
  traits: Traits,
): readonly Pair<FunctionCall>[] {
  const [lefts, rights] = [
    left.map((call) => traits.describeCall(call)),
    right.map((call) => traits.describeCall(call)),
  ];
  const weigh = (l: number, r: number): number => {
    const [one, other] = [lefts[l], rights[r]];
    return one === undefined || other === undefined ? 0 : scoreCalls(one, other);
  };
  return align(left.length, right.length, weigh).map((place) => {
    const [one, other] = [lefts[place.left ?? -1], rights[place.right ?? -1]];
    return {
      left: left[place.left ?? -1],
      right: right[place.right ?? -1],
      // Only calls of the same tool are paired.
      same:
        one !== undefined && other !== undefined && one.arguments === other.arguments && one.result === other.result,
    };
  });
}

/** One side of a comparison; its row may be undefined. */
export interface ComparedSide {
  readonly row: Conversation | undefined;
  readonly transcript: Transcript;
}

/** Differences between two conversations in numbers, from left to right. */
export interface Differences {
  /** Includes turns on one side only. */
  readonly turns: number;
  readonly calls: { readonly added: number; readonly removed: number; readonly changed: number };
  /** USD, in the digits that the server sent; undefined if it is the same or unknown on one side. */
  readonly cost: Change<string> | undefined;
  /** Undefined if it is the same. */
  readonly messages: Change<number> | undefined;
  /** Entries of either transcript that couldn't be parsed, and so weren't compared. */
  readonly rejected: number;
}

export interface Change<T> {
  readonly from: T;
  readonly to: T;
}

export function findDifferences(pairs: readonly TurnPair[], left: ComparedSide, right: ComparedSide): Differences {
  const calls = pairs.flatMap((pair) => pair.calls);
  return {
    turns: pairs.filter(({ same }) => !same).length,
    calls: {
      added: calls.filter((call) => call.left === undefined).length,
      removed: calls.filter((call) => call.right === undefined).length,
      changed: calls.filter((call) => call.left !== undefined && call.right !== undefined && !call.same).length,
    },
    cost: findCostChange(left.row, right.row),
    messages: toChange(countMessages(left.transcript), countMessages(right.transcript)),
    rejected: left.transcript.rejected + right.transcript.rejected,
  };
}

/** Counts compared and rejected messages; the row's count may be older than the transcript. */
export function countMessages({ turns, rejected }: Transcript): number {
  return turns.length + rejected;
}

function findCostChange(left: Conversation | undefined, right: Conversation | undefined): Change<string> | undefined {
  const [from, to] = [formatCostDigits(left?.totalCost), formatCostDigits(right?.totalCost)];
  if (from === undefined || to === undefined || parseCost(from) === parseCost(to)) return undefined;
  return { from, to };
}

function toChange<T>(from: T, to: T): Change<T> | undefined {
  return from === to ? undefined : { from, to };
}
