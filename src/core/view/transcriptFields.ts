import type { JsonObject, JsonValue } from '../model/json';
import type { Turn } from '../model/transcript';
import { decodeJsonString } from '../text/looseJson';
import { entriesOf, isJsonArray, isJsonObject } from '../util/exactJson';

/** The part of a conversation; turns and calls by index. */
export type MatchPlace =
  | { readonly part: 'message'; readonly turn: number; readonly role: string }
  /** `name` is the tool's. */
  | {
      readonly part: 'name' | 'arguments' | 'result';
      readonly turn: number;
      readonly call: number;
      readonly name: string;
    }
  | { readonly part: 'variables' };

export interface SearchedField {
  readonly place: MatchPlace;
  readonly text: string;
}

export interface SearchedConversation {
  readonly turns: readonly Turn[];
  readonly variables: JsonObject | undefined;
}

/** Yields all searchable fields in the panel's order. */
export function* listSearchedFields({ turns, variables }: SearchedConversation): Generator<SearchedField> {
  yield* listFields({ part: 'variables' }, variables);
  for (const [turn, { role, content, functionCalls }] of turns.entries()) {
    if (content !== '') yield { place: { part: 'message', turn, role }, text: content };
    for (const [call, { name, arguments: given, result }] of functionCalls.entries()) {
      const of = { turn, call, name };
      yield { place: { part: 'name', ...of }, text: name };
      yield* listFields({ part: 'arguments', ...of }, given);
      yield* listFields({ part: 'result', ...of }, result);
    }
  }
}

/**
 * Yields each value with its name, and each parent name, as the panel shows them: JSON inside a string is decoded. Not
 * recursive: untrusted data may be nested deeply.
 */
function* listFields(place: MatchPlace, whole: JsonValue | undefined): Generator<SearchedField> {
  if (whole === undefined) return;
  const open: (readonly [name: string, value: JsonValue])[] = [['', whole]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [name, sent] = next;
    const value = (typeof sent === 'string' ? decodeJsonString(sent) : undefined) ?? sent;
    const isInner = isJsonArray(value) || isJsonObject(value);
    const text = isInner || value === null ? '' : String(value);
    if (name !== '' || text !== '') yield { place, text: [name, text].filter((part) => part !== '').join(': ') };
    if (!isInner) continue;
    // List indexes are not searchable.
    const inner = isJsonArray(value) ? value.map((item) => ['', item] as const) : entriesOf(value);
    for (const each of inner.toReversed()) open.push(each);
  }
}
