import type { Conversation } from '../model/conversation';
import { fold, wordsOf } from '../text/fold';
import { instantOf } from '../text/time';
import { searchTextOf, variableLeaves, whoTexts, type SearchText } from './searchText';

/** Where a word of what was typed was found, and what stands there as sent. */
export type MatchedField =
  | { readonly kind: 'id' }
  | { readonly kind: 'who'; readonly text: string }
  | { readonly kind: 'assistant' }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'note'; readonly text: string };

export interface FoundConversation {
  readonly row: Conversation;
  /** Each once, in the order of the words; none where nothing was typed. */
  readonly fields: readonly MatchedField[];
}

export interface FoundConversations {
  /** The best first, at most as many as asked for. */
  readonly matches: readonly FoundConversation[];
  /** All that match. */
  readonly total: number;
}

/** Where a word stands, the better the lower. What begins with it comes before what has it inside: "ines", not "Business". */
const places = [
  { field: 'id', at: 'start' },
  { field: 'who', at: 'wordStart' },
  { field: 'assistant', at: 'wordStart' },
  { field: 'variables', at: 'wordStart' },
  { field: 'note', at: 'wordStart' },
  { field: 'who', at: 'anywhere' },
  { field: 'assistant', at: 'anywhere' },
  { field: 'variables', at: 'anywhere' },
  { field: 'note', at: 'anywhere' },
  { field: 'id', at: 'anywhere' },
] as const;
type At = (typeof places)[number]['at'];

export interface FindOptions {
  readonly limit: number;
  /** What the reader wrote about a conversation. */
  readonly noteOf?: (row: Conversation) => string | undefined;
}

/** Every word must be found somewhere in the row; among equals the newest first. Nothing typed finds everything. */
export function findConversations(
  rows: readonly Conversation[],
  typed: string,
  { limit, noteOf = () => undefined }: FindOptions,
): FoundConversations {
  const words = wordsOf(typed);
  const found: { readonly row: Conversation; readonly rank: number; readonly created: number }[] = [];
  for (const row of rows) {
    const rank = rankOf(searchTextOf(row, noteOf(row)), words);
    if (rank !== undefined) found.push({ row, rank, created: createdOf(row) });
  }
  found.sort((one, other) => one.rank - other.rank || other.created - one.created || compareIds(one.row, other.row));
  return {
    matches: found.slice(0, limit).map(({ row }) => ({ row, fields: fieldsOf(row, noteOf(row), words) })),
    total: found.length,
  };
}

/** A row is worth what its worst word is. */
function rankOf(text: SearchText, words: readonly string[]): number | undefined {
  let worst = 0;
  for (const word of words) {
    if (!text.all.includes(word)) return undefined;
    worst = Math.max(worst, rankOfWord(text, word));
  }
  return worst;
}

function rankOfWord(text: SearchText, word: string): number {
  const rank = places.findIndex(({ field, at }) => stands(text[field], word, at));
  return rank < 0 ? places.length : rank;
}

function stands(text: string, word: string, at: At): boolean {
  switch (at) {
    case 'start':
      return text.startsWith(word);
    case 'wordStart':
      return beginsAWord(text, word);
    case 'anywhere':
      return text.includes(word);
  }
}

const withinWord = /[\p{L}\p{N}\p{M}]$/u;

function beginsAWord(text: string, word: string): boolean {
  for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + 1)) {
    // Two units: a letter may be a surrogate pair.
    if (!withinWord.test(text.slice(Math.max(0, index - 2), index))) return true;
  }
  return false;
}

function fieldsOf(row: Conversation, note: string | undefined, words: readonly string[]): readonly MatchedField[] {
  const fields = new Map<string, MatchedField>();
  for (const word of words) {
    const field = fieldOf(row, note, word);
    fields.set(JSON.stringify(field), field);
  }
  return [...fields.values()];
}

function fieldOf(row: Conversation, note: string | undefined, word: string): MatchedField {
  const place = places[rankOfWord(searchTextOf(row, note), word)];
  switch (place?.field) {
    case 'who':
      return { kind: 'who', text: whoTexts(row).find((text) => stands(fold(text), word, place.at)) ?? '' };
    case 'assistant':
      return { kind: 'assistant' };
    case 'note':
      return { kind: 'note', text: note ?? '' };
    case 'variables': {
      const leaves = variableLeaves(row.variables ?? {});
      const leaf =
        leaves.find(({ value }) => stands(fold(value), word, place.at)) ??
        leaves.find(({ name }) => stands(fold(name), word, place.at));
      return leaf === undefined ? { kind: 'id' } : { kind: 'variable', ...leaf };
    }
    default:
      return { kind: 'id' };
  }
}

/** Only for order, for which any one zone does. */
const created = new WeakMap<Conversation, number>();

function createdOf(row: Conversation): number {
  let instant = created.get(row);
  if (instant === undefined) {
    instant = instantOf(row.createdAt, 'UTC') ?? Number.MIN_SAFE_INTEGER;
    created.set(row, instant);
  }
  return instant;
}

function compareIds(one: Conversation, other: Conversation): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

/** Shaped like a UUID. The platform's own samples have letters beyond f in it. */
const wholeId = /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/i;

/** Whether what was typed may be a whole id, so that it can be opened though it is not loaded. */
export function looksLikeId(text: string): boolean {
  return wholeId.test(text.trim());
}
