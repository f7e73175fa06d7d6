import type { Conversation } from '../../model/conversation';
import type { Transcript } from '../../model/transcript';
import { costAmount, costDigits } from '../../text/cost';
import type { TurnPair } from './comparison';

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
  const [from, to] = [costDigits(left?.totalCost), costDigits(right?.totalCost)];
  if (from === undefined || to === undefined || costAmount(from) === costAmount(to)) return undefined;
  return { from, to };
}

function change<T>(from: T, to: T): Change<T> | undefined {
  return from === to ? undefined : { from, to };
}
