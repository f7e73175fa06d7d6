import type { FunctionCall, Turn } from '../../model/transcript';
import { fold } from '../../text/fold';
import { meaningOf } from './fields';

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
