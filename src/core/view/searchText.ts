import type { Conversation } from '../model/conversation';
import type { JsonObject, JsonValue } from '../model/json';
import { entriesOf, ExactNumber } from '../util/exactJson';
import { fold } from '../text/fold';

/** What of a row is searched at most, in UTF-16 units: there are many rows, and strangers say how long each is. */
const longestText = 100_000;
/** Of one row; what stands behind them is not searched. */
const mostLeaves = 1000;
/** UTF-16 units of a variable's name, with those that it is nested in. */
const longestName = 200;

/** What of a conversation can be searched. There are many of them: a text, and where its fields begin in it. */
export interface SearchText {
  /** All fields, folded, each on lines of its own, so that no word is found across two. The id is the first. */
  readonly all: string;
  /** The customer's name and phone, and the external identifier: what a label is made of. */
  readonly who: number;
  readonly assistant: number;
  /** Names and values. */
  readonly variables: number;
  /** The reader's own; the length of all where there is none. */
  readonly note: number;
}

export interface VariableLeaf {
  /** With dots between the names of what is nested. */
  readonly name: string;
  readonly value: string;
}

/** Rows are immutable: what was folded once holds for as long as the row lives. */
const known = new WeakMap<Conversation, SearchText>();

/** @param note that the reader wrote about it: it changes while the row lives, and few rows have one */
export function searchTextOf(row: Conversation, note?: string): SearchText {
  let text = known.get(row);
  if (text === undefined) {
    text = build(row);
    known.set(row, text);
  }
  return note === undefined ? text : withNote(text, fold(note));
}

function withNote(text: SearchText, note: string): SearchText {
  return { ...text, all: `${text.all}\n${note}`, note: text.all.length + 1 };
}

function build(row: Conversation): SearchText {
  let left = longestText;
  const taken = (text: string): string => {
    const folded = fold(text.slice(0, left)).slice(0, left);
    left -= folded.length;
    return folded;
  };
  const id = taken(row.id);
  const who = taken(whoTexts(row).join('\n'));
  const assistant = taken(row.assistantName ?? '');
  const leaves = row.variables === undefined ? [] : variableLeaves(row.variables);
  const variables = taken(leaves.map(({ name, value }) => `${name}\n${value}`).join('\n'));
  // Joined, and not added up: V8 keeps a sum as its parts until it is first looked through, and then has both.
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

/** What tells who the conversation is with, as sent. */
export function whoTexts(row: Conversation): readonly string[] {
  return [row.customer?.name, row.customer?.phone, row.externalIdentifier].filter((text) => text !== undefined);
}

/**
 * Every value with its name, however deep, as far as there are not too many. Walked without recursion: a stranger says how deep.
 */
export function variableLeaves(variables: JsonObject): readonly VariableLeaf[] {
  const leaves: VariableLeaf[] = [];
  const open: (readonly [name: string, value: JsonValue])[] = [];
  const add = (value: JsonObject, within?: string): void => {
    // Each has a leaf at least: those behind them have no place.
    for (const [key, inner] of entriesOf(value)
      .slice(0, mostLeaves - leaves.length)
      .reverse())
      open.push([nameOf(key, within), inner]);
  };
  add(variables);
  for (let next = open.pop(); next !== undefined && leaves.length < mostLeaves; next = open.pop()) {
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

/** Of a long one the end: it tells a variable from those beside it. */
function nameOf(key: string, within: string | undefined): string {
  const own = key.slice(0, longestName);
  return within === undefined ? own : `${within}.${own}`.slice(-longestName);
}
