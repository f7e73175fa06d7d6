import { fold, normalizeBounded } from '../text/fold';
import { timeLimited } from '../util/timeout';

/** Makes texts equal that differ only in their encoding, line breaks, or surrounding space. */
export function normalizeReply(text: string): string {
  return normalizeBounded(text, 'NFC').replace(/\r\n?/g, '\n').trim();
}

const quotes = /[‘’‚‛′`´]/g;
const doubleQuotes = /[“”„‟«»″]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;

/** Also ignores case, accents, width, and typography: models choose quotes, dashes, and spaces at random. */
export function foldText(text: string): string {
  const plain = text.replace(quotes, "'").replace(doubleQuotes, '"').replace(dashes, '-');
  return fold(normalizeReply(plain)).replace(dashes, '-');
}

export type Comparer = (text: string) => string;

/** @param text of the reply, as sent */
export function containsText(text: string, expected: string, ignoresCase: boolean): boolean {
  const compare = ignoresCase ? foldText : normalizeReply;
  return compare(text).includes(compare(expected));
}

export function startsWithText(text: string, expected: string, ignoresCase: boolean): boolean {
  const compare = ignoresCase ? foldText : normalizeReply;
  return compare(text).startsWith(compare(expected));
}

export function equalsText(text: string, expected: string, ignoresCase: boolean): boolean {
  const compare = ignoresCase ? foldText : normalizeReply;
  return compare(text) === compare(expected);
}

export const regexTimeLimitMs = 200;

/**
 * Returns the first match, or undefined.
 * @throws TimeoutError if it takes too long, SyntaxError if a placeholder's value broke the pattern
 */
export function findRegex(text: string, pattern: string): string | undefined {
  const regex = new RegExp(pattern, 'mu');
  const normalized = normalizeReply(text);
  return timeLimited(regexTimeLimitMs, () => regex.exec(normalized)?.[0]);
}

/** Counts words, which are separated by white space. */
export function countTerms(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}

/** Returns whether a tool name matches; `*` stands for any characters. Takes linear time. */
export function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const last = rest.pop() ?? '';
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
