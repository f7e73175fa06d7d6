import type { JsonArray, JsonObject, JsonValue, SentNumber } from '../model/json';

/**
 * Lossless JSON. `JSON.parse` rounds numbers, drops duplicate fields, and moves integer-like names to the front.
 * Here, `ExactNumber` keeps the digits, and `entriesOf` returns all fields in their order.
 */

/** A number that JavaScript would round or spell differently: `9007199254740993`, `12.50`, `1e400`, `-0`. */
export class ExactNumber implements SentNumber {
  /** @param source the number as sent */
  constructor(readonly source: string) {}

  /** Only for comparing values by their JSON; `stringify` writes the number itself. */
  toJSON(): string {
    return isStringifying ? `${mark}=${this.source}` : this.source;
  }

  toString(): string {
    return this.source;
  }
}

/** For values without cycles and undefined, as `parse` returns them. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonArray(value) && !(value instanceof ExactNumber);
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** On objects that can't represent their fields as sent: all fields in their order. */
export const sentEntries = Symbol.for('aiployees.sentEntries');

export type Entry = readonly [name: string, value: JsonValue];

/** Returns the fields in the order sent, including duplicates. */
export function entriesOf(object: JsonObject): readonly Entry[] {
  return (object as { readonly [sentEntries]?: readonly Entry[] })[sentEntries] ?? Object.entries(object);
}

/** Random, so that untrusted text can't imitate a marker. */
const mark = `exact-${globalThis.crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
const markPattern = new RegExp(`"${mark}(?:=([^"]*)"|\\d+:)`, 'g');
/** True while `stringify` runs, which removes the markers again. */
let isStringifying = false;

/** Returns the name with its marker while `stringify` runs; otherwise undefined. */
export function markName(name: string, index: number): string | undefined {
  return isStringifying ? `${mark}${index}:${name}` : undefined;
}

/** Like `JSON.stringify`, but writes numbers and fields as sent. */
export function stringify(value: unknown, indent?: number): string {
  isStringifying = true;
  let text: string;
  try {
    text = JSON.stringify(value, undefined, indent);
  } finally {
    isStringifying = false;
  }
  return text.includes(mark) ? text.replace(markPattern, (_, digits: string | undefined) => digits ?? '"') : text;
}

/** Returns the number, rounded to JavaScript's precision; undefined if the value isn't a number. */
export function toNumber(value: JsonValue | undefined): number | undefined {
  return value instanceof ExactNumber ? Number(value.source) : typeof value === 'number' ? value : undefined;
}

/** Returns whether the object's own properties lack order or duplicates that `entriesOf` returns. */
export function hasSentEntries(object: JsonObject): boolean {
  return sentEntries in object;
}

/** Creates an object from fields. The last duplicate becomes the property, as with `JSON.parse`. */
export function fromEntries(entries: readonly Entry[]): JsonObject {
  return createObject(
    entries.map(([name]) => name),
    entries.map(([, value]) => value),
  );
}

export function createObject(names: readonly string[], values: readonly JsonValue[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value = values[index] as JsonValue;
    // Assignment would set the prototype.
    if (name === '__proto__')
      Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
  }
  if (isInOrder(names, object)) return object;
  const entries = names.map((name, index): Entry => [name, values[index] as JsonValue]);
  // Enumerable, so that Node's deep comparison includes it.
  Object.defineProperty(object, sentEntries, { value: entries, enumerable: true });
  Object.defineProperty(object, 'toJSON', { value: () => toMarkedEntries(entries), enumerable: false });
  return object;
}

function isInOrder(names: readonly string[], object: JsonObject): boolean {
  let index = 0;
  for (const name in object) {
    if (names[index] !== name) return false;
    index += 1;
  }
  return index === names.length;
}

/** Makes the names unique, because JSON.stringify writes each name once. */
function toMarkedEntries(entries: readonly Entry[]): unknown {
  const marked = entries.map(([name, value], index) => [markName(name, index), value]);
  return marked[0]?.[0] === undefined ? entries : Object.fromEntries(marked);
}
