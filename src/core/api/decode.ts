import * as v from 'valibot';
import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { entriesOf, ExactNumber, isJsonArray, isJsonObject } from '../util/exactJson';

/** The value, or undefined where the schema refuses it. */
export function read<S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
  value: JsonValue | undefined,
): v.InferOutput<S> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/**
 * The entries of a list. PHP writes an array with holes as an object with numbers for keys, and an empty one either
 * way; both are lists here. Undefined for anything else.
 */
export function toJsonArray(value: JsonValue | undefined): JsonArray | undefined {
  if (isJsonArray(value)) return value;
  if (isJsonObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key)))
    return entriesOf(value).map(([, entry]) => entry);
  return undefined;
}

/** `[]` is how PHP writes an object without fields. */
export function toJsonObject(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonArray(value)) return value.length === 0 ? {} : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** What one field of an answer may be. Each takes the forms that the platform's variants send for one meaning. */

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const exact = v.instance(ExactNumber);
const rounded = v.pipe(
  exact,
  v.transform(({ source }) => Number(source)),
);
const sentDigits = v.pipe(
  exact,
  v.transform(({ source }) => source),
);
const number = v.union([v.number(), rounded]);

export const text = v.string();

/** Text, or a number where text is meant: an identifier, a phone. */
export const textOrNumber = v.union([v.string(), v.pipe(v.number(), v.transform(String)), sentDigits]);

/** An id is opaque. A whole number is tolerated, however long it is. */
export const id = v.union([
  v.pipe(
    v.string(),
    v.check((value) => value.trim() !== ''),
  ),
  v.pipe(sentDigits, v.regex(/^\d+$/)),
  v.pipe(number, v.safeInteger(), v.transform(String)),
]);

/** A count or a page number; also `"12"`. */
export const count = v.pipe(
  v.union([number, v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
);

/** Money. A decimal string keeps its digits, and so does a decimal number that JavaScript would spell in another way. */
export const amount = v.union([
  v.number(),
  v.pipe(sentDigits, v.regex(/^-?\d+(\.\d+)?$/)),
  v.pipe(rounded, v.finite()),
  v.pipe(v.union([v.string(), sentDigits]), v.regex(decimal)),
]);

/** `true`, `1` and `"1"`; `false`, `0` and `"0"`. */
export const flag = v.union([
  v.boolean(),
  v.pipe(
    v.union([v.string(), number]),
    v.picklist([0, 1, '0', '1', 'true', 'false']),
    v.transform((value) => value === 1 || value === '1' || value === 'true'),
  ),
]);
