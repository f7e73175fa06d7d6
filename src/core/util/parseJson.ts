import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { ExactNumber, objectWith } from './exactJson';

/** Nobody nests data so deep. JSON's own functions fail over some thousands of levels, and so does what carries it to a page. */
const maxLevels = 200;

/** What becomes of what is nested deeper than 200 levels: a text (in JSON, as it was sent), an error, or a value as any other. */
type Beyond = 'text' | 'error' | 'value';

/**
 * As `JSON.parse`, without loss: see `ExactNumber` and `entriesOf`.
 * @throws SyntaxError
 */
export function parse(text: string, beyond: Beyond = 'text'): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  if (isHeld(text, value)) return value;
  const steps = parsing(text, beyond);
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

/** Whether a value holds all that its JSON says. One cheap pass over text that is known to be JSON. */
function isHeld(text: string, value: JsonValue): boolean {
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
      while (isOfNumber(text.charCodeAt(at + 1))) at += 1;
      if (!isSpelledSo(text.slice(start, at + 1))) return false;
    } else if (code === openList || code === openObject) {
      levels += 1;
      if (levels > maxLevels) return false;
    } else if (code === closeList || code === closeObject) levels -= 1;
  }
  return names === namesIn(value);
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

function isOfNumber(code: number): boolean {
  // Digits, ".", "e", "E", "+", "-".
  return isDigit(code) || code === 46 || code === 101 || code === 69 || code === 43 || code === minus;
}

/** Numbers of up to fifteen characters that JavaScript spells so: each such decimal is the shortest for its amount. */
const usual = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.(?!0{6})\d*[1-9])$/;

/** Whether JavaScript spells a number as it was sent. */
function isSpelledSo(sent: string): boolean {
  return (sent.length <= 15 && usual.test(sent)) || String(Number(sent)) === sent;
}

function namesIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0;
  let names = 0;
  if (Array.isArray(value)) for (const inner of value as JsonArray) names += namesIn(inner);
  else for (const name in value as JsonObject) names += 1 + namesIn((value as JsonObject)[name] as JsonValue);
  return names;
}

/** A list or an object that has begun. */
interface Open {
  /** Missing for a list. */
  readonly names: string[] | undefined;
  readonly values: JsonValue[];
  /** Where it begins in the text, and what closes it. */
  readonly start: number;
  readonly closing: number;
}

/**
 * `parse` in steps, for text that is too long to be parsed at once. About three times slower than `JSON.parse`.
 * @throws SyntaxError
 */
export function* parsing(text: string, beyond: Beyond = 'text'): Generator<undefined, JsonValue> {
  const open: Open[] = [];
  let parent: Open | undefined;
  let at = 0;
  for (let steps = 1; ; steps += 1) {
    if (steps % 512 === 0) yield;
    at = afterBlanks(text, at);
    let value: JsonValue = null;
    if (parent === undefined || parent.values.length > 0 || text.charCodeAt(at) !== parent.closing) {
      if (parent?.names !== undefined) {
        const end = endOfString(text, at);
        parent.names.push(stringAt(text, at, end));
        at = afterBlanks(text, end);
        if (text.charCodeAt(at) !== colon) throw unexpected(text, at);
        at = afterBlanks(text, at + 1);
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
      const end = code === quote ? endOfString(text, at) : endOfWord(text, at);
      value = code === quote ? stringAt(text, at, end) : wordAt(text, at, end);
      parent?.values.push(value);
      at = end;
    }
    for (;;) {
      at = afterBlanks(text, at);
      if (parent === undefined) {
        if (at < text.length) throw unexpected(text, at);
        return value;
      }
      const code = text.charCodeAt(at);
      if (code !== comma && code !== parent.closing) throw unexpected(text, at);
      at += 1;
      if (code === comma) break;
      open.pop();
      value =
        open.length < maxLevels || beyond === 'value'
          ? closed(parent)
          : open.length === maxLevels
            ? copyOf(text, parent.start, at)
            : null;
      parent = open.at(-1);
      parent?.values.push(value);
    }
  }
}

function closed({ names, values }: Open): JsonValue {
  return names === undefined ? values : objectWith(names, values);
}

function unexpected(text: string, at: number): SyntaxError {
  return new SyntaxError(`Not JSON at position ${Math.min(at, text.length)}`);
}

function afterBlanks(text: string, at: number): number {
  for (let place = at; ; place += 1) {
    const code = text.charCodeAt(place);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return place;
  }
}

/** Behind the closing quote. */
function endOfString(text: string, start: number): number {
  if (text.charCodeAt(start) !== quote) throw unexpected(text, start);
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
  }
  throw unexpected(text, text.length);
}

/** So many characters V8 copies; of a longer part it would keep the whole text. */
const maxCopied = 12;

function stringAt(text: string, start: number, end: number): string {
  let plain = start + 1;
  if (end - plain <= maxCopied) while (isPlain(text.charCodeAt(plain))) plain += 1;
  return plain === end - 1 ? text.slice(start + 1, plain) : (JSON.parse(text.slice(start, end)) as string);
}

function isPlain(code: number): boolean {
  return code >= 32 && code !== quote && code !== backslash;
}

function copyOf(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return part.length <= maxCopied ? part : (JSON.parse(JSON.stringify(part)) as string);
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (isOfWord(text.charCodeAt(end))) end += 1;
  return end;
}

/** Of a number, or of `true`, `false` and `null`. */
function isOfWord(code: number): boolean {
  return isOfNumber(code) || (code >= 97 && code <= 122);
}

function wordAt(text: string, start: number, end: number): JsonValue {
  const word = text.slice(start, end);
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) throw unexpected(text, start);
  return isSpelledSo(word) ? Number(word) : new ExactNumber(copyOf(text, start, end));
}
