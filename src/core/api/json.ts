import * as v from 'valibot';
import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { entriesOf, ExactNumber } from '../util/exactJson';

/** For what `parse` made: no cycles, no undefined, plain objects. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

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
export function listOf(value: JsonValue | undefined): JsonArray | undefined {
  if (isJsonArray(value)) return value;
  if (isJsonObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key)))
    return entriesOf(value).map(([, entry]) => entry);
  return undefined;
}

/** `[]` is how PHP writes an object without fields. */
export function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  if (isJsonArray(value)) return value.length === 0 ? {} : undefined;
  return isJsonObject(value) ? value : undefined;
}
