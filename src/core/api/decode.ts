import * as v from 'valibot';
import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { entriesOf, ExactNumber, isJsonArray, isJsonObject } from '../util/exactJson';

/** Returns the value, or undefined if the schema rejects it. */
export function read<S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
  value: JsonValue | undefined,
): v.InferOutput<S> | undefined {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : undefined;
}

/**
 * Returns the entries of a list; undefined for anything else. PHP writes arrays with holes as objects with numeric
 * keys, and an empty array as either.
 */
export function toJsonArray(value: JsonValue | undefined): JsonArray | undefined {
  if (isJsonArray(value)) return value;
  if (isJsonObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key)))
    return entriesOf(value).map(([, entry]) => entry);
  return undefined;
}

/** Returns the object; PHP writes an object without fields as `[]`. */
export function toJsonObject(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonArray(value)) return value.length === 0 ? {} : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** Field schemas. Each accepts the forms that the platform's variants send for one meaning. */

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

/** Identifiers and phone numbers may be sent as numbers. */
export const textOrNumber = v.union([v.string(), v.pipe(v.number(), v.transform(String)), sentDigits]);

/** An opaque ID. Whole numbers of any length are accepted. */
export const id = v.union([
  v.pipe(
    v.string(),
    v.check((value) => value.trim() !== ''),
  ),
  v.pipe(sentDigits, v.regex(/^\d+$/)),
  v.pipe(number, v.safeInteger(), v.transform(String)),
]);

/** A count or page number; also `"12"`. */
export const count = v.pipe(
  v.union([number, v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
);

/** An amount. Decimal strings keep their digits, and so do numbers that JavaScript would spell differently. */
export const amount = v.union([
  v.number(),
  v.pipe(sentDigits, v.regex(/^-?\d+(\.\d+)?$/)),
  v.pipe(rounded, v.finite()),
  v.pipe(v.union([v.string(), sentDigits]), v.regex(decimal)),
]);

/** `true`, `1`, and `"1"`; `false`, `0`, and `"0"`. */
export const flag = v.union([
  v.boolean(),
  v.pipe(
    v.union([v.string(), number]),
    v.picklist([0, 1, '0', '1', 'true', 'false']),
    v.transform((value) => value === 1 || value === '1' || value === 'true'),
  ),
]);
