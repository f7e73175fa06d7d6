import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf, ExactNumber } from '../util/exactJson';
import { fold } from '../text/fold';

/** The most searched UTF-16 units of a row, because untrusted text may be long. */
const maxSearchTextChars = 100_000;
/** The most variables of a row; later ones are not searched. */
const maxLeaves = 1000;
/** UTF-16 units of a variable's name with its parents' names. */
const maxVariableNameChars = 200;

/** The searchable text of a conversation: one compact string and the offsets of its fields. */
export interface SearchText {
  /** All folded fields on separate lines, so that no match spans two. The ID is first. */
  readonly all: string;
  /** The customer's name and phone, and the external identifier: the parts of a label. */
  readonly who: number;
  readonly assistant: number;
  readonly variables: number;
  /** The user's note; the text's length if there is none. */
  readonly note: number;
}

export interface VariableLeaf {
  /** Names of nested values are joined with dots. */
  readonly name: string;
  readonly value: string;
}

/** Memoized by row, because rows are immutable. */
const searchTexts = new WeakMap<Conversation, SearchText>();

/** @param note the user's; not memoized, because it changes while the row lives */
export function getSearchText(row: Conversation, note?: string): SearchText {
  let text = searchTexts.get(row);
  if (text === undefined) {
    text = createSearchText(row);
    searchTexts.set(row, text);
  }
  return note === undefined ? text : appendNote(text, fold(note));
}

function appendNote(text: SearchText, note: string): SearchText {
  return { ...text, all: `${text.all}\n${note}`, note: text.all.length + 1 };
}

function createSearchText(row: Conversation): SearchText {
  let left = maxSearchTextChars;
  const take = (text: string): string => {
    const folded = fold(text.slice(0, left)).slice(0, left);
    left -= folded.length;
    return folded;
  };
  const id = take(row.id);
  const who = take(listCustomerTexts(row).join('\n'));
  const assistant = take(row.assistantName ?? '');
  const leaves = row.variables === undefined ? [] : listVariableLeaves(row.variables);
  const variables = take(leaves.map(({ name, value }) => `${name}\n${value}`).join('\n'));
  // Not concatenated with `+`: V8 would hold the parts and, after the first search, the flat string too.
  const all = [id, who, assistant, variables].join('\n');
  const beginWho = id.length + 1;
  const beginAssistant = beginWho + who.length + 1;
  return {
    all,
    who: beginWho,
    assistant: beginAssistant,
    variables: beginAssistant + assistant.length + 1,
    note: all.length,
  };
}

/** Returns the texts that identify the customer, as sent. */
export function listCustomerTexts(row: Conversation): readonly string[] {
  return [row.customer?.name, row.customer?.phone, row.externalIdentifier].filter((text) => text !== undefined);
}

/**
 * Returns the values at any depth with their names, up to a limit. Not recursive: untrusted data may be nested deeply.
 */
export function listVariableLeaves(variables: JsonObject): readonly VariableLeaf[] {
  const leaves: VariableLeaf[] = [];
  const open: (readonly [name: string, value: JsonValue])[] = [];
  const add = (value: JsonObject, within?: string): void => {
    // Each entry has at least one leaf, so entries beyond the limit aren't needed.
    for (const [key, inner] of entriesOf(value)
      .slice(0, maxLeaves - leaves.length)
      .reverse())
      open.push([joinName(key, within), inner]);
  };
  add(variables);
  for (let next = open.pop(); next !== undefined && leaves.length < maxLeaves; next = open.pop()) {
    const [name, value] = next;
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) {
      leaves.push({ name, value: value === null ? '' : String(value) });
      continue;
    }
    const inner = value as JsonObject;
    if (Object.keys(inner).length === 0) leaves.push({ name, value: '' });
    else add(inner, name);
  }
  return leaves;
}

/** Shortens a long name at the start, because the end distinguishes it from its siblings. */
function joinName(key: string, within: string | undefined): string {
  const own = key.slice(0, maxVariableNameChars);
  return within === undefined ? own : `${within}.${own}`.slice(-maxVariableNameChars);
}
