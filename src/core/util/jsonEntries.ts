import type { JsonObject, JsonValue } from '../model/json';
import { ExactNumber, markedName, sentEntries, type Entry } from './exactJson';

/** The amount, rounded to what JavaScript can hold; undefined for anything but a number. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  return value instanceof ExactNumber ? Number(value.source) : typeof value === 'number' ? value : undefined;
}

/** Whether `entriesOf` knows more than the object's own properties. */
export function hasSentEntries(object: JsonObject): boolean {
  return sentEntries in object;
}

/** An object of these fields. Of several that share a name, the last one is its property, as with `JSON.parse`. */
export function fromEntries(entries: readonly Entry[]): JsonObject {
  return objectWith(
    entries.map(([name]) => name),
    entries.map(([, value]) => value),
  );
}

/** The same, of names and values apart. */
export function objectWith(names: readonly string[], values: readonly JsonValue[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    const value = values[index] as JsonValue;
    // By assignment it would be taken for the prototype.
    if (name === '__proto__')
      Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
    else object[name] = value;
  }
  if (areInOrder(names, object)) return object;
  const entries = names.map((name, index): Entry => [name, values[index] as JsonValue]);
  // Enumerable, so that Node's deep comparison sees it.
  Object.defineProperty(object, sentEntries, { value: entries, enumerable: true });
  Object.defineProperty(object, 'toJSON', { value: () => writtenEntries(entries), enumerable: false });
  return object;
}

function areInOrder(names: readonly string[], object: JsonObject): boolean {
  let index = 0;
  for (const name in object) {
    if (names[index] !== name) return false;
    index += 1;
  }
  return index === names.length;
}

/** With names that differ: JSON.stringify writes each name once. */
function writtenEntries(entries: readonly Entry[]): unknown {
  const marked = entries.map(([name, value], index) => [markedName(name, index), value]);
  return marked[0]?.[0] === undefined ? entries : Object.fromEntries(marked);
}
