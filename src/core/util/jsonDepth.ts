import type { JsonArray, JsonObject, JsonValue } from '../model/json';

/** Nobody nests data so deep. JSON's own functions break over some thousands of levels, and so does what carries it to a page. */
const mostLevels = 200;

/** Level by level, and without a list of what is within: an answer may hold millions of values. */
export function isTooDeep(value: JsonValue, levels = mostLevels): boolean {
  let containers = isContainer(value) ? [value] : [];
  for (let level = 0; containers.length > 0; level += 1) {
    if (level >= levels) return true;
    const within: Container[] = [];
    for (const each of containers) gatherContainers(each, within);
    containers = within;
  }
  return false;
}

type Container = JsonArray | JsonObject;

function gatherContainers(value: Container, into: Container[]): void {
  if (isList(value)) {
    for (const inner of value) if (isContainer(inner)) into.push(inner);
    return;
  }
  for (const name in value) {
    const inner = value[name];
    if (isContainer(inner)) into.push(inner);
  }
}

function isContainer(value: JsonValue | undefined): value is Container {
  return typeof value === 'object' && value !== null;
}

function isList(value: Container): value is JsonArray {
  return Array.isArray(value);
}

/** The value itself; of one that is nested too deep, a copy where what lies deeper is a text, in JSON. Nothing of it is lost. */
export function shallow(value: JsonValue): JsonValue {
  return isTooDeep(value) ? cut(value, mostLevels) : value;
}

function cut(value: JsonValue, levels: number): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return textOf(value);
  if (Array.isArray(value)) return value.map((inner: JsonValue) => cut(inner, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cut(inner, levels - 1)]));
}

/** As `JSON.stringify` has it, without recursion. */
function textOf(whole: JsonValue): string {
  let text = '';
  const open: { readonly before: string; readonly value?: JsonValue }[] = [{ before: '', value: whole }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { before, value } = next;
    text += before;
    if (value === undefined) continue;
    if (typeof value !== 'object' || value === null) {
      text += JSON.stringify(value);
      continue;
    }
    const isList = Array.isArray(value);
    const inner = Object.entries<JsonValue>(value).map(([name, each], index) => ({
      before: `${index === 0 ? '' : ','}${isList ? '' : `${JSON.stringify(name)}:`}`,
      value: each,
    }));
    text += isList ? '[' : '{';
    open.push({ before: isList ? ']' : '}' });
    for (const each of inner.reverse()) open.push(each);
  }
  return text;
}
