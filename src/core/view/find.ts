import type { Conversation } from '../model/conversation';
import { fold, findFolded, foldTerms } from '../text/fold';
import { sortNewestFirst, type DatedRow } from './rowOrder';
import { getSearchText, listVariableLeaves, listCustomerTexts, type SearchText } from './searchText';

/** A field that contains a typed word, with its value as sent. */
export type MatchedField =
  | { readonly kind: 'id' }
  | { readonly kind: 'who'; readonly text: string }
  | { readonly kind: 'assistant' }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'note'; readonly text: string };

export interface FindMatch {
  readonly row: Conversation;
  /** Distinct, in the order of the words; empty if nothing was typed. */
  readonly fields: readonly MatchedField[];
}

export interface FoundConversations {
  /** The best first, up to the limit. */
  readonly matches: readonly FindMatch[];
  /** The number of all matches. */
  readonly total: number;
}

/** Ranks of a match, the best first. A word's start ranks before its inside: "ines", not "Business". */
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
  /** The user's note about a conversation. */
  readonly noteOf?: (row: Conversation) => string | undefined;
}

/** Rows per step. */
const rowsPerStep = 100;

/** Finds rows that contain every word; equally good ones are sorted newest first. No words match all rows. */
export function findConversations(
  rows: readonly Conversation[],
  typed: string,
  options: FindOptions,
): FoundConversations {
  const steps = findInSteps(sortNewestFirst(rows, 'UTC'), typed, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** Like `findConversations`, in steps that let other tasks run. @param rows the newest first */
export function* findInSteps(
  rows: readonly DatedRow[],
  typed: string,
  { limit, noteOf }: FindOptions,
): Generator<undefined, FoundConversations> {
  const words = foldTerms(typed);
  // Stores only the newest of each rank, so that no sorting is needed.
  const found = places.map((): Conversation[] => []);
  /** Rows of this rank or worse are only counted, not shown. */
  let unshown = found.length;
  let total = 0;
  for (let begin = 0; begin < rows.length; begin += rowsPerStep) {
    if (begin > 0) yield;
    for (let index = begin; index < Math.min(begin + rowsPerStep, rows.length); index += 1) {
      const each = rows[index] as DatedRow;
      const note = noteOf?.(each.row);
      const rank = rankRow(note === undefined ? each.text : getSearchText(each.row, note), words, unshown);
      if (rank === undefined) continue;
      total += 1;
      if (rank >= unshown) continue;
      found[rank]?.push(each.row);
      unshown = findFirstUnshownRank(found, limit);
    }
  }
  const best = found.flat().slice(0, limit);
  return { matches: best.map((row) => ({ row, fields: findMatchedFields(row, noteOf?.(row), words) })), total };
}

/** Returns the first rank that isn't shown, because enough better or newer rows exist. */
function findFirstUnshownRank(found: readonly (readonly Conversation[])[], limit: number): number {
  let count = 0;
  const at = found.findIndex((ofRank) => (count += ofRank.length) >= limit);
  return at === -1 ? found.length : at;
}

/**
 * Returns the rank of the row's worst word; undefined if a word is missing.
 * @param unshown ranks from here on need not be distinguished
 */
function rankRow(text: SearchText, words: readonly string[], unshown: number): number | undefined {
  let worst = 0;
  for (const word of words) {
    if (worst >= unshown) {
      if (findFolded(text.all, word) < 0) return undefined;
      continue;
    }
    const rank = rankWord(text, word, unshown);
    if (rank === undefined) return undefined;
    if (rank > worst) worst = rank;
  }
  return worst;
}

/** Returns the best rank of a word. Searches all fields in one pass, for speed. */
function rankWord(
  { all, who, assistant, variables, note }: SearchText,
  word: string,
  unshown: number,
): number | undefined {
  let index = findFolded(all, word);
  if (index < 0) return undefined;
  if (index === 0) return ranks.id.start;
  // A match inside the ID has the lowest rank.
  if (index < who) index = findFolded(all, word, who);
  let best: number = ranks.id.anywhere;
  for (; index >= 0; index = findFolded(all, word, index + 1)) {
    const of =
      index < assistant ? ranks.who : index < variables ? ranks.assistant : index < note ? ranks.variables : ranks.note;
    // Later matches are in the same field or in one of lower rank.
    if (of.wordStart >= best || of.wordStart >= unshown) break;
    const rank = isWordStart(all, index) ? of.wordStart : of.anywhere;
    if (rank < best) best = rank;
  }
  return best;
}

const findRank = (field: (typeof places)[number]['field'], at: At): number =>
  places.findIndex((place) => place.field === field && place.at === at);
const findRanks = (field: 'who' | 'assistant' | 'variables' | 'note') => ({
  wordStart: findRank(field, 'wordStart'),
  anywhere: findRank(field, 'anywhere'),
});
const ranks = {
  id: { start: findRank('id', 'start'), anywhere: findRank('id', 'anywhere') },
  ...{
    who: findRanks('who'),
    assistant: findRanks('assistant'),
    variables: findRanks('variables'),
    note: findRanks('note'),
  },
};

function containsWord(text: string, word: string, at: 'wordStart' | 'anywhere'): boolean {
  if (at === 'anywhere') return findFolded(text, word) >= 0;
  for (let index = findFolded(text, word); index >= 0; index = findFolded(text, word, index + 1))
    if (isWordStart(text, index)) return true;
  return false;
}

const withinWord = /[\p{L}\p{N}\p{M}]$/u;

/** Whether there is no letter or digit before this index. */
function isWordStart(text: string, index: number): boolean {
  if (index === 0) return true;
  const before = text.charCodeAt(index - 1);
  // Folded text has no lowercase ASCII letters.
  if (before < 128) return !((before >= 48 && before <= 57) || (before >= 65 && before <= 90));
  // Two code units, because a letter may be a surrogate pair.
  return !withinWord.test(text.slice(Math.max(0, index - 2), index));
}

function findMatchedFields(
  row: Conversation,
  note: string | undefined,
  words: readonly string[],
): readonly MatchedField[] {
  const fields = new Map<string, MatchedField>();
  for (const word of words) {
    const field = findMatchedField(row, note, word);
    fields.set(JSON.stringify(field), field);
  }
  return [...fields.values()];
}

function findMatchedField(row: Conversation, note: string | undefined, word: string): MatchedField {
  const place = places[rankWord(getSearchText(row, note), word, places.length) ?? places.length];
  switch (place?.field) {
    case 'who':
      return {
        kind: 'who',
        text: listCustomerTexts(row).find((text) => containsWord(fold(text), word, place.at)) ?? '',
      };
    case 'assistant':
      return { kind: 'assistant' };
    case 'note':
      return { kind: 'note', text: note ?? '' };
    case 'variables': {
      const leaves = listVariableLeaves(row.variables ?? {});
      const leaf =
        leaves.find(({ value }) => containsWord(fold(value), word, place.at)) ??
        leaves.find(({ name }) => containsWord(fold(name), word, place.at));
      return leaf === undefined ? { kind: 'id' } : { kind: 'variable', ...leaf };
    }
    default:
      return { kind: 'id' };
  }
}

/** Like a UUID. The platform's sample IDs have letters beyond f. */
const wholeId = /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/i;

/** Whether the text may be a complete ID, which can be opened even if its conversation isn't loaded. */
export function looksLikeId(text: string): boolean {
  return wholeId.test(text.trim());
}
