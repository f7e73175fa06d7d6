import type { JsonObject, JsonValue } from '../../model/json';
import { decodeJsonString } from '../../text/looseJson';
import { entriesOf, stringify, isJsonArray, isJsonObject, fromEntries } from '../../util/exactJson';

/** An argument of a call or a field of its result, as lines that are equal for equivalent values. */
export interface ComparedField {
  /** Undefined if the value isn't an object; then it is the only field. */
  readonly name: string | undefined;
  /** JSON, with sorted keys. */
  readonly lines: readonly string[];
}

/** Returns the value's fields sorted by name, so that their order makes no difference; none for an empty value. */
export function listComparedFields(value: JsonValue | undefined): readonly ComparedField[] {
  const meant = typeof value === 'string' ? (decodeJsonString(value) ?? value) : value;
  if (meant === undefined || (isJsonArray(meant) && meant.length === 0)) return [];
  if (!isJsonObject(meant)) return [{ name: undefined, lines: formatLines(meant) }];
  return listSortedEntries(meant).map(([name, field]) => ({ name, lines: formatLines(field) }));
}

/** Returns a text that is equal for equivalent values, regardless of their order and form. */
export function toCanonicalJson(value: JsonValue | undefined): string {
  return JSON.stringify(listComparedFields(value));
}

function formatLines(value: JsonValue): readonly string[] {
  return stringify(sortKeys(value), 2).split('\n');
}

function sortKeys(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sortKeys);
  if (!isJsonObject(value)) return value;
  return fromEntries(listSortedEntries(value).map(([key, item]) => [key, sortKeys(item)]));
}

/** Sorts by code units, independent of the locale. Duplicate names keep their order, because the last one may win. */
function listSortedEntries(value: JsonObject): (readonly [string, JsonValue])[] {
  return [...entriesOf(value)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
