import type { JsonValue } from '../model/json';
import { entriesOf, isJsonArray, isJsonObject } from '../util/exactJson';
import { decodeJsonString } from './looseJson';

const maxChars = 120;

/**
 * Summarizes a JSON value in one line for reading: `doctor: okoro, day: 2026-11-27`. Takes time by the line's length,
 * not the value's.
 * @returns undefined for missing fields, `null`, `{}`, `[]`, and blank text
 */
export function summarizeJson(value: JsonValue | undefined): string | undefined {
  const line = new Line();
  write(line, value, true);
  return line.text();
}

class Line {
  private written = '';

  get isFull(): boolean {
    return this.written.length > maxChars;
  }

  add(text: string): void {
    if (!this.isFull) this.written += text.length > maxChars + 1 ? text.slice(0, maxChars + 1) : text;
  }

  text(): string | undefined {
    const text = this.written.trim();
    if (text === '') return undefined;
    // The first character beyond the limit may be a blank that is trimmed here.
    return this.isFull ? `${[...text.slice(0, maxChars - 1)].filter(isWhole).join('').trimEnd()}…` : text;
  }
}

/** Excludes a lone surrogate at the cut. */
function isWhole(character: string): boolean {
  return character.length > 1 || !/[\ud800-\udfff]/.test(character);
}

function write(line: Line, value: JsonValue | undefined, outermost: boolean): void {
  if (value === undefined || (value === null && outermost)) return;
  if (typeof value === 'string') {
    const decoded = decodeJsonString(value);
    if (decoded === undefined)
      line.add(
        value
          .trim()
          .slice(0, 4 * maxChars)
          .replace(/\s+/g, ' '),
      );
    else write(line, decoded, outermost);
  } else if (isJsonArray(value)) {
    writeAll(line, value.values(), outermost ? ['', ''] : ['[', ']'], (item) => write(line, item, false));
  } else if (isJsonObject(value)) {
    writeAll(line, entriesOf(value).values(), outermost ? ['', ''] : ['{', '}'], ([key, item]) => {
      line.add(`${key}: `);
      write(line, item, false);
    });
  } else {
    line.add(String(value));
  }
}

function writeAll<T>(
  line: Line,
  items: Iterable<T>,
  [open, close]: readonly [string, string],
  writeOne: (item: T) => void,
): void {
  line.add(open);
  let first = true;
  for (const item of items) {
    if (line.isFull) return;
    if (!first) line.add(', ');
    first = false;
    writeOne(item);
  }
  line.add(close);
}
