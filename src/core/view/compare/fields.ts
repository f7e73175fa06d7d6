import type { JsonObject, JsonValue } from '../../model/json';
import { decodeJsonString } from '../../text/looseJson';
import { entriesOf, stringify, isJsonArray, isJsonObject, fromEntries } from '../../util/exactJson';

/** One argument of a call, or one field of its result, in lines that are the same for what means the same. */
export interface ComparedField {
  /** Missing where the value is no object: then it is the only field. */
  readonly name: string | undefined;
  /** JSON, with sorted keys. */
  readonly lines: readonly string[];
}

/** The value's fields by name, so that the order in which they were sent makes no difference. None of what is empty. */
export function comparedFields(value: JsonValue | undefined): readonly ComparedField[] {
  const meant = typeof value === 'string' ? (decodeJsonString(value) ?? value) : value;
  if (meant === undefined || (isJsonArray(meant) && meant.length === 0)) return [];
  if (!isJsonObject(meant)) return [{ name: undefined, lines: linesOf(meant) }];
  return sortedEntries(meant).map(([name, field]) => ({ name, lines: linesOf(field) }));
}

/** A text that is the same for values that mean the same, in whatever order and form they were sent. */
export function meaningOf(value: JsonValue | undefined): string {
  return JSON.stringify(comparedFields(value));
}

function linesOf(value: JsonValue): readonly string[] {
  return stringify(sorted(value), 2).split('\n');
}

function sorted(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return fromEntries(sortedEntries(value).map(([key, item]) => [key, sorted(item)]));
}

/** By code units: the same on every machine. Fields that share a name stay in their order: the last one may be the one that counts. */
function sortedEntries(value: JsonObject): (readonly [string, JsonValue])[] {
  return [...entriesOf(value)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
