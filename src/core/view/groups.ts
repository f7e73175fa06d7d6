import { knownConversationTypes } from '../model/conversation';
import type { Grouping } from '../model/query';
import { formatDay } from '../text/time';
import { memoizeWeak } from '../util/memoize';
import type { DatedRow } from './rowOrder';
import type { GroupKey } from './treeNodes';

type Dimension = GroupKey['by'];

/** The levels of each grouping, from the root down. */
export const levels: Readonly<Record<Grouping, readonly Dimension[]>> = {
  type: ['type', 'assistant'],
  assistant: ['assistant', 'type'],
  day: ['day'],
};

export function toGroupKey({ row, created }: DatedRow, by: Dimension): GroupKey {
  switch (by) {
    case 'type':
      return { by, type: row.type };
    case 'assistant':
      return { by, assistantId: row.assistantId };
    case 'day':
      return { by, day: Number.isFinite(created) ? formatDay(created, 'local') : undefined };
  }
}

export function formatGroupKey(key: GroupKey): string {
  switch (key.by) {
    case 'type':
      return `type/${encode(key.type)}`;
    case 'assistant':
      return `assistant/${encode(key.assistantId)}`;
    case 'day':
      return `day/${key.day ?? ''}`;
  }
}

/** Encodes any text uniquely, even lone surrogates, which JSON escapes. */
function encode(text: string): string {
  return encodeURIComponent(JSON.stringify(text).slice(1, -1));
}

/** A group's key and rows, the newest first. */
export interface Bucket {
  readonly key: GroupKey;
  readonly rows: readonly DatedRow[];
}

/**
 * Groups rows. Types have a fixed order; other groups are sorted by their newest row. Memoized by array, because the
 * tree is often rebuilt with unchanged rows.
 * @param rows the newest first
 */
export function groupRows(rows: readonly DatedRow[], by: Dimension): readonly Bucket[] {
  return groupers[by](rows);
}

const groupers: Readonly<Record<Dimension, (rows: readonly DatedRow[]) => readonly Bucket[]>> = {
  type: memoizeWeak((rows: readonly DatedRow[]) => createBuckets(rows, 'type')),
  assistant: memoizeWeak((rows: readonly DatedRow[]) => createBuckets(rows, 'assistant')),
  day: memoizeWeak((rows: readonly DatedRow[]) => createBuckets(rows, 'day')),
};

function createBuckets(rows: readonly DatedRow[], by: Dimension): readonly Bucket[] {
  const mark = createMarker(by);
  const buckets = new Map<string | number, { key: GroupKey; rows: DatedRow[] }>();
  for (const row of rows) {
    const at = mark(row);
    const bucket = buckets.get(at);
    if (bucket === undefined) buckets.set(at, { key: toGroupKey(row, by), rows: [row] });
    else bucket.rows.push(row);
  }
  const found = [...buckets.values()];
  return by === 'type' ? found.sort((a, b) => compareTypes(typeOf(a.key), typeOf(b.key))) : found;
}

/** Returns a cheap key that identifies the group of a row. */
function createMarker(by: Dimension): (row: DatedRow) => string | number {
  if (by === 'type') return ({ row }) => row.type;
  if (by === 'assistant') return ({ row }) => row.assistantId;
  let begin = Infinity;
  return ({ created }) => {
    if (!Number.isFinite(created)) return Infinity;
    // Rows are sorted newest first, so a row not older than the start of the day is of that day.
    if (created < begin) {
      const day = new Date(created);
      begin = new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
    }
    return begin;
  };
}

/** Compares types: documented ones in their order, then others by name. */
export function compareTypes(a: string, b: string): number {
  return findTypeRank(a) - findTypeRank(b) || compare(a, b);
}

function findTypeRank(type: string): number {
  const rank = (knownConversationTypes as readonly string[]).indexOf(type);
  return rank === -1 ? knownConversationTypes.length : rank;
}

export function typeOf(key: GroupKey): string {
  return key.by === 'type' ? key.type : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
