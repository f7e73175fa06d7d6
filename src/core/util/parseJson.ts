import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { ExactNumber, createObject } from './exactJson';

/** No real data is nested this deep. Beyond some thousand levels, JSON's functions and `postMessage` fail. */
const maxLevels = 200;

/** Result for JSON nested deeper than `maxLevels`: its source text, an error, or a normal value. */
type TooDeepHandling = 'text' | 'error' | 'value';

/**
 * Like `JSON.parse`, but lossless: see `ExactNumber` and `entriesOf`.
 * @throws SyntaxError
 */
export function parse(text: string, beyond: TooDeepHandling = 'text'): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  if (isLossless(text, value)) return value;
  const steps = parseIncrementally(text, beyond);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const quote = 34;
const comma = 44;
const minus = 45;
const zero = 48;
const nine = 57;
const colon = 58;
const openList = 91;
const backslash = 92;
const closeList = 93;
const openObject = 123;
const closeObject = 125;

/** Returns whether JavaScript's value lost nothing of its JSON. One fast pass over text known to be valid JSON. */
function isLossless(text: string, value: JsonValue): boolean {
  let names = 0;
  let levels = 0;
  let lastText = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      lastText = at + 1;
      for (at = lastText; ; at += 1) {
        const within = text.charCodeAt(at);
        if (within === quote) break;
        if (within === backslash) at += 1;
      }
    } else if (code === colon) {
      names += 1;
      const first = text.charCodeAt(lastText);
      if (first === backslash || (isDigit(first) && /^\d{1,10}"/.test(text.slice(lastText, lastText + 11))))
        return false;
    } else if (code === minus || isDigit(code)) {
      const start = at;
      while (isNumberChar(text.charCodeAt(at + 1))) at += 1;
      if (!hasSameSpelling(text.slice(start, at + 1))) return false;
    } else if (code === openList || code === openObject) {
      levels += 1;
      if (levels > maxLevels) return false;
    } else if (code === closeList || code === closeObject) levels -= 1;
  }
  return names === countNames(value);
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

function isNumberChar(code: number): boolean {
  // Digits, ".", "e", "E", "+", "-".
  return isDigit(code) || code === 46 || code === 101 || code === 69 || code === 43 || code === minus;
}

/** Numbers of up to fifteen characters that JavaScript spells the same way: each is the shortest for its value. */
const commonNumber = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.(?!0{6})\d*[1-9])$/;

/** Returns whether JavaScript spells the number as sent. */
function hasSameSpelling(sent: string): boolean {
  return (sent.length <= 15 && commonNumber.test(sent)) || String(Number(sent)) === sent;
}

function countNames(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) for (const inner of value as JsonArray) names += countNames(inner);
  else for (const name in value as JsonObject) names += 1 + countNames((value as JsonObject)[name] as JsonValue);
  return names;
}

/** A list or object whose end hasn't been read. */
interface OpenContainer {
  /** Undefined for a list. */
  readonly names: string[] | undefined;
  readonly values: JsonValue[];
  /** Its start in the text, and its closing character. */
  readonly start: number;
  readonly closing: number;
}

/**
 * Parses in steps, for text that would block the process. About three times slower than `JSON.parse`.
 * @throws SyntaxError
 */
export function* parseIncrementally(text: string, beyond: TooDeepHandling = 'text'): Generator<undefined, JsonValue> {
  const open: OpenContainer[] = [];
  let parent: OpenContainer | undefined;
  let at = 0;
  for (let steps = 1; ; steps += 1) {
    if (steps % 512 === 0) yield;
    at = skipBlanks(text, at);
    let value: JsonValue = null;
    if (parent === undefined || parent.values.length > 0 || text.charCodeAt(at) !== parent.closing) {
      if (parent?.names !== undefined) {
        const end = findStringEnd(text, at);
        parent.names.push(readString(text, at, end));
        at = skipBlanks(text, end);
        if (text.charCodeAt(at) !== colon) throw createSyntaxError(text, at);
        at = skipBlanks(text, at + 1);
      }
      const code = text.charCodeAt(at);
      if (code === openList || code === openObject) {
        if (open.length === maxLevels && beyond === 'error')
          throw new SyntaxError(`JSON is nested deeper than ${maxLevels} levels`);
        const isList = code === openList;
        parent = { names: isList ? undefined : [], values: [], start: at, closing: isList ? closeList : closeObject };
        open.push(parent);
        at += 1;
        continue;
      }
      const end = code === quote ? findStringEnd(text, at) : findWordEnd(text, at);
      value = code === quote ? readString(text, at, end) : readWord(text, at, end);
      parent?.values.push(value);
      at = end;
    }
    for (;;) {
      at = skipBlanks(text, at);
      if (parent === undefined) {
        if (at < text.length) throw createSyntaxError(text, at);
        return value;
      }
      const code = text.charCodeAt(at);
      if (code !== comma && code !== parent.closing) throw createSyntaxError(text, at);
      at += 1;
      if (code === comma) break;
      open.pop();
      value =
        open.length < maxLevels || beyond === 'value'
          ? closeContainer(parent)
          : open.length === maxLevels
            ? copyText(text, parent.start, at)
            : null;
      parent = open.at(-1);
      parent?.values.push(value);
    }
  }
}

function closeContainer({ names, values }: OpenContainer): JsonValue {
  return names === undefined ? values : createObject(names, values);
}

function createSyntaxError(text: string, at: number): SyntaxError {
  return new SyntaxError(`Not JSON at position ${Math.min(at, text.length)}`);
}

function skipBlanks(text: string, at: number): number {
  for (let place = at; ; place += 1) {
    const code = text.charCodeAt(place);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return place;
  }
}

/** Returns the index after the closing quote. */
function findStringEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== quote) throw createSyntaxError(text, start);
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
  }
  throw createSyntaxError(text, text.length);
}

/** V8 copies substrings up to this length; longer ones retain the whole text. */
const maxCopiedChars = 12;

function readString(text: string, start: number, end: number): string {
  let plain = start + 1;
  if (end - plain <= maxCopiedChars) while (isPlainChar(text.charCodeAt(plain))) plain += 1;
  return plain === end - 1 ? text.slice(start + 1, plain) : (JSON.parse(text.slice(start, end)) as string);
}

function isPlainChar(code: number): boolean {
  return code >= 32 && code !== quote && code !== backslash;
}

function copyText(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.length <= maxCopiedChars ? part : (JSON.parse(JSON.stringify(part)) as string);
}

function findWordEnd(text: string, start: number): number {
  let end = start;
  while (isWordChar(text.charCodeAt(end))) end += 1;
  return end;
}

/** For numbers, `true`, `false`, and `null`. */
function isWordChar(code: number): boolean {
  return isNumberChar(code) || (code >= 97 && code <= 122);
}

function readWord(text: string, start: number, end: number): JsonValue {
  const word = text.slice(start, end);
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) throw createSyntaxError(text, start);
  return hasSameSpelling(word) ? Number(word) : new ExactNumber(copyText(text, start, end));
}
