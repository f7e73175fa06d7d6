import type { JsonArray, JsonObject, JsonValue, SentNumber } from '../model/json';

/*
 * JSON without loss. `JSON.parse` rounds numbers, forgets their spelling, keeps one of several fields that share a name, and
 * moves names that are whole numbers to the front. Here digits stay (`ExactNumber`), and so do all fields (`entriesOf`).
 */

/** A number that JavaScript would round or spell in another way: `9007199254740993`, `12.50`, `1e400`, `-0`. */
export class ExactNumber implements SentNumber {
  /** @param source the number as sent */
  constructor(readonly source: string) {}

  /** Only for comparing values by their JSON: `stringify` writes JSON for others. */
  toJSON(): string {
    return isStringifying ? `${mark}=${this.source}` : this.source;
  }

  toString(): string {
    return this.source;
  }
}

/** For values without cycles and undefined, as `parse` makes them. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isJsonArray(value) && !(value instanceof ExactNumber);
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** Of an object that can't hold its fields as they were sent: all of them, in their order. */
export const sentEntries = Symbol.for('aiployees.sentEntries');

export type Entry = readonly [name: string, value: JsonValue];

/** The fields as they were sent: in their order, and all of them if several share a name. */
export function entriesOf(object: JsonObject): readonly Entry[] {
  return (object as { readonly [sentEntries]?: readonly Entry[] })[sentEntries] ?? Object.entries(object);
}

/** Random, so that no untrusted text can pass for a number or a name that is written here. */
const mark = `exact-${globalThis.crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
const markPattern = new RegExp(`"${mark}(?:=([^"]*)"|\\d+:)`, 'g');
/** Whether `stringify` is at work, and so takes the marks out again. */
let isStringifying = false;

/** The marked name that `stringify` writes in place of a name; undefined outside of it. */
export function markName(name: string, index: number): string | undefined {
  return isStringifying ? `${mark}${index}:${name}` : undefined;
}

/** As `JSON.stringify`, with numbers and fields as they were sent. */
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

/** The amount, rounded to what JavaScript can hold; undefined for anything but a number. */
export function toNumber(value: JsonValue | undefined): number | undefined {
  return value instanceof ExactNumber ? Number(value.source) : typeof value === 'number' ? value : undefined;
}

/** Whether `entriesOf` knows more than the object's own properties. */
export function hasSentEntries(object: JsonObject): boolean {
  return sentEntries in object;
}

/** An object of these fields. Of several that share a name, the last one is its property, as with `JSON.parse`. */
export function fromEntries(entries: readonly Entry[]): JsonObject {
  return createObject(
    entries.map(([name]) => name),
    entries.map(([, value]) => value),
  );
}

/** The same, of names and values apart. */
export function createObject(names: readonly string[], values: readonly JsonValue[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value = values[index] as JsonValue;
    // By assignment it would be taken for the prototype.
    if (name === '__proto__')
      Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
  }
  if (isInOrder(names, object)) return object;
  const entries = names.map((name, index): Entry => [name, values[index] as JsonValue]);
  // Enumerable, so that Node's deep comparison sees it.
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

/** With names that differ: JSON.stringify writes each name once. */
function toMarkedEntries(entries: readonly Entry[]): unknown {
  const marked = entries.map(([name, value], index) => [markName(name, index), value]);
  return marked[0]?.[0] === undefined ? entries : Object.fromEntries(marked);
}
