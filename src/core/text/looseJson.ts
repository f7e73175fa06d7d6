import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { isJsonArray, isJsonObject } from '../util/exactJson';
import { parse } from '../util/parseJson';

const maxChars = 1_000_000;

const token = /\s+|"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|[\p{L}_$][\p{L}\p{N}_.$]*|\d[\w.+-]*|[^]/uy;
const isString = /^(?:"[^]*"|'[^]*')$/;
const isWord = /^[\p{L}_$]/u;
const wordValues: Readonly<Record<string, string>> = {
  ...{ true: 'true', True: 'true', false: 'false', False: 'false', null: 'null', None: 'null', undefined: 'null' },
  ...{ NaN: 'null', nan: 'null', Infinity: 'null', inf: 'null' },
};

/**
 * Parses an object or list as Python and JavaScript print it, for searching only: single quotes, True, None, unquoted
 * names, tuples. Numbers that JSON lacks, such as NaN, become null.
 * @returns undefined if the text is something else
 */
export function parseLooseJson(text: string): JsonObject | JsonArray | undefined {
  if (!/^\s*[[{(]/.test(text) || text.length > maxChars) return undefined;
  const json: string[] = [];
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [part] = found;
    if (part === '"' || part === "'") return undefined;
    if (isWord.test(part)) addWord(json, part, text, token.lastIndex);
    else if (isString.test(part)) json.push(toJsonString(part));
    else addSign(json, part);
  }
  try {
    const value = parse(json.join(''), 'error');
    return isJsonObject(value) || isJsonArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Adds a value or an unquoted name. Skips prefixes of strings, parentheses, and values: b'x', Decimal('1'), days=1. */
function addWord(json: string[], word: string, text: string, end: number): void {
  const next = text[end];
  if (next === '(' || next === '=' || ((next === '"' || next === "'") && word.length <= 2)) return;
  const value = Object.hasOwn(wordValues, word) ? wordValues[word] : undefined;
  if (value === 'null' && json.at(-1) === '-') json.pop();
  json.push(value ?? JSON.stringify(word));
}

function addSign(json: string[], part: string): void {
  const sign = part === '(' ? '[' : part === ')' ? ']' : part;
  if (/^[\s=]/.test(sign)) return;
  if ((sign === ']' || sign === '}') && json.at(-1) === ',') json.pop();
  json.push(sign);
}

function toJsonString(string: string): string {
  const inner = string
    .slice(1, -1)
    .replace(
      /\\(?:x([\da-f]{2})|U([\da-f]{8})|([^]))|["\u0000-\u001f]/gi,
      (all, byte?: string, point?: string, escaped?: string) => {
        if (byte !== undefined) return `\\u00${byte}`;
        if (point !== undefined)
          return Number.parseInt(point, 16) > 0x10ffff
            ? ''
            : JSON.stringify(String.fromCodePoint(Number.parseInt(point, 16))).slice(1, -1);
        if (escaped === undefined) return JSON.stringify(all).slice(1, -1);
        return '"\\/bfnrtu'.includes(escaped) ? all : JSON.stringify(escaped).slice(1, -1);
      },
    );
  return `"${inner}"`;
}

/**
 * Decodes a string that is itself JSON (an object, a list, or again a string), as tools often return it.
 * Bare numbers and words stay strings, because "12" is probably meant as text. JSON that is nested too deep stays a string, too.
 */
export function decodeJsonString(text: string): JsonObject | JsonArray | undefined {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[' && start !== '"') return undefined;
  let value: JsonValue;
  try {
    value = parse(text, 'error');
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return decodeJsonString(value);
  return isJsonObject(value) || isJsonArray(value) ? value : undefined;
}
