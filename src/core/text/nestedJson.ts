import type { JsonArray, JsonObject, JsonValue } from '../model/json';
import { isJsonArray, isJsonObject } from '../util/exactJson';
import { parse } from '../util/parseJson';

/**
 * What a string carries when it is itself JSON: an object, a list, or a string that is JSON again. Tools often answer
 * so. A bare number or word is left alone: "12" is more likely to be meant as written. So is what is nested too deep.
 */
export function decodedString(text: string): JsonObject | JsonArray | undefined {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[' && start !== '"') return undefined;
  let value: JsonValue;
  try {
    value = parse(text, 'error');
  } catch {
    // Looks like JSON and is not, or is nested too deep: text, then.
    return undefined;
  }
  if (typeof value === 'string') return decodedString(value);
  return isJsonObject(value) || isJsonArray(value) ? value : undefined;
}
