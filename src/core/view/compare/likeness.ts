import type { FunctionCall, Turn } from '../../model/transcript';
import { fold } from '../../text/fold';
import { meanTheSame } from './fields';

/** What of a turn is looked at to find its counterpart: made once, since each turn is compared with many. */
export interface TurnTraits {
  readonly role: string;
  readonly text: string;
  readonly words: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
}

/** Enough to know a text by, however long it is. */
const mostWords = 200;
const mostCharacters = 8_000;

/** What turns have in common by their role alone: a question asked in other words stands beside the question. */
const ofOneRole = 0.2;

/** Words, and single characters of scripts that put no blanks between words. */
const word = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{N}]+/gu;

export function traitsOf({ role, content, functionCalls }: Turn): TurnTraits {
  const words = fold(content.slice(0, mostCharacters)).match(word) ?? [];
  return {
    role,
    text: plainText(content),
    words: new Set(words.slice(0, mostWords)),
    calls: new Set(functionCalls.map(({ name }) => name)),
  };
}

/** Text without what only its sender's system made of it. */
export function plainText(text: string): string {
  return text.replace(/\r\n/g, '\n').trimEnd();
}

/** How well two turns stand beside each other: 0 for those of different speakers, more the more they have in common. */
export function turnLikeness(left: TurnTraits, right: TurnTraits): number {
  if (left.role !== right.role) return 0;
  const text = left.text === right.text ? 1 : 0.9 * shared(left.words, right.words);
  if (left.calls.size === 0 && right.calls.size === 0) return ofOneRole + text;
  return ofOneRole + 0.6 * text + 0.4 * shared(left.calls, right.calls);
}

/** The same for two calls: only of one function, since another function is another call. */
export function callLikeness(left: FunctionCall, right: FunctionCall): number {
  if (left.name !== right.name) return 0;
  const sameArguments = meanTheSame(left.arguments, right.arguments) ? 2 : 0;
  return 1 + sameArguments + (meanTheSame(left.result, right.result) ? 1 : 0);
}

/** From 0 for nothing to 1 for everything (Dice's coefficient). */
function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  const [few, many] = left.size < right.size ? [left, right] : [right, left];
  let common = 0;
  for (const each of few) if (many.has(each)) common += 1;
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size);
}
